import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type {
  KeyAddress,
  KeySpace,
  Store,
  StoredCredential,
  StoredKey,
  StoredVersion,
  VersionInfo,
} from '../engine/store.ts'
import { openAuditTable } from './audit.ts'
import { migrate } from './migrations.ts'
import { openResourceTable } from './resources.ts'

type Row = Record<string, string | number | bigint | null | Uint8Array>

const text = (value: Row[string] | undefined) => String(value)
const integer = (value: Row[string] | undefined) => Number(value)
const integerOrNull = (value: Row[string] | undefined) => (value === null || value === undefined ? null : Number(value))
const bytes = (value: Row[string] | undefined) => (value instanceof Uint8Array ? value : new Uint8Array())
const json = (value: Row[string] | undefined): Record<string, unknown> => JSON.parse(text(value))

const toKey = (row: Row): StoredKey => ({
  cloud: text(row.cloud),
  location: text(row.location),
  id: text(row.id),
  scope: text(row.scope),
  handle: text(row.handle),
  algorithm: text(row.algorithm),
  status: text(row.status),
  latestVersion: integer(row.latest_version),
  revision: integer(row.revision),
  createdAt: integer(row.created_at),
  updatedAt: integer(row.updated_at),
  rotateAt: integerOrNull(row.rotate_at),
  destroyAt: integerOrNull(row.destroy_at),
  attributes: json(row.attributes),
})

const toVersionInfo = (row: Row): VersionInfo => ({
  version: integer(row.version),
  createdAt: integer(row.created_at),
  automatic: row.automatic === 1,
})

const toVersion = (row: Row): StoredVersion => ({ ...toVersionInfo(row), wrapped: bytes(row.wrapped) })

const toCredential = (row: Row): StoredCredential => ({
  cloud: text(row.cloud),
  id: text(row.id),
  name: text(row.name),
  wrapped: bytes(row.wrapped),
  createdAt: integer(row.created_at),
  attributes: json(row.attributes),
})

const keyValues = (key: StoredKey) => ({
  cloud: key.cloud,
  location: key.location,
  id: key.id,
  scope: key.scope,
  handle: key.handle,
  algorithm: key.algorithm,
  status: key.status,
  latest_version: key.latestVersion,
  revision: key.revision,
  created_at: key.createdAt,
  updated_at: key.updatedAt,
  rotate_at: key.rotateAt,
  destroy_at: key.destroyAt,
  attributes: JSON.stringify(key.attributes),
})

const addressValues = ({ cloud, location, id }: KeyAddress) => ({ cloud, location, id })
const spaceValues = ({ cloud, location, scope }: KeySpace) => ({ cloud, location, scope })

/** A setting of a database that may not exist yet, read without writing anything. */
export function peekSetting(file: string, name: string): string | undefined {
  if (!existsSync(file)) return undefined
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'settings'").get()
    const row = table && database.prepare('SELECT value FROM settings WHERE name = ?').get(name)
    return row ? text(row.value) : undefined
  } finally {
    database.close()
  }
}

/**
 * A store in one SQLite file: write-ahead log with a full sync at each commit, so that what has resolved survives
 * `kill -9` and power loss. Creates the file and brings an older one up to date.
 */
