/** `demo`: the console on a temporary data folder with sample keys. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadBulkSeed } from '../demo/registry.ts'
import { seedDemo } from '../demo/seed.ts'
import { startOptionsOf } from '../kms/registry.ts'
import type { Run } from './command.ts'
import { run as runConsole } from './console.ts'

export const run: Run = async (running) => {
  const { config, onStop } = running
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-console-demo-'))
  onStop(() => rmSync(dataDir, { recursive: true, force: true }))
  const kms = { ...config.kms, dataDir, rootKey: undefined }
  const options = { dataDir, now: Date.now() }
  await seedDemo(options)
  if (config.extraKeys !== undefined) {
    const { seedManyKeys } = await loadBulkSeed()
    const onProgress = (made: number, count: number) => console.log(`demo: ${made} of ${count} keys`)
    await seedManyKeys({ ...startOptionsOf(kms), ...options, count: config.extraKeys, onProgress })
  }
  return runConsole({ ...running, config: { ...config, kms } })
}
