/** The program on a data folder that a server with another clock has used. */
import pino from 'pino'
import { expect, test } from 'vitest'
import { openKms } from '../kms/kms.ts'
import { exit, folder, lastOfKms, run, start, started } from '../testing/program.ts'

/** A folder whose last server saw a time ten years ahead. */
async function folderOfTheFuture(): Promise<string> {
  const dataDir = folder()
  const clock = { now: () => Date.now() + 3650 * 86_400_000 }
  const kms = await openKms({
    dataDir,
    clock,
    steadyClock: { now: () => 0 },
    log: pino({ level: 'silent' }),
    address: () => undefined,
  })
  await kms.close()
  return dataDir
}

const readiness = async (dataDir: string, ...flags: string[]) => {
  const program = start(['kms', '--port', '0', ...flags], { KMS_DATA_DIR: dataDir })
  const { kms } = await started(program, lastOfKms)
  const answer = (await (await fetch(`${kms}/readyz`)).json()) as { status: string; warnings?: string[] }
  program.child.kill('SIGTERM')
  await exit(program.child)
  return { ...answer, err: program.output.err }
}

test('a clock behind the last time is told in the log and in /readyz, and accepted by the command or the flag', async () => {
  const dataDir = await folderOfTheFuture()
  const told = await readiness(dataDir)
  expect(told).toMatchObject({ status: 'ok', warnings: [expect.stringContaining('npm run kms -- accept-clock')] })
  expect(told.err).toContain('Scheduled deletions and rotations are stopped')
  const accepted = await run(['kms', 'accept-clock'], { KMS_DATA_DIR: dataDir })
  expect(accepted).toMatchObject({ code: 0, err: '' })
  expect(accepted.out).toMatch(/^accepted: 20.*Z\nDue now: 0 deletions, 0 rotations\./)
  const after = await readiness(dataDir)
  expect(after).not.toHaveProperty('warnings')
  expect(after.err).not.toContain('Scheduled')
  expect(await readiness(await folderOfTheFuture(), '--accept-clock')).not.toHaveProperty('warnings')
})

test('a folder without a KMS is refused', async () => {
  const refused = await run(['kms', 'accept-clock'], { KMS_DATA_DIR: folder() })
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('There is no')
})
