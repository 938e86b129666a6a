import { DatabaseSync } from 'node:sqlite'

/** Downgrades a closed database to schema 3, which has no copies of keys. */
export function makeOlder(file: string): void {
  const database = new DatabaseSync(file)
  database.exec(`DROP INDEX keys_origin; DROP INDEX keys_sync_at; DROP INDEX keys_space;
    ALTER TABLE keys DROP COLUMN origin; ALTER TABLE keys DROP COLUMN sync_at; PRAGMA user_version = 3`)
  database.close()
}
