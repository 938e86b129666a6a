import { expect, onTestFinished } from 'vitest'
import { page } from 'vitest/browser'

/** Gives the window another width, in pixels, until the test ends. */
export async function setWindowWidth(width: number): Promise<void> {
  await page.viewport(width, 844)
  onTestFinished(() => page.viewport(1280, 720))
}

/** Shrinks the window to a phone's until the test ends. */
export const narrowWindow = (): Promise<void> => setWindowWidth(390)

/** The page is no wider than the window. */
export const expectNoOverflow = (): Promise<void> =>
  expect.poll(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).toBeLessThanOrEqual(0)
