import { readFile } from 'node:fs/promises'
import { expectFits } from './fits.ts'
import { test as base, expect, leavePage } from './fixtures.ts'
import { type Started, start } from './server.ts'

/** More than the 5,000 keys of one location from which its list is read and refreshed as a long one. */
const KEYS = 6_000

const test = base.extend<{ demo: Started }>({
  demo: async ({ page }, use) => {
    const demo = await start('demo', {}, 0, ['--keys', String(KEYS)])
    await use(demo)
    await leavePage(page)
    await demo.stop()
  },
})

test('thousands of keys are searched, sorted, selected and exported, with few rows rendered', async ({
  page,
  demo,
}) => {
  test.slow()
  await page.goto(`${demo.url}/keys`)
  const table = page.getByRole('table', { name: 'Keys' })
  await expect(table).toHaveAttribute('aria-rowcount', /^6\d{3}$/, { timeout: 60_000 })
  expect(await table.getByRole('row').count()).toBeLessThan(120)

  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await search.pressSequentially('archive-000')
  await expect(search).toHaveValue('archive-000')
  await expect(page.getByRole('status').filter({ hasText: /^\d+ of 6,\d{3} keys$/ })).toBeAttached()
  await expect(table.getByRole('link', { name: /archive-000\d{3}$/ }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(table).toHaveAttribute('aria-rowcount', /^6\d{3}$/)

  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(table.getByRole('row').nth(1)).toContainText('webhook-signatures')
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await expect(table.getByRole('row').last()).toContainText('app-config')
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect(table.getByRole('row').nth(1)).toContainText('webhook-signatures')

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: /as CSV$/ }).click()
  const lines = (await readFile(await (await saved).path(), 'utf8')).split('\r\n')
  expect(lines.length).toBeGreaterThan(KEYS)

  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  const bar = page.getByRole('toolbar', { name: 'Actions for the selection' })
  await expect(bar).toContainText(/6,\d{3} selected/)
  await bar.getByRole('button', { name: 'Disable', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Disable' })
  await expect(dialog).toHaveAccessibleName(/^Disable \d,\d{3} keys$/)
  await expect(dialog.getByRole('region', { name: 'Left out' })).toContainText('It is disabled already.')

  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(demo.url)
  await expect(
    page.getByRole('region', { name: 'Locations' }).getByRole('link', { name: /^6,\d{3} keys$/ }),
  ).toBeVisible()
  await expectFits(page)
})
