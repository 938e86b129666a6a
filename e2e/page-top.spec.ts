import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1000, height: 500 } })

const scrolled = (page: Page) => page.evaluate(() => window.scrollY)

test('a page opened from a scrolled list starts at its top, and Back restores scroll position and focus', async ({
  page,
  api,
}) => {
  const names = Array.from({ length: 30 }, (_, index) => `scrolled ${index + 10}`)
  await Promise.all(names.map((name) => api.thalassa.create({ name })))
  await page.goto('/keys')
  await page.getByRole('link', { name: 'scrolled 10' }).waitFor()
  await page.mouse.move(500, 400)
  await page.mouse.wheel(0, 2_000)
  const last = page.getByRole('link', { name: 'scrolled 39' })
  await expect(last).toBeInViewport()
  const place = await scrolled(page)
  expect(place).toBeGreaterThan(500)

  await last.click()
  await expect(page.getByRole('heading', { level: 1, name: 'scrolled 39' })).toBeInViewport()
  expect(await scrolled(page)).toBe(0)

  await page.goBack()
  await expect(last).toBeInViewport()
  await expect.poll(() => scrolled(page)).toBe(place)
  await expect(last).toBeFocused()

  await page.goForward()
  await expect(page.getByRole('heading', { level: 1, name: 'scrolled 39' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'scrolled 39' })).toBeVisible()
  await page.goBack()
  await expect(last).toBeInViewport()
  await expect.poll(() => scrolled(page)).toBe(place)
})
