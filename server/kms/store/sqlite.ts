import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Recorded, unaudited, unchanged } from '../engine/audit.ts'
import { ENCRYPTIONS_KIND, encryptionsId } from '../engine/encryption-counts.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import {
  type Conclude,
  IN_MEMORY,
  type KeyAddress,
  type KeyChange,
  type Store,
  type StoredKey,
  type StoredVersion,
} from '../engine/store.ts'
import { isWrappingKeyName } from '../engine/wrapped-names.ts'
import { openAccess } from './access.ts'
import { openAuditTable } from './audit.ts'
import { scheduleCheckpoints } from './checkpoints.ts'
import { oncePerTurn, openDataVersion } from './data-version.ts'
import { openHead, withHead } from './head.ts'
import { type Images, openImages } from './images.ts'
import { openKeyReads } from './key-reads.ts'
import { openLogSync } from './log-sync.ts'
import { migrate } from './migrations.ts'
import { openPages } from './pages.ts'
import { openRemains, REMAINS } from './remains.ts'
import { openRows } from './row-access.ts'
import { addressValues, toAddress } from './rows.ts'
import { openSnapshots, openTransactions, type Transaction } from './transactions.ts'

/** Milliseconds to wait for another process's transaction; blocks this process. */
const LONGEST_WAIT = 5000

/**
 * Pages of the log, 16 MB, after which a commit writes them back at the latest. It blocks all requests meanwhile, so it
 * must not be often, and pages that change many times are written back once.
 */
const LONGEST_LOG = 4000

/** Settings that a reset keeps: wrapping keys take seconds to generate and never change. */
const isKept = (setting: string) => setting === REMAINS || isWrappingKeyName(setting)

export interface SqliteStore extends Store, Images {
  /** Records what changes, as a changeset of SQLite, until the returned function is called. */
  recordChanges(): () => Uint8Array
}

export interface SqliteOptions {
  /** Called with an error of the disk that no call returns. */
  readonly report?: ((error: unknown) => void) | undefined
  /**
   * The file is a copy of what is kept elsewhere: it needs not survive the process, and nothing changes but by calls of the
   * store.
   */
  readonly isCopy?: boolean
}

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
 * @throws IntegrityError if the tables that decide about access were changed outside of the KMS
 */
export function openSqliteStore(
  file: string,
  keyWrapper: KeyWrapper,
  { report = () => {}, isCopy = false }: SqliteOptions = {},
): SqliteStore {
  protect(file)
  const database = new DatabaseSync(file, { timeout: LONGEST_WAIT })
  try {
    return openOn(database, { file, keyWrapper, report, isCopy })
  } catch (error) {
    database.close()
    throw error
  }
}

interface StoreServices {
  readonly file: string
  readonly keyWrapper: KeyWrapper
  readonly report: (error: unknown) => void
  readonly isCopy: boolean
}

