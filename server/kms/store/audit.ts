import type { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { AuditError, type AuditRow } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { DiskError, IntegrityError, type Store } from '../engine/store.ts'
import { openAuditCommits } from './audit-commits.ts'
import { type AuditQueue, openAuditQueue } from './audit-queue.ts'
import { openAuditSearch } from './audit-search.ts'
import type { Head } from './head.ts'
import type { Snapshot, Transaction } from './transactions.ts'

/** Entries that are moved at once: some milliseconds of work. */
const MOVED = 250
/** Entries that wait at most, about a second of work for the search that needs them. Beyond, calls move as many as they add. */
const MOST_WAITING = 50_000
/** Milliseconds without a new entry after which entries are moved: a slow disk makes calls pause too. */
const PAUSE = 1000

interface AuditTable extends AuditQueue {
  /** Adds rows within an open transaction. */
  insert(rows: readonly AuditRow[]): void
  readonly find: Store['audit']
  /** Moves all entries to the table `audit`, within an open transaction. */
  moveAll(): void
  /** Forgets what is known of the entries, when the log was replaced. */
  forget(): void
}

/**
 * Audit log of a database: rows are added and read, never changed.
 * @param report called when rows begin to wait for a full disk
 */
export function openAuditTable(
  database: DatabaseSync,
  services: {
    /** Of rows alone, which `sync` makes durable. */
    readonly transaction: Transaction
    readonly sync: () => Promise<void>
    /** Whether entries are moved while no other comes; otherwise a search moves them. */
    readonly movesInPauses?: boolean
    readonly snapshot: Snapshot
    readonly keyWrapper: KeyWrapper
    readonly head: Head
    /** Changes when another process writes. */
    readonly currentVersion: () => number
    readonly report: (error: unknown) => void
  },
): AuditTable {
  const { transaction, head, sync, report } = services
  const commits = openAuditCommits(database, services)
  const search = openAuditSearch(database, { ...services, end: () => head.log().rows })
  /** Number of entries when a pause was last looked for: those of other processes are no pause either. */
  let seen: number | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  /** In a transaction that copies no deleted entry over with zeros: entries hold no secrets. */
  function move(most: number): void {
    database.exec('PRAGMA secure_delete = OFF')
    try {
      transaction(() => commits.move(most))
    } finally {
      database.exec('PRAGMA secure_delete = ON')
    }
  }

  function moveInPause(): void {
    timer = undefined
    try {
      const { count } = head.log()
      const isPause = count === seen
      seen = count
      if (isPause && commits.waiting() > 0) move(MOVED)
      if (commits.waiting() > 0) moveLater(isPause ? 0 : PAUSE)
    } catch {
      // Of a full disk or changed commits a search tells; the next entry tries again.
    }
  }

  function moveLater(delay: number): void {
    if (isClosed || services.movesInPauses === false) return
    timer ??= setTimeout(moveInPause, delay)
    timer.unref()
  }

  function insert(rows: readonly AuditRow[]): void {
    try {
      commits.append(rows)
    } catch (error) {
      throw error instanceof IntegrityError ? error : new AuditError(error)
    }
    moveLater(PAUSE)
  }

  function commit(rows: readonly AuditRow[]): void {
    transaction(() => insert(rows))
    if (commits.waiting() > MOST_WAITING) move(2 * rows.length)
  }

  async function moveUpTo(count: number): Promise<void> {
    while (head.log().rows.count < count) {
      move(MOVED)
      await setImmediate()
    }
  }

  const queue = openAuditQueue({ commit, sync, report })
  moveLater(PAUSE)

  return {
    ...queue,
    insert,
    forget: search.forget,
    moveAll: () => commits.move(Number.POSITIVE_INFINITY),
    async find(query) {
      await moveUpTo(head.log().count)
      return search.find(query)
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await queue.close()
      if (services.movesInPauses === false) return
      try {
        await moveUpTo(head.log().count)
      } catch (error) {
        // They stay where they are.
        if (!(error instanceof DiskError || error instanceof IntegrityError)) throw error
      }
    },
  }
}
