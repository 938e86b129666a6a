/** Deletes results of file encryption that a closed page left in the origin's private file system. */

async function deleteLeftovers(): Promise<void> {
  const { deleteLeftoverResults, resultsRefusal } = await import('../lib/age/results.ts')
  if (resultsRefusal()) return
  const wait = await deleteLeftoverResults()
  if (wait !== undefined) setTimeout(tryToDeleteLeftovers, wait)
}

/** A failure is harmless; the next page load tries again. */
const tryToDeleteLeftovers = () => void deleteLeftovers().catch(() => undefined)

/** Runs after the page has loaded and is idle, so that the first screen does not wait for it. */
export function deleteLeftoverResultsWhenIdle(): void {
  addEventListener('load', () => {
    // Safari has no requestIdleCallback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(tryToDeleteLeftovers)
    else setTimeout(tryToDeleteLeftovers, 2000)
  })
}
