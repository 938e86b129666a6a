import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'

const column = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('columns are hidden, remembered and brought back', async ({ page, api }) => {
  const name = uniqueName('columns')
  await api.thalassa.create({ name, labels: { env: 'prod' } })
  await page.setViewportSize({ width: 1600, height: 900 })
  await page.goto(`/keys?q=${encodeURIComponent(name)}`)
  await expect(column(page, 'Labels')).toBeVisible()
  await button(page, 'Columns').click()
  await page.getByRole('menuitemcheckbox', { name: 'Labels' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Created' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(button(page, 'Columns')).toBeFocused()
  await expect(column(page, 'Labels')).toHaveCount(0)
  await expect(column(page, 'Created')).toHaveCount(0)
  await expect(page.getByRole('row', { name })).not.toContainText('env=prod')

  await page.reload()
  await expect(page.getByRole('row', { name })).toBeVisible()
  await expectAccessible(page)
  await expect(column(page, 'Labels')).toHaveCount(0)
  await button(page, 'Columns').click()
  await page.getByRole('menuitem', { name: 'Reset columns' }).click()
  await expect(column(page, 'Labels')).toBeVisible()
  await expect(page.getByRole('row', { name })).toContainText('env=prod')
})

async function exported(page: Page, item: RegExp) {
  const download = page.waitForEvent('download')
  await button(page, 'Export').click()
  await page.getByRole('menuitem', { name: item }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('what is shown is saved as CSV and JSON: the rows that the filters leave, the columns in sight, and the id', async ({
  page,
  api,
}) => {
  const stem = uniqueName('saved')
  const { identity } = await api.thalassa.create({ name: `${stem} b`, labels: { team: '=cmd()' } })
  await api.thalassa.create({ name: `${stem} a, "quoted"`, description: 'never in a column' })
  await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
  await button(page, 'Columns').click()
  for (const name of ['Type', 'Status', 'Rotation', 'Version', 'Created'])
    await page.getByRole('menuitemcheckbox', { name }).click()
  await page.keyboard.press('Escape')

  const csv = await exported(page, /^Export 2 keys as CSV$/)
  expect(csv.name).toMatch(/^kms-keys-\d{4}-\d\d-\d\d\.csv$/)
  const [head, first, second, end] = csv.text.split('\r\n')
  expect(head).toBe('id,name,slug,cloud,location,alsoIn,labels,marks')
  expect(first).toContain(`"${stem} a, ""quoted"""`)
  expect(second).toBe(`${identity},${stem} b,${stem.replace(' ', '-')}-b,thalassa,nl-01,,team==cmd(),`)
  expect(end).toBe('')
  await expect(page.getByText('Exported 2 keys.')).toBeVisible()

  const json = await exported(page, /^Export 2 keys as JSON$/)
  expect(json.name).toMatch(/\.json$/)
  expect(JSON.parse(json.text)).toMatchObject([
    { name: `${stem} a, "quoted"`, cloud: 'thalassa' },
    { id: identity, name: `${stem} b`, labels: { team: '=cmd()' } },
  ])
  expect(json.text).not.toContain('never in a column')
})
