/** Audit rows that wait for their commit: calls that come while one runs share the next. */
import { setImmediate } from 'node:timers/promises'
import { AuditError, type AuditRow } from '../engine/audit.ts'
import { DiskError, IntegrityError, type Store } from '../engine/store.ts'

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
  /** The commit that begins or has begun last: the disk is given one at a time. */
  let last: Promise<void> = Promise.resolve()
  let isSyncing = false
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
    isSyncing = true
    try {
      await sync()
    } catch (error) {
      throw new AuditError(error)
    } finally {
      isSyncing = false
    }
  }

  /** Begins when the commit before has ended, or all requests of this turn of the event loop have added their rows. */
  function nextCommit(): Promise<void> {
    const turn = isSyncing ? last : setImmediate()
    last = turn.then(flushAndSync, flushAndSync)
    return last
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
      await Promise.allSettled([last])
      if (waiting.length > 0) flush()
      if (obstacle) throw new DiskError(`${obstacle.message} ${waiting.length} entries of the audit log are lost.`)
    },
  }
}
