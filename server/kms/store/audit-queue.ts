/** Audit rows that wait for their commit: calls that come while one runs share the next. */
import { setImmediate } from 'node:timers/promises'
import { AuditError, type AuditRow } from '../engine/audit.ts'
import { DiskError, IntegrityError, type Store } from '../engine/store.ts'

/**
 * Syncs that run at once: more calls are answered while one commit waits for the disk and the next is made. Each takes one
 * of libuv's four threads.
 */
const MOST_SYNCS = 3

/** Rows that wait in memory for a full disk, about a kilobyte each; calls beyond are refused. */
const MOST_WAITING = 10_000

export interface AuditQueue {
  readonly append: Store['appendAudit']
  /** Reason why rows wait in memory, as a sentence. */
  problem(): string | undefined
  /** Resolves when no row is pending; throws DiskError if some can't be written. */
  close(): Promise<void>
}

/**
 * @param commit writes rows in one transaction
 * @param sync resolves when all that was committed before survives a loss of power
 * @param report called when rows begin to wait for a full disk
 */
export function openAuditQueue({
  commit,
  sync,
  report,
}: {
  readonly commit: (rows: readonly AuditRow[]) => void
  readonly sync: () => Promise<void>
  readonly report: (error: unknown) => void
}): AuditQueue {
  let waiting: AuditRow[] = []
  /** The next commit, which has not begun. */
  let next: Promise<void> | undefined
  /** Syncs of commits that are made; none of them rejects. */
  const syncs = new Set<Promise<void>>()
  /** Reason why rows are waiting since the last attempt. */
  let obstacle: DiskError | undefined

  /** Rows of calls that changed nothing wait for a full disk, so that keys can be used meanwhile. */
  function flush(): void {
    const rows = waiting
    waiting = []
    try {
      commit(rows)
      obstacle = undefined
    } catch (error) {
      if (error instanceof AuditError || error instanceof IntegrityError) throw error
      if (!(error instanceof DiskError)) throw new AuditError(error)
      waiting = [...rows, ...waiting]
      if (!obstacle) report(error)
      obstacle = error
    }
  }

  async function flushAndSync(): Promise<void> {
    next = undefined
    flush()
    if (obstacle) return
    const done = sync()
    const settled = done.catch(() => undefined)
    syncs.add(settled)
    try {
      await done
    } catch (error) {
      throw new AuditError(error)
    } finally {
      syncs.delete(settled)
    }
  }

  /** Begins when all requests of this turn of the event loop have added their rows, or one of too many syncs has ended. */
  async function nextCommit(): Promise<void> {
    await (syncs.size < MOST_SYNCS ? setImmediate() : Promise.race(syncs))
    return flushAndSync()
  }

  return {
    async append(rows) {
      if (waiting.length >= MOST_WAITING) flush()
      if (obstacle && waiting.length >= MOST_WAITING) throw new AuditError(obstacle)
      waiting.push(...rows)
      next ??= nextCommit()
      return next
    },
    problem: () =>
      obstacle &&
      `The disk of the data folder is full or can't be written: ${waiting.length} entries of the audit log wait in memory. The log names the folder.`,
    async close() {
      await Promise.allSettled([next, ...syncs])
      if (waiting.length > 0) flush()
      if (obstacle) throw new DiskError(`${obstacle.message} ${waiting.length} entries of the audit log are lost.`)
    },
  }
}
