/** `kms accept-clock`: confirms the time after the clock was set, so that scheduled deletions and rotations go on. */
import { acceptClock } from '../kms/clock-watch.ts'
import { openExisting } from '../kms/data-folder.ts'
import { systemClock } from '../kms/engine/clock.ts'
import type { Run } from './command.ts'

export const run: Run = async ({ config }) => {
  const { databaseUrl } = config.kms
  const { store } =
    databaseUrl === undefined
      ? openExisting(config.kms)
      : await (await import('../kms/shared/open.ts')).openShared({ ...config.kms, databaseUrl })
  try {
    const now = systemClock.now()
    const { destructions, rotations } = await store.countDue(now)
    await acceptClock(store, systemClock)
    console.log(
      [
        `accepted: ${new Date(now).toISOString()}`,
        `Due now: ${destructions} deletions, ${rotations} rotations. A running server carries them out within five minutes, another one at its start.`,
      ].join('\n'),
    )
  } finally {
    await store.close()
  }
  return 'done'
}
