/** Reads and writes of single rows within an open transaction. Each row that is read is verified first. */
import type { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import {
  IntegrityError,
  type KeyAddress,
  type Rows,
  type StoredKey,
  type StoredVersion,
  type VersionInfo,
} from '../engine/store.ts'
import {
  credentialValues,
  keyValues,
  resourceValues,
  spaceValues,
  text,
  toCredential,
  toKey,
  toResource,
  toVersion,
  toVersionInfo,
  versionKey,
  versionValues,
} from './rows.ts'
import { assertRow, openTable, type Row, type Sums, type TableName } from './tables.ts'

export interface RowAccess extends Rows {
  /** False if the name or the id is taken. */
  insertKey(key: StoredKey): boolean
  /** Whether there is such a row, which is not verified. */
  hasKey(address: KeyAddress): boolean
  /** Removes a key and all its versions. */
  removeKey(address: KeyAddress): void
  /** Throws for a version that exists. */
  insertVersion: Rows['putVersion']
  /** All versions of a key, ascending. Throws IntegrityError if one is missing. */
  versionsOf(key: StoredKey): readonly VersionInfo[]
  /** Versions of a key after one, with their material. Throws IntegrityError if one is missing. */
  versionsAfter(key: StoredKey, after: number): readonly StoredVersion[]
  removeSetting(name: string): void
}

/** @throws IntegrityError unless the versions from 1 to the key's latest are there; there may be newer ones */
export function assertComplete({ id, location, latestVersion }: StoredKey, versions: readonly VersionInfo[]): void {
  for (let number = 1; number <= latestVersion; number += 1)
    if (versions[number - 1]?.version !== number)
      throw new IntegrityError(`version ${number} of the key ${id} in ${location} (table versions) is missing`)
}

export function openRows(
  database: DatabaseSync,
  services: { readonly keyWrapper: KeyWrapper; readonly sums: Sums },
): RowAccess {
  const { keyWrapper } = services
  const open = (name: TableName) => openTable(database, name, services)
  const keys = open('keys')
  const versions = open('versions')
  const settings = open('settings')
  const credentials = open('credentials')
  const resources = open('resources')
  const sql = {
    keyByUniqueName:
      database.prepare(`SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope
      AND handle = :handle`),
    hasKey: database.prepare('SELECT 1 FROM keys WHERE cloud = :cloud AND location = :location AND id = :id'),
    versions: database.prepare(`SELECT * FROM versions WHERE cloud = :cloud AND location = :location AND key_id = :id
      ORDER BY version`),
    credentials: database.prepare('SELECT * FROM credentials WHERE cloud = ? ORDER BY created_at'),
    resourcesUntil: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? AND created_at <= ?'),
  }
  const verified =
    (name: TableName) =>
    (row: Row): Row => {
      assertRow(keyWrapper, name, row)
      return row
    }

  const addressOf = ({ cloud, location, id }: KeyAddress) => ({ cloud, location, id })
  const versionRows = (address: KeyAddress) => sql.versions.all(addressOf(address)).map(verified('versions'))

  function insertKey(key: StoredKey): boolean {
    return keys.insert(keyValues(key))
  }

  return {
    insertKey,
    key(address) {
      const row = keys.one(addressOf(address))
      return row && toKey(row)
    },
    keyByUniqueName(space, uniqueName) {
      const row = sql.keyByUniqueName.get({ ...spaceValues(space), handle: uniqueName })
      return row && toKey(verified('keys')(row))
    },
    putKey(key) {
      if (keys.one(addressOf(key))) keys.put(keyValues(key))
      else if (!insertKey(key)) throw new Error(`${key.location} has another key of the name of ${key.id}`)
    },
    hasKey: (address) => sql.hasKey.get(addressOf(address)) !== undefined,
    removeKey(address) {
      for (const row of sql.versions.all(addressOf(address))) versions.remove(row)
      keys.remove(addressOf(address))
    },
    version(address, version) {
      const row = versions.one(versionKey(address, version))
      return row && toVersion(row)
    },
    versionsOf(key) {
      const found = versionRows(key).map(toVersionInfo)
      assertComplete(key, found)
      return found
    },
    versionsAfter(key, after) {
      const found = versionRows(key).map(toVersion)
      assertComplete(key, found)
      return found.filter(({ version }) => version > after)
    },
    putVersion: (address, version) => versions.put(versionValues(address, version)),
    insertVersion(address, version) {
      if (!versions.insert(versionValues(address, version)))
        throw new Error(`${address.id} in ${address.location} has a version ${version.version} already`)
    },
    setting(name) {
      const row = settings.one({ name })
      return row && text(row.value)
    },
    putSetting: (name, value) => settings.put({ name, value }),
    removeSetting: (name) => void settings.remove({ name }),
    credential(cloud, id) {
      const row = credentials.one({ cloud, id })
      return row && toCredential(row)
    },
    credentials: (cloud) => sql.credentials.all(cloud).map(verified('credentials')).map(toCredential),
    putCredential: (credential) => credentials.put(credentialValues(credential)),
    removeCredential: (cloud, id) => credentials.remove({ cloud, id }),
    resource(cloud, kind, id) {
      const row = resources.one({ cloud, kind, id })
      return row && toResource(row)
    },
    putResource: (resource) => resources.put(resourceValues(resource)),
    removeResource: (cloud, kind, id) => void resources.remove({ cloud, kind, id }),
    removeResourcesUntil(cloud, kind, time) {
      for (const row of sql.resourcesUntil.all(cloud, kind, time)) resources.remove(row)
    },
  }
}
