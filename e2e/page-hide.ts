import type { Page } from '@playwright/test'

/**
 * Tells the page what it hears when the browser puts it away for its back button, and answers with everything that it holds
 * in sight at that very moment: nothing it does later would happen before the page comes back.
 */
export const hidePage = (page: Page): Promise<string> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
    return [document.body.textContent, ...fields.map(({ value }) => value)].join('\n')
  })
