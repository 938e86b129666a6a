import { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { credentialName, materialName, secretNameOf } from '../engine/wrapped-names.ts'

/** Makes schema 8 the one before, which counts keys when it is asked. */
export const WITHOUT_COUNTS = `DROP TRIGGER keys_inserted; DROP TRIGGER keys_updated; DROP TRIGGER keys_deleted;
  DROP TABLE key_counts; DROP INDEX keys_name`

const text = (value: unknown) => String(value)

/** Secrets in the form of the schemas without authentication codes. */
function wrapAsBefore(database: DatabaseSync, { unwrap, older }: KeyWrapper): void {
  const before = (name: string, wrapped: Uint8Array) => older.wrap(name, unwrap(name, wrapped))
  for (const { name, value } of database.prepare('SELECT name, value FROM settings').all()) {
    const secret = secretNameOf(text(name))
    if (secret === undefined) continue
    const wrapped = before(secret, Buffer.from(text(value), 'base64'))
    const encoded = Buffer.from(wrapped).toString('base64')
    database.prepare('UPDATE settings SET value = ? WHERE name = ?').run(encoded, text(name))
  }
  for (const { cloud, id, wrapped } of database.prepare('SELECT * FROM credentials').all())
    if (wrapped instanceof Uint8Array)
      database
        .prepare('UPDATE credentials SET wrapped = ? WHERE cloud = ? AND id = ?')
        .run(before(credentialName(text(cloud), text(id)), wrapped), text(cloud), text(id))
  for (const { cloud, location, key_id, version, wrapped } of database.prepare('SELECT * FROM versions').all()) {
    const address = { cloud: text(cloud), location: text(location), id: text(key_id) }
    if (wrapped instanceof Uint8Array)
      database
        .prepare('UPDATE versions SET wrapped = ? WHERE cloud = ? AND location = ? AND key_id = ? AND version = ?')
        .run(before(materialName(address, Number(version)), wrapped), ...Object.values(address), Number(version))
  }
}

/** Downgrades a closed database to schema 5, which has no authentication codes. */
export function makeUnauthenticated(file: string, keyWrapper: KeyWrapper): void {
  const database = new DatabaseSync(file)
  wrapAsBefore(database, keyWrapper)
  database.exec(`DROP INDEX audit_resource; ${WITHOUT_COUNTS}; DROP TABLE audit_commits`)
  for (const table of ['settings', 'keys', 'versions', 'credentials', 'resources', 'audit'])
    database.exec(`ALTER TABLE ${table} DROP COLUMN code`)
  database.exec('DROP TABLE head; PRAGMA user_version = 5')
  database.close()
}

/** Downgrades a closed database to schema 3, which has no copies of keys. */
export function makeOlder(file: string, keyWrapper: KeyWrapper): void {
  makeUnauthenticated(file, keyWrapper)
  const database = new DatabaseSync(file)
  database.exec(`DROP INDEX keys_origin; DROP INDEX keys_sync_at; DROP INDEX keys_space;
    ALTER TABLE keys DROP COLUMN origin; ALTER TABLE keys DROP COLUMN sync_at; PRAGMA user_version = 3`)
  database.close()
}
