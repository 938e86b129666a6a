/** Copies a whole local KMS between a data folder and PostgreSQL, and verifies the copy. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUp, verifyFolder } from './backup.ts'
import { restore } from './restore.ts'
import { KmsStartError } from './root-key.ts'
import { fillDatabase, type SharedPlace, withCopy } from './shared/open.ts'
import type { Contents } from './store/database-file.ts'

function inTemporaryFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-migrate-'))
  return work(join(folder, 'kms.sqlite')).finally(() => rmSync(folder, { recursive: true, force: true }))
}

/**
 * From the data folder into a database without a local KMS.
 * @throws KmsStartError
 */
export const migrateToPostgres = (place: SharedPlace): Promise<Contents> =>
  inTemporaryFile(async (file) => {
    backUp({ dataDir: place.dataDir, rootKey: place.rootKey, file })
    await fillDatabase(place, readFileSync(file))
    return withCopy(place, (folder) => {
      const { verification } = verifyFolder(folder)
      const [finding] = verification.findings
      if (finding !== undefined) throw new KmsStartError(`The copy in the database is damaged: ${finding}.`)
      return verification
    })
  })

/**
 * From the database into a data folder without one.
 * @param now milliseconds since the epoch
 * @throws KmsStartError; nothing has been changed then
 */
export const migrateToFolder = (place: SharedPlace, now: number): Promise<Contents> =>
  inTemporaryFile(async (file) => {
    await withCopy(place, (_folder, snapshot) => writeFileSync(file, snapshot(), { mode: 0o600 }))
    return restore({ dataDir: place.dataDir, rootKey: place.rootKey, file, now }).contents
  })
