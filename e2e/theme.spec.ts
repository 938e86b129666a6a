import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

type Theme = 'light' | 'dark'

const choice = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'KMS Console' }).getByRole('radio', { name, exact: true })

const expectTheme = (page: Page, theme: Theme) => expect(page.locator('html')).toHaveAttribute('data-theme', theme)

const paper: Record<Theme, string> = { light: 'rgb(255, 255, 255)', dark: 'rgb(15, 20, 22)' }

test('the chosen theme stays over a reload, and in other tabs', async ({ page, context }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/keys')
  await expect(choice(page, 'System')).toBeChecked()
  await expectTheme(page, 'light')
  await choice(page, 'Dark').check()
  await expectTheme(page, 'dark')
  await expect(page.locator('body')).toHaveCSS('background-color', paper.dark)
  await page.reload()
  await expect(choice(page, 'Dark')).toBeChecked()
  await expectTheme(page, 'dark')

  const other = await context.newPage()
  await other.emulateMedia({ colorScheme: 'dark' })
  await other.goto('/connections')
  await expect(choice(other, 'Dark')).toBeChecked()
  await choice(other, 'Dark').press('ArrowLeft')
  await expect(choice(other, 'Light')).toBeChecked()
  await expectTheme(other, 'light')
  await expectTheme(page, 'light')
  await expect(choice(page, 'Light')).toBeChecked()

  await choice(other, 'System').check()
  await expectTheme(other, 'dark')
  await other.emulateMedia({ colorScheme: 'light' })
  await expectTheme(other, 'light')
  await expect(choice(page, 'System')).toBeChecked()
})

test('a browser that blocks all storage keeps the chosen theme until a reload, and no file replaces the console', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      })
  })
  await page.goto('/keys')
  await choice(page, 'Dark').check()
  await expectTheme(page, 'dark')
  await page.getByRole('link', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Create key' })).toBeVisible()
  await expectTheme(page, 'dark')

  const left = await page.getByRole('main').evaluate((main) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'x.txt'))
    return main.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  })
  expect(left).toBe(false)
})

for (const theme of ['light', 'dark'] as const)
  test(`the first paint has the chosen theme: ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' })
    await page.addInitScript((chosen) => {
      localStorage.setItem('theme', chosen)
      // Nothing is painted before there is a body.
      new MutationObserver((_, observer) => {
        document.documentElement.dataset.bodyWhenThemed = String(document.body !== null)
        observer.disconnect()
      }).observe(document, { subtree: true, attributeFilter: ['data-theme'] })
    }, theme)
    // The app's scripts never load.
    await page.route(/\/assets\/.*\.js$/, () => undefined)
    await page.goto('/keys', { waitUntil: 'commit' })
    await expect(page.locator('body')).toHaveCSS('background-color', paper[theme])
    await expectTheme(page, theme)
    await expect(page.locator('html')).toHaveAttribute('data-body-when-themed', 'false')
    await expect(page.getByText('Overview', { exact: true })).toBeVisible()
    // Ends the requests of the scripts.
    await page.close()
  })
