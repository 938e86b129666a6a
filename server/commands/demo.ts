/** `demo`: the console on a data folder that is filled with keys, and removed at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedManyKeys } from '../demo/bulk-seed.ts'
import { seedDemo } from '../demo/seed.ts'
import type { Run } from './command.ts'
import { run as runConsole } from './console.ts'

export const run: Run = async (running) => {
  const { config, onStop } = running
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-console-demo-'))
  onStop(() => rmSync(dataDir, { recursive: true, force: true }))
  const kms = { ...config.kms, dataDir, rootKey: undefined }
  await seedDemo({ dataDir, exoscaleApi: kms.exoscaleApi, now: Date.now() })
  if (config.extraKeys !== undefined) {
    await seedManyKeys({
      dataDir,
      exoscaleApi: kms.exoscaleApi,
      now: Date.now(),
      count: config.extraKeys,
      onProgress: (made, count) => console.log(`demo: ${made} of ${count} keys`),
    })
  }
  return runConsole({ ...running, config: { ...config, kms } })
}
