import type { Page } from '@playwright/test'

/** The browser loses its network, and has no file of the app left in its cache. */
export async function goOffline(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.clearBrowserCache')
  // Evicts the renderer's own cache too.
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await devtools.detach()
  await page.context().setOffline(true)
}

export const goOnline = (page: Page): Promise<void> => page.context().setOffline(false)