function openOn(database: DatabaseSync, { file, keyWrapper, report, isCopy }: StoreServices): SqliteStore {
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${isCopy ? 'OFF' : 'FULL'}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
     PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = ${LONGEST_LOG}`,
  )
  const isConverted = migrate(database, keyWrapper)

  const sql = {
    copies: database.prepare(
      'SELECT cloud, location, id FROM keys WHERE cloud = :cloud AND origin = :location AND id = :id',
    ),
    nextSync: database.prepare('SELECT min(sync_at) AS next FROM keys WHERE cloud = ? AND sync_at IS NOT NULL'),
  }

  const currentVersion = openDataVersion(database)
  const head = openHead(database, keyWrapper, currentVersion)
  // A copy is changed beside this connection in the same turn in which a request goes on to read it.
  const dataVersion = isCopy ? head.revision : oncePerTurn(head.revision)
  const { transaction: begin, unsynced, onDisk, placeProblem } = openTransactions(database, file)
  const snapshot = openSnapshots(database)

  const { syncLog, close: closeLog } = openLogSync(file)
  const trail = openAuditTable(database, {
    transaction: withHead(isCopy ? begin : unsynced, head),
    sync: isCopy ? async () => {} : syncLog,
    movesInPauses: !isCopy,
    snapshot,
    keyWrapper,
    head,
    currentVersion,
    report,
  })
  const rows = openRows(database, { keyWrapper, sums: head })
  const { forget, ...reads } = openKeyReads(rows, dataVersion)
  const { assertWhole, ...access } = openAccess(
    database,
    { keyWrapper, rows, snapshot },
    { dataVersion, currentVersion: head.revision },
  )

  const change = withHead(begin, head)
  const transaction: Transaction = (work, isKept) => {
    forget()
    return change(work, isKept)
  }

  /** Runs a change in a transaction that holds its audit rows too, or changes nothing. */
  function recording<R>(work: () => Recorded<R>): R {
    const recorded = transaction(
      () => {
        const made = work()
        if (!('none' in made.audit)) trail.insert(made.audit)
        return made
      },
      ({ audit }) => !('none' in audit && audit.none === 'nothing'),
    )
    return recorded.result
  }

  /** Cache by provider, read by every request; any write to keys, here or by another process, clears it. */
  const nextSync = new Map<string, number>()
  let nextSyncVersion = dataVersion()

  function insertKey(key: StoredKey): boolean {
    nextSync.delete(key.cloud)
    return rows.insertKey(key)
  }

  function putKey(key: StoredKey): void {
    nextSync.delete(key.cloud)
    rows.putKey(key)
  }

  /** The destroyed key; undefined if it is not due. */
  function destroyKey(address: KeyAddress, now: number): StoredKey | undefined {
    nextSync.delete(address.cloud)
    const key = rows.key(address)
    if (!key || key.destroyAt === null || key.destroyAt > now) return undefined
    for (const copy of sql.copies.all(addressValues(address))) rows.removeKey(toAddress(copy))
    rows.removeKey(address)
    rows.removeResource(key.cloud, ENCRYPTIONS_KIND, encryptionsId(key))
    return key
  }

  const { noteRemains, clearRemains, clearRemainsIfPossible } = openRemains(database, {
    rows,
    transaction,
    onDisk,
    busyTimeout: LONGEST_WAIT,
  })
  assertWhole()
  // No file keeps the check of the root key and the secrets in the old form: who has them could ask for a migration again.
  if (isConverted) transaction(() => noteRemains())
  clearRemainsIfPossible()
  const stopCheckpoints = scheduleCheckpoints(database)

  const images = openImages(database, { isKept, transaction, rows, head, moveEntries: trail.moveAll })

  return {
    dataVersion,
    recordChanges() {
      const session = database.createSession()
      return () => {
        const changes = session.changeset()
        session.close()
        return changes
      }
    },

    ...images,
    putImage(image) {
      images.putImage(image)
      trail.forget()
      nextSync.clear()
    },

    async write(work) {
      let isSecretGone = false
      const removeCredential = (cloud: string, id: string) => {
        const isGone = rows.removeCredential(cloud, id)
        if (isGone) noteRemains('credentials')
        isSecretGone ||= isGone
        return isGone
      }
      const result = recording(() => work({ ...rows, removeCredential, putKey }))
      if (isSecretGone) clearRemainsIfPossible()
      return result
    },

    insert: async <R>(key: StoredKey, version: StoredVersion, conclude: Conclude<R>) =>
      recording((): Recorded<R | undefined> => {
        if (!insertKey(key)) return unchanged(undefined)
        rows.insertVersion(key, version)
        return conclude({ key, versions: [version] })
      }),

    insertMany: async (keys, none) =>
      recording(() => {
        for (const { key, versions } of keys) {
          if (!insertKey(key)) throw new Error(`${key.location} has a key of the name or id of ${key.id} already`)
          for (const version of versions) rows.insertVersion(key, version)
        }
        return unaudited(none, undefined)
      }),

    change: async <R>(address: KeyAddress, decide: (key: StoredKey) => KeyChange | undefined, conclude: Conclude<R>) =>
      recording((): Recorded<R | undefined> => {
        const found = rows.key(address)
        const after = found && decide(found)
        if (!after) return unchanged(undefined)
        const { key, version } = after
        putKey(key)
        if (version) rows.insertVersion(key, version)
        return conclude({
          key,
          // Read and verified only where the answer lists them: a key may have thousands.
          get versions() {
            return rows.versionsOf(key)
          },
        })
      }),

    async versions(key) {
      try {
        return rows.versionsOf(key)
      } catch (error) {
        // Another process may have destroyed it meanwhile.
        if (rows.hasKey(key)) throw error
        return []
      }
    },

    async destroy(addresses, now, audit) {
      let destroyed = 0
      for (let start = 0; start < addresses.length; start += DESTROYED_AT_ONCE) {
        if (start > 0) await nextTurn()
        const some = addresses.slice(start, start + DESTROYED_AT_ONCE)
        destroyed += recording(() => {
          const gone = some.flatMap((one) => destroyKey(one, now) ?? [])
          const [first, ...more] = gone.flatMap((key) => audit(key, now))
          if (!first) return unchanged(0)
          noteRemains('versions')
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

    copy: async (address, location, decide) =>
      recording((): Recorded<void> => {
        const original = rows.key(address)
        if (!original) return unchanged(undefined)
        const there = rows.key({ ...address, location })
        const before = there?.origin === address.location ? there : undefined
        const after = before?.latestVersion ?? 0
        const missing = rows.versionsAfter(original, after)
        const { key, copy, versions, audit } = decide({ key: original, copy: before, missing })
        putKey(key)
        if (!copy) return { result: undefined, audit }
        if (before) putKey(copy)
        else if (!insertKey(copy)) throw new Error(`${location} has another key of the name or id of ${address.id}`)
        for (const version of versions) rows.insertVersion(copy, version)
        return { result: undefined, audit }
      }),

    ...access,
    ...reads,
    ...openPages(database, keyWrapper),
    appendAudit: trail.append,
    audit: trail.find,

    isInPlace: () => placeProblem() === undefined,
    problems: () => [placeProblem(), trail.problem()].filter((problem) => problem !== undefined),

    async close() {
      try {
        await trail.close()
      } finally {
        stopCheckpoints()
        closeLog()
        database.close()
      }
    },
  }
}
