/** Deletes results of file encryption that a closed page left in the origin's private file system. */

async function deleteLeftovers(): Promise<void> {
  const { deleteLeftoverResults, resultsRefusal } = await import('../lib/age/results.ts')
  if (resultsRefusal()) return
  const wait = await deleteLeftoverResults()
  if (wait !== undefined) setTimeout(tryToDeleteLeftovers, wait)
}

/** A failure is harmless; the next page load tries again. */
const tryToDeleteLeftovers = () => void deleteLeftovers().catch(() => undefined)

/** Milliseconds; nobody waits for it, and the first screen has the network for itself. */
const LATER = 5_000

export function deleteLeftoverResultsLater(): void {
  setTimeout(tryToDeleteLeftovers, LATER)
}
