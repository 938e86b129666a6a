/** Tidying up after visits whose pages were closed before they could, on whichever page the next one begins. */

async function sweep(): Promise<void> {
  const { canKeepResults, sweepResults } = await import('../lib/age/results.ts')
  if (!canKeepResults()) return
  const wait = await sweepResults()
  if (wait !== undefined) setTimeout(sweepQuietly, wait)
}

/** Not being able to tidy up keeps nobody from working; the next visit tries again. */
const sweepQuietly = () => void sweep().catch(() => undefined)

/** Once the page has loaded and has nothing else to do: the first screen never waits for it. */
export function sweepWhenIdle(): void {
  addEventListener('load', () => {
    // Not every browser can say when it is idle.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(sweepQuietly)
    else setTimeout(sweepQuietly, 2000)
  })
}
