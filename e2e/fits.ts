import { expect, type Page } from '@playwright/test'

/** What sticks out at the side and is not within something that scrolls by itself, such as a table or code. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    const seen = [...document.querySelectorAll('main *, header *, [role="dialog"] *')].filter((element) => {
      // What holds neither words nor a control only decorates.
      if (element.textContent === '' && !element.matches('input, textarea, button, a')) return false
      if (element.closest('[aria-hidden="true"], .sr-only, svg') || scrolls(element)) return false
      const { left, right, width: own, height } = element.getBoundingClientRect()
      return own > 1 && height > 1 && (right > width + 1 || left < -1)
    })
    return seen.map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`)
  })

/** The page is no wider than the window, and nothing in it is cut off at a side. */
export async function expectFits(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(await overflow(), page.url()).toBeLessThanOrEqual(0)
  expect.soft(await cutOff(page), page.url()).toEqual([])
}
