import type { DatabaseSync } from 'node:sqlite'

/** Milliseconds. */
const INTERVAL = 2000

/**
 * Writes the log back into the database file soon after each change, so that a copy of that file alone, which people make
 * though a backup is the way, lacks seconds and not everything. Waits for nobody. Returns a function that ends it.
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
      // A full disk, say: everything is still in the log, and the next round tries again.
    }
  }, INTERVAL)
  timer.unref()
  return () => clearInterval(timer)
}
