import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'

const row = (page: Page, name: string) => page.getByRole('table', { name: 'Keys' }).getByRole('row', { name })

async function act(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `Actions for ${name},` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('the list has new keys after Refresh, and its row menu acts on keys, copies and links', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // Wide enough for the version.
  await page.setViewportSize({ width: 1600, height: 900 })
  const stem = uniqueName('listed')
  const [one, two] = [`${stem} one`, `${stem} two`]
  const here = `/keys?q=${encodeURIComponent(stem)}`
  await page.goto(here)
  await expect(page.getByRole('heading', { name: 'No match' })).toBeVisible()
  const [{ identity }] = await Promise.all([
    api.thalassa.create({ name: one, labels: { team: '=cmd()' } }),
    api.exoscale.create({ name: two }, 'de-fra-1'),
  ])
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(row(page, one)).toContainText(/Thalassa.*nl-01.*aes256-gcm96.*Active.*Manual.*v1/)

  await act(page, two, 'Rotate now…')
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
  await expect(row(page, two)).toContainText('v2')
  await act(page, two, 'Schedule deletion…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: two }).fill(two)
  await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
  await expect(row(page, two)).toContainText(/Pending deletion.*Deletes in \d+ d.*Stopped/)
  await act(page, two, 'Cancel deletion')
  await expect(row(page, two)).toContainText('Disabled')
  await act(page, two, 'Enable')
  await expect(row(page, two)).toContainText(/de-fra-1.*Active.*365 d.*v2/)

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Export 2 keys as CSV' }).click()
  const lines = (await readFile(await (await saved).path(), 'utf8')).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain(`"${identity}","${one}",`)

  await act(page, one, 'Copy id')
  await expect(page.getByText(`Copied the id of ${one}.`)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(identity)
  await act(page, one, 'Edit rotation')
  await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${identity}\\?tab=rotation$`))
  await page.goBack()
  await expect(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue(stem)
  await act(page, one, 'Open in playground')
  await expect(page).toHaveURL(new RegExp(`/playground\\?key=thalassa%2Fnl-01%2F${identity}$`))
})
