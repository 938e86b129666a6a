/** Reads and writes of single rows within an open transaction. */
import type { DatabaseSync } from 'node:sqlite'
import type { Rows } from '../engine/store.ts'
import { toResource } from './resources.ts'
import { addressValues, spaceValues, text, toCredential, toKey, toVersion } from './rows.ts'

/** All writes except a key's, which the store does because it also invalidates its cache of counts. */
export function openRows(database: DatabaseSync): Omit<Rows, 'key' | 'putKey'> {
  const sql = {
    keyByUniqueName:
      database.prepare(`SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope
      AND handle = :handle`),
    version: database.prepare(`SELECT * FROM versions WHERE cloud = :cloud AND location = :location AND key_id = :id
      AND version = :version`),
    putVersion:
      database.prepare(`INSERT OR REPLACE INTO versions (cloud, location, key_id, version, created_at, automatic,
      wrapped) VALUES (:cloud, :location, :id, :version, :created_at, :automatic, :wrapped)`),
    setting: database.prepare('SELECT value FROM settings WHERE name = ?'),
    putSetting: database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'),
    credential: database.prepare('SELECT * FROM credentials WHERE cloud = ? AND id = ?'),
    credentials: database.prepare('SELECT * FROM credentials WHERE cloud = ? ORDER BY created_at'),
    putCredential:
      database.prepare(`INSERT OR REPLACE INTO credentials (cloud, id, name, wrapped, created_at, attributes)
      VALUES (:cloud, :id, :name, :wrapped, :created_at, :attributes)`),
    resource: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? AND id = ?'),
    putResource: database.prepare(`INSERT OR REPLACE INTO resources (cloud, kind, id, created_at, content)
      VALUES (:cloud, :kind, :id, :created_at, :content)`),
    removeCredential: database.prepare('DELETE FROM credentials WHERE cloud = ? AND id = ?'),
    removeResource: database.prepare('DELETE FROM resources WHERE cloud = ? AND kind = ? AND id = ?'),
    removeResourcesUntil: database.prepare('DELETE FROM resources WHERE cloud = ? AND kind = ? AND created_at <= ?'),
  }
  return {
    keyByUniqueName(space, uniqueName) {
      const row = sql.keyByUniqueName.get({ ...spaceValues(space), handle: uniqueName })
      return row && toKey(row)
    },
    version(address, version) {
      const row = sql.version.get({ ...addressValues(address), version })
      return row && toVersion(row)
    },
    setting(name) {
      const row = sql.setting.get(name)
      return row && text(row.value)
    },
    credential(cloud, id) {
      const row = sql.credential.get(cloud, id)
      return row && toCredential(row)
    },
    credentials: (cloud) => sql.credentials.all(cloud).map(toCredential),
    resource(cloud, kind, id) {
      const row = sql.resource.get(cloud, kind, id)
      return row && toResource(row)
    },
    putVersion(address, { version, createdAt, automatic, wrapped }) {
      const values = { version, created_at: createdAt, automatic: automatic ? 1 : 0, wrapped }
      sql.putVersion.run({ ...addressValues(address), ...values })
    },
    putSetting: (name, value) => void sql.putSetting.run(name, value),
    putCredential({ cloud, id, name, wrapped, createdAt, attributes }) {
      const values = { cloud, id, name, wrapped, created_at: createdAt, attributes: JSON.stringify(attributes) }
      sql.putCredential.run(values)
    },
    putResource({ cloud, kind, id, createdAt, content }) {
      sql.putResource.run({ cloud, kind, id, created_at: createdAt, content: JSON.stringify(content) })
    },
    removeCredential: (cloud, id) => sql.removeCredential.run(cloud, id).changes > 0,
    removeResource: (cloud, kind, id) => void sql.removeResource.run(cloud, kind, id),
    removeResourcesUntil: (cloud, kind, time) => void sql.removeResourcesUntil.run(cloud, kind, time),
  }
}
