/** Commands of the local KMS on PostgreSQL, as people run them. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newPostgresDatabase, rootKeyOfTest } from '../records/testing/databases.ts'
import { exit, folder, lastOfKms, run, start, started } from '../testing/program.ts'

test('keys of a folder are copied into the database, verified, backed up and exported there, and copied back', async () => {
  const DATABASE_URL = await newPostgresDatabase()
  const KMS_DATA_DIR = folder()
  const inFolder = { KMS_DATA_DIR, KMS_ROOT_KEY: rootKeyOfTest }
  const shared = { ...inFolder, DATABASE_URL }
  const first = start(['kms', '--port', '0'], inFolder)
  await started(first, lastOfKms)
  first.child.kill('SIGTERM')
  await exit(first.child)

  const early = await run(['kms', '--port', '0'], shared)
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('npm run kms -- migrate postgres')])
  const migrated = await run(['kms', 'migrate', 'postgres'], shared)
  expect([migrated.code, migrated.out]).toEqual([0, expect.stringContaining('8 keys with 8 versions')])
  expect(migrated.out + migrated.err).not.toContain(new URL(DATABASE_URL).password)
  const second = start(['kms', '--port', '0'], shared)
  await started(second, lastOfKms)
  const verified = await run(['kms', 'verify'], shared)
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('Everything is as the KMS wrote it.')])
  expect((await run(['kms', 'accept-clock'], shared)).code).toBe(0)
  const file = join(folder(), 'backup.sqlite')
  expect((await run(['kms', 'backup', file], shared)).code).toBe(0)
  expect(existsSync(file)).toBe(true)
  expect((await run(['kms', 'export-seed'], shared)).out).toContain('thalassa')
  second.child.kill('SIGTERM')
  expect(await exit(second.child)).toBe(0)
  // The copies of all these processes are gone.
  expect(readdirSync(KMS_DATA_DIR).filter((name) => name.startsWith('kms-copy'))).toEqual([])

  const elsewhere = { ...shared, KMS_DATA_DIR: folder() }
  expect((await run(['kms', 'migrate', 'folder'], elsewhere)).out).toContain('8 keys with 8 versions')
  const again = await run(['kms', 'migrate', 'nowhere'], elsewhere)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('postgres or folder')])
})
