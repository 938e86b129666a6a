/** `audit verify`: checks the audit log of people; `audit export` prints it. */
import { openRecordsAt } from '../records/open.ts'
import { StartError } from '../start-error.ts'
import type { Run } from './command.ts'
import { counted } from './contents-text.ts'

/** Events that are read at once. */
const PAGE = 500

export const verify: Run = async ({ config }) => {
  const records = await openRecordsAt(config.records)
  try {
    const found = await records.auditLog.verify()
    if ('wrong' in found)
      throw new StartError(`Event ${found.wrong} of the audit log is not as the console wrote it: ${found.finding}.`)
    console.log(
      `${counted(found.rows, 'event')}: everything is as the console wrote it.\nLast hash: ${found.hash}\nKeep it elsewhere: events that are removed from the end are found by it.`,
    )
  } finally {
    await records.close()
  }
  return 'done'
}

/** JSON lines, the earliest first. */
export const exportEvents: Run = async ({ config }) => {
  const records = await openRecordsAt(config.records)
  try {
    for (let after = 0; ; ) {
      const events = await records.auditLog.readAfter(after, PAGE)
      for (const event of events) console.log(JSON.stringify(event))
      const last = events.at(-1)
      if (last === undefined) return 'done'
      after = last.seq
    }
  } finally {
    await records.close()
  }
}