export function openSqliteStore(file: string): Store {
  const database = new DatabaseSync(file, { timeout: 5000 })
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
     PRAGMA temp_store = MEMORY`,
  )
  migrate(database)

  const sql = {
    insertKey:
      database.prepare(`INSERT INTO keys (cloud, location, id, scope, handle, algorithm, status, latest_version,
      revision, created_at, updated_at, rotate_at, destroy_at, attributes) VALUES (:cloud, :location, :id, :scope, :handle,
      :algorithm, :status, :latest_version, :revision, :created_at, :updated_at, :rotate_at, :destroy_at, :attributes)
      ON CONFLICT DO NOTHING`),
    updateKey:
      database.prepare(`UPDATE keys SET scope = :scope, handle = :handle, algorithm = :algorithm, status = :status,
      latest_version = :latest_version, revision = :revision, created_at = :created_at, updated_at = :updated_at,
      rotate_at = :rotate_at, destroy_at = :destroy_at, attributes = :attributes
      WHERE cloud = :cloud AND location = :location AND id = :id`),
    insertVersion:
      database.prepare(`INSERT INTO versions (cloud, location, key_id, version, created_at, automatic, wrapped)
      VALUES (:cloud, :location, :id, :version, :created_at, :automatic, :wrapped)`),
    key: database.prepare('SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND id = :id'),
    keyByHandle: database.prepare(`SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope
      AND handle = :handle`),
    keys: database.prepare(
      'SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope ORDER BY id',
    ),
    counts: database.prepare(`SELECT status, count(*) AS number FROM keys WHERE cloud = :cloud AND location = :location
      AND scope = :scope AND (destroy_at IS NULL OR destroy_at > :now) GROUP BY status`),
    version: database.prepare(`SELECT * FROM versions WHERE cloud = :cloud AND location = :location AND key_id = :id
      AND version = :version`),
    versions: database.prepare(`SELECT version, created_at, automatic FROM versions WHERE cloud = :cloud
      AND location = :location AND key_id = :id ORDER BY version`),
    versionsOfSpace: database.prepare(`SELECT key_id, version, versions.created_at, automatic FROM versions
      JOIN keys USING (cloud, location) WHERE keys.id = versions.key_id AND cloud = :cloud AND location = :location
      AND scope = :scope ORDER BY key_id, version`),
    due: database.prepare('SELECT * FROM keys WHERE cloud = :cloud AND (rotate_at <= :now OR destroy_at <= :now)'),
    destroy: database.prepare(
      'DELETE FROM keys WHERE cloud = :cloud AND location = :location AND id = :id AND destroy_at <= :now',
    ),
    setting: database.prepare('SELECT value FROM settings WHERE name = ?'),
    setSetting: database.prepare(`INSERT INTO settings (name, value) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`),
    addCredential: database.prepare(`INSERT INTO credentials (cloud, id, name, wrapped, created_at, attributes)
      VALUES (:cloud, :id, :name, :wrapped, :created_at, :attributes)`),
    credentials: database.prepare('SELECT * FROM credentials WHERE cloud = ? ORDER BY created_at'),
    removeCredential: database.prepare('DELETE FROM credentials WHERE cloud = ? AND id = ?'),
  }

  function transaction<T>(work: () => T): T {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }

  const trail = openAuditTable(database, transaction)

  function addVersion(address: KeyAddress, version: StoredVersion) {
    sql.insertVersion.run({
      ...addressValues(address),
      version: version.version,
      created_at: version.createdAt,
      automatic: version.automatic ? 1 : 0,
      wrapped: version.wrapped,
    })
  }

  return {
    insert: async (key, version) =>
      transaction(() => {
        if (sql.insertKey.run(keyValues(key)).changes === 0) return false
        addVersion(key, version)
        return true
      }),

    async get(address) {
      const row = sql.key.get(addressValues(address))
      return row && toKey(row)
    },

    async getByHandle(space, handle) {
      const row = sql.keyByHandle.get({ ...spaceValues(space), handle })
      return row && toKey(row)
    },

    async list(space) {
      const versions = Map.groupBy(sql.versionsOfSpace.all(spaceValues(space)), (row) => text(row.key_id))
      return sql.keys.all(spaceValues(space)).map((row) => {
        const key = toKey(row)
        return { key, versions: (versions.get(key.id) ?? []).map(toVersionInfo) }
      })
    },

    countByStatus: async (space, now) =>
      new Map(sql.counts.all({ ...spaceValues(space), now }).map((row) => [text(row.status), integer(row.number)])),

    change: async (address, decide) =>
      transaction(() => {
        const row = sql.key.get(addressValues(address))
        if (!row) return undefined
        const { key, version, audit } = decide(toKey(row))
        sql.updateKey.run(keyValues(key))
        if (version) addVersion(key, version)
        if (audit) trail.insert(audit)
        return key
      }),

    async version(address, version) {
      const row = sql.version.get({ ...addressValues(address), version })
      return row && toVersion(row)
    },

    versions: async (address) => sql.versions.all(addressValues(address)).map(toVersionInfo),
    due: async (cloud, now) => sql.due.all({ cloud, now }).map(toKey),

    async destroy(addresses, now) {
      const destroyed = transaction(() =>
        addresses.reduce((sum, one) => sum + Number(sql.destroy.run({ ...addressValues(one), now }).changes), 0),
      )
      // Zeros go over deleted rows only, not over the copies that stayed where rows have been moved between pages; and
      // the log holds pages of its own. Building the file anew and cutting the log leaves no copy behind.
      if (destroyed > 0) database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
      return destroyed
    },

    async setting(name) {
      const row = sql.setting.get(name)
      return row && text(row.value)
    },

    async setSetting(name, value) {
      sql.setSetting.run(name, value)
    },

    async addCredential(credential) {
      sql.addCredential.run({
        cloud: credential.cloud,
        id: credential.id,
        name: credential.name,
        wrapped: credential.wrapped,
        created_at: credential.createdAt,
        attributes: JSON.stringify(credential.attributes),
      })
    },

    credentials: async (cloud) => sql.credentials.all(cloud).map(toCredential),
    removeCredential: async (cloud, id) => sql.removeCredential.run(cloud, id).changes > 0,
    ...openResourceTable(database),
    appendAudit: trail.append,
    audit: trail.find,

    async close() {
      await trail.settled()
      database.close()
    },
  }
}
