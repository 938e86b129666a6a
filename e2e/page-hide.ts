import type { Page } from '@playwright/test'

/**
 * Dispatches `pagehide` as for the back/forward cache and returns all visible text and field values at that moment: later
 * changes would not happen before the page is restored.
 */
export const hidePage = (page: Page): Promise<string> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
    return [document.body.textContent, ...fields.map(({ value }) => value)].join('\n')
  })
