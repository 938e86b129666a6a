import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { ENCRYPTIONS_KIND, encryptionsId } from '../engine/encryption-counts.ts'
import {
  type Conclude,
  DiskError,
  IN_MEMORY,
  type KeyAddress,
  type KeyChange,
  type Recorded,
  type Store,
  type StoredKey,
  type StoredVersion,
  unaudited,
  unchanged,
} from '../engine/store.ts'
import { isWrappingKeyName } from '../engine/wrapped-names.ts'
import { openAuditTable } from './audit.ts'
import { scheduleCheckpoints } from './checkpoints.ts'
import { type Images, openImages } from './images.ts'
import { migrate } from './migrations.ts'
import { openPages } from './pages.ts'
import { openResourceTable } from './resources.ts'
import { openRows } from './row-access.ts'
import { addressValues, integer, keyValues, toKey, toVersion, toVersionInfo } from './rows.ts'
import { openTransactions } from './transactions.ts'

/** Milliseconds to wait for another process's transaction; blocks this process. */
const LONGEST_WAIT = 5000

/** Setting that exists from the commit that deletes key material until no file holds a copy of it. */
const REMAINS = 'destroyed-material-remains'

/** Settings that a reset keeps: wrapping keys take seconds to generate and never change. */
const isKept = (setting: string) => setting === REMAINS || isWrappingKeyName(setting)

export interface SqliteStore extends Store, Images {}

/** Keys per transaction; other requests run in between. */
const DESTROYED_AT_ONCE = 200

