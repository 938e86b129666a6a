/** Tidying up after visits whose pages were closed before they could, on whichever page the next one begins. */

async function deleteLeftovers(): Promise<void> {
  const { canKeepResults, deleteLeftoverResults } = await import('../lib/age/results.ts')
  if (!canKeepResults()) return
  const wait = await deleteLeftoverResults()
  if (wait !== undefined) setTimeout(tryToDeleteLeftovers, wait)
}

/** Not being able to tidy up keeps nobody from working; the next visit tries again. */
const tryToDeleteLeftovers = () => void deleteLeftovers().catch(() => undefined)

/** Once the page has loaded and has nothing else to do: the first screen never waits for it. */
export function deleteLeftoverResultsWhenIdle(): void {
  addEventListener('load', () => {
    // Not every browser can say when it is idle.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(tryToDeleteLeftovers)
    else setTimeout(tryToDeleteLeftovers, 2000)
  })
}
