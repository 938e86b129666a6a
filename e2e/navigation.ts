import { expect, type Page } from '@playwright/test'
import { leavePage } from './fixtures.ts'
import type { Upstream } from './upstream.ts'

/**
 * Opens a page inside the loaded app, as a link does: a third of the work of loading the app again. What the app has read
 * stays in its cache, so a list that has to show a new key is loaded with `page.goto` instead.
 * @param to a path, or a URL of the console that the page shows
 */
export async function navigate(page: Page, to: string): Promise<void> {
  await page.evaluate((url) => {
    history.pushState(null, '', url)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, to)
  await expect(page.getByRole('main')).not.toBeEmpty()
}

/** Leaves the page, and puts the local KMS back to its start: without keys and faults. */
export async function startOver(page: Page, upstream: Upstream): Promise<void> {
  await leavePage(page)
  await upstream.reset()
}