/** Creates the file with mode 0600; SQLite gives its side files the same mode. */
function protect(file: string): void {
  if (file === IN_MEMORY) return
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/**
 * Store in one SQLite file: write-ahead log with a full sync at each commit, so that a resolved change survives
 * `kill -9` and power loss. Creates the file or migrates it. Several processes may have it open.
 * @param report called with a problem of the disk that no caller gets
 */
export function openSqliteStore(file: string, report: (error: unknown) => void = () => {}): SqliteStore {
  protect(file)
  const database = new DatabaseSync(file, { timeout: LONGEST_WAIT })
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
     PRAGMA temp_store = MEMORY`,
  )
  migrate(database)

  const sql = {
    insertKey:
      database.prepare(`INSERT INTO keys (cloud, location, id, scope, handle, algorithm, status, latest_version,
      revision, created_at, updated_at, rotate_at, destroy_at, origin, sync_at, attributes) VALUES (:cloud, :location, :id,
      :scope, :handle, :algorithm, :status, :latest_version, :revision, :created_at, :updated_at, :rotate_at, :destroy_at,
      :origin, :sync_at, :attributes) ON CONFLICT DO NOTHING`),
    updateKey:
      database.prepare(`UPDATE keys SET scope = :scope, handle = :handle, algorithm = :algorithm, status = :status,
      latest_version = :latest_version, revision = :revision, created_at = :created_at, updated_at = :updated_at,
      rotate_at = :rotate_at, destroy_at = :destroy_at, origin = :origin, sync_at = :sync_at, attributes = :attributes
      WHERE cloud = :cloud AND location = :location AND id = :id`),
    insertVersion:
      database.prepare(`INSERT INTO versions (cloud, location, key_id, version, created_at, automatic, wrapped)
      VALUES (:cloud, :location, :id, :version, :created_at, :automatic, :wrapped)`),
    key: database.prepare('SELECT * FROM keys WHERE cloud = :cloud AND location = :location AND id = :id'),
    versions: database.prepare(`SELECT version, created_at, automatic FROM versions WHERE cloud = :cloud
      AND location = :location AND key_id = :id ORDER BY version`),
    destroy: database.prepare('DELETE FROM keys WHERE cloud = :cloud AND location = :location AND id = :id'),
    destroyCopies: database.prepare('DELETE FROM keys WHERE cloud = :cloud AND origin = :location AND id = :id'),
    nextSync: database.prepare('SELECT min(sync_at) AS next FROM keys WHERE cloud = ? AND sync_at IS NOT NULL'),
    toSync: database.prepare('SELECT * FROM keys WHERE cloud = :cloud AND sync_at <= :now ORDER BY sync_at'),
    versionsAfter: database.prepare(`SELECT * FROM versions WHERE cloud = :cloud AND location = :location
      AND key_id = :id AND version > :after ORDER BY version`),
    removeSetting: database.prepare('DELETE FROM settings WHERE name = ?'),
    dataVersion: database.prepare('PRAGMA data_version'),
    cutLog: database.prepare('PRAGMA wal_checkpoint(TRUNCATE)'),
  }

  const { transaction, onDisk, placeProblem } = openTransactions(database, file)
  const trail = openAuditTable(database, transaction, report)
  const rows = openRows(database)

  /** Runs a change in a transaction that holds its audit rows too, or changes nothing. */
  function recording<R>(work: () => Recorded<R>): R {
    const { result } = transaction(
      () => {
        const recorded = work()
        if (!('none' in recorded.audit)) trail.insert(recorded.audit)
        return recorded
      },
      ({ audit }) => !('none' in audit && audit.none === 'nothing'),
    )
    return result
  }

  function addVersion(address: KeyAddress, version: StoredVersion) {
    sql.insertVersion.run({
      ...addressValues(address),
      version: version.version,
      created_at: version.createdAt,
      automatic: version.automatic ? 1 : 0,
      wrapped: version.wrapped,
    })
  }

  const dataVersion = () => integer(sql.dataVersion.get()?.data_version)

  /** Cache by provider, read by every request; any write to keys, here or by another process, clears it. */
  const nextSync = new Map<string, number>()
  let nextSyncVersion = dataVersion()

  function insertKey(key: StoredKey): boolean {
    nextSync.delete(key.cloud)
    return sql.insertKey.run(keyValues(key)).changes > 0
  }

  function updateKey(key: StoredKey): void {
    nextSync.delete(key.cloud)
    sql.updateKey.run(keyValues(key))
  }

  function findKey(address: KeyAddress): StoredKey | undefined {
    const row = sql.key.get(addressValues(address))
    return row && toKey(row)
  }

  function putKey(key: StoredKey): void {
    if (findKey(key)) updateKey(key)
    else if (!insertKey(key)) throw new Error(`${key.location} has another key of the name of ${key.id}`)
  }

  /** The destroyed key; undefined if it is not due. */
  function destroyKey(address: KeyAddress, now: number): StoredKey | undefined {
    nextSync.delete(address.cloud)
    const key = findKey(address)
    if (!key || key.destroyAt === null || key.destroyAt > now) return undefined
    sql.destroyCopies.run(addressValues(address))
    sql.destroy.run(addressValues(address))
    rows.removeResource(key.cloud, ENCRYPTIONS_KIND, encryptionsId(key))
    return key
  }

  const versionsOf = (address: KeyAddress) => sql.versions.all(addressValues(address)).map(toVersionInfo)

  /**
   * SQLite zeroes deleted rows, but not copies that remain where rows have moved between pages; and the
   * log holds pages of its own. Rebuilding the file and truncating the log removes all copies. While a reader in
   * another process uses the log, the truncation waits for the next time.
   */
  function clearRemains(): void {
    if (rows.setting(REMAINS) === undefined) return
    onDisk(() => database.exec('VACUUM; PRAGMA busy_timeout = 0'))
    const isCut = sql.cutLog.get()?.busy === 0
    database.exec(`PRAGMA busy_timeout = ${LONGEST_WAIT}`)
    if (isCut) transaction(() => sql.removeSetting.run(REMAINS))
  }

  /** For callers whose change is made already: on a full disk the scheduler tries again. */
  function clearRemainsIfPossible(): void {
    try {
      clearRemains()
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
    }
  }
  clearRemainsIfPossible()
  const stopCheckpoints = scheduleCheckpoints(database)

  const images = openImages(database, { isKept, transaction })

  return {
    dataVersion,
    ...images,
    putImage(image) {
      images.putImage(image)
      nextSync.clear()
    },

    async write(work) {
      let isSecretGone = false
      const removeCredential = (cloud: string, id: string) => {
        const isGone = rows.removeCredential(cloud, id)
        if (isGone) rows.putSetting(REMAINS, 'yes')
        isSecretGone ||= isGone
        return isGone
      }
      const result = recording(() => work({ ...rows, removeCredential, key: findKey, putKey }))
      if (isSecretGone) clearRemainsIfPossible()
      return result
    },

    insert: async <R>(key: StoredKey, version: StoredVersion, conclude: Conclude<R>) =>
      recording((): Recorded<R | undefined> => {
        if (!insertKey(key)) return unchanged(undefined)
        addVersion(key, version)
        return conclude({ key, versions: [version] })
      }),

    insertMany: async (keys, none) =>
      recording(() => {
        for (const { key, versions } of keys) {
          if (!insertKey(key)) throw new Error(`${key.location} has a key of the name or id of ${key.id} already`)
          for (const version of versions) addVersion(key, version)
        }
        return unaudited(none, undefined)
      }),

    get: async (address) => findKey(address),

    getByUniqueName: async (space, uniqueName) => rows.keyByUniqueName(space, uniqueName),

    change: async <R>(address: KeyAddress, decide: (key: StoredKey) => KeyChange | undefined, conclude: Conclude<R>) =>
      recording((): Recorded<R | undefined> => {
        const found = findKey(address)
        const after = found && decide(found)
        if (!after) return unchanged(undefined)
        const { key, version } = after
        updateKey(key)
        if (version) addVersion(key, version)
        return conclude({ key, versions: versionsOf(key) })
      }),

    version: async (address, version) => rows.version(address, version),
    versions: async (address) => versionsOf(address),

    async destroy(addresses, now, audit) {
      let destroyed = 0
      for (let start = 0; start < addresses.length; start += DESTROYED_AT_ONCE) {
        if (start > 0) await setImmediate()
        const some = addresses.slice(start, start + DESTROYED_AT_ONCE)
        destroyed += recording(() => {
          const gone = some.flatMap((one) => destroyKey(one, now) ?? [])
          const [first, ...more] = gone.flatMap((key) => audit(key, now))
          if (!first) return unchanged(0)
          rows.putSetting(REMAINS, 'yes')
          return { result: gone.length, audit: [first, ...more] }
        })
      }
      clearRemains()
      return destroyed
    },

    async nextSync(cloud) {
      const version = dataVersion()
      if (version !== nextSyncVersion) nextSync.clear()
      nextSyncVersion = version
      const known = nextSync.get(cloud)
      if (known !== undefined) return known
      const next = sql.nextSync.get(cloud)?.next ?? Number.POSITIVE_INFINITY
      nextSync.set(cloud, Number(next))
      return Number(next)
    },

    toSync: async (cloud, now) => sql.toSync.all({ cloud, now }).map(toKey),

    copy: async (address, location, decide) =>
      recording((): Recorded<void> => {
        const original = findKey(address)
        if (!original) return unchanged(undefined)
        const there = findKey({ ...address, location })
        const before = there?.origin === address.location ? there : undefined
        const after = before?.latestVersion ?? 0
        const missing = sql.versionsAfter.all({ ...addressValues(address), after }).map(toVersion)
        const { key, copy, versions, audit } = decide({ key: original, copy: before, missing })
        updateKey(key)
        if (!copy) return { result: undefined, audit }
        if (before) updateKey(copy)
        else if (!insertKey(copy)) throw new Error(`${location} has another key of the name or id of ${address.id}`)
        for (const version of versions) addVersion(copy, version)
        return { result: undefined, audit }
      }),

    setting: async (name) => rows.setting(name),
    credentials: async (cloud) => rows.credentials(cloud),
    ...openPages(database),
    ...openResourceTable(database),
    appendAudit: trail.append,
    audit: trail.find,

    isInPlace: () => placeProblem() === undefined,
    problems: () => [placeProblem(), trail.problem()].filter((problem) => problem !== undefined),

    async close() {
      try {
        await trail.close()
      } finally {
        stopCheckpoints()
        database.close()
      }
    },
  }
}
