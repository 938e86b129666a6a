import { expect, type Page } from '@playwright/test'

/** Width in px by which the page is wider than the window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Elements that stick out at a side, apart from those within something that scrolls by itself, such as a table or code. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    const shown = [...document.querySelectorAll('main *, header *, [role="dialog"] *')].filter((element) => {
      // What holds neither text nor a control only decorates.
      if (element.textContent === '' && !element.matches('input, textarea, button, a')) return false
      if (element.closest('[aria-hidden="true"], .sr-only, svg') || scrolls(element)) return false
      const { left, right, width: own, height } = element.getBoundingClientRect()
      return own > 1 && height > 1 && (right > width + 1 || left < -1)
    })
    return shown.map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`)
  })

/** The page is no wider than the window. */
export const expectNoOverflow = (page: Page): Promise<void> =>
  expect.poll(() => overflow(page), page.url()).toBeLessThanOrEqual(0)

/** The page is no wider than the window, and nothing in it is cut off at a side. */
export async function expectFits(page: Page): Promise<void> {
  await expectNoOverflow(page)
  await expect.poll(() => cutOff(page), page.url()).toEqual([])
}
