import type { DatabaseSync } from 'node:sqlite'

/** Milliseconds. */
const INTERVAL = 2000

/**
 * Writes the log back into the database file soon after each change, so that a copy of that file alone (made instead
 * of a backup) lacks the last seconds only. Never blocks. Returns a function that stops it.
 */
export function scheduleCheckpoints(database: DatabaseSync): () => void {
  const changes = database.prepare('SELECT total_changes() AS number')
  const writeBack = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  let before = changes.get()?.number
  const timer = setInterval(() => {
    const now = changes.get()?.number
    if (now === before) return
    try {
      writeBack.get()
      before = now
    } catch {
      // For example a full disk: the log still holds everything, and the next round tries again.
    }
  }, INTERVAL)
  timer.unref()
  return () => clearInterval(timer)
}
