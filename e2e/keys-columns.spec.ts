import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'

const column = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('columns are hidden and remembered, fit the window, and the list is exported', async ({ page, api }) => {
  await test.step('hide, remember and reset', async () => {
    const name = uniqueName('columns')
    await api.thalassa.create({ name, labels: { env: 'prod' } })
    await page.setViewportSize({ width: 1600, height: 900 })
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await expect(column(page, 'Labels')).toBeVisible()
    await button(page, 'Columns').click()
    await expect(page.getByRole('menuitemcheckbox', { name: 'Labels' })).toBeVisible()
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
    await expect(column(page, 'Labels')).toHaveCount(0)
    await button(page, 'Columns').click()
    await page.getByRole('menuitem', { name: 'Reset columns' }).click()
    await expect(column(page, 'Labels')).toBeVisible()
    await expect(page.getByRole('row', { name })).toContainText('env=prod')
  })

  await test.step('columns without room, and the order', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    const stem = uniqueName('room')
    for (const name of ['b', 'c', 'a']) await api.exoscale.create({ name: `${stem} ${name}` })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    await expect(page.getByRole('row')).toHaveCount(4)
    await expect(column(page, 'Labels')).toBeVisible()
    await expect(column(page, 'Created')).toHaveCount(0)
    const box = (name: string) => page.getByRole('menuitemcheckbox', { name })
    const tooNarrow = 'The window is too narrow for it now.'
    await button(page, 'Columns').click()
    await expect(box('Created')).toBeChecked()
    await expect(box('Created')).toHaveAccessibleName(`Created ${tooNarrow}`)
    await expect(page.getByText(tooNarrow)).toBeVisible()
    await expect(box('Labels')).toHaveAccessibleName('Labels')
    await box('Labels').click()
    await expect(column(page, 'Created')).toBeVisible()
    await expect(page.getByText(tooNarrow)).toHaveCount(0)
    await box('Labels').click()
    await expect(page.getByText(tooNarrow)).toBeVisible()

    const order = page.getByRole('menuitem', { name: 'Order' })
    await expect(order).toHaveAccessibleName('Order Name, ascending')
    await order.press('ArrowRight')
    const choice = (name: string) => page.getByRole('menuitemradio', { name, exact: true })
    await expect(choice('Name')).toBeChecked()
    await choice('Created').click()
    await expect(page).toHaveURL(/&sort=created$/)
    await choice('Descending').press('Enter')
    await expect(page).toHaveURL(/&sort=-created$/)
    await expect(order).toHaveAccessibleName('Order Created, descending')
    const names = () => page.getByRole('row').locator('td:nth-child(2) a').allInnerTexts()
    await expect.poll(names).toEqual([`${stem} a`, `${stem} c`, `${stem} b`])
    // The second choice comes before the rows of the first are rendered, and must keep it.
    await page.evaluate(async () => {
      const items = [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')]
      for (const label of ['Version', 'Ascending']) {
        items.find(({ textContent }) => textContent === label)?.click()
        await Promise.resolve()
      }
    })
    await expect(page).toHaveURL(/&sort=version$/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)

    await page.setViewportSize({ width: 1024, height: 720 })
    await expect(column(page, 'Version')).toBeVisible()
    await expect(column(page, 'Labels')).toHaveCount(0)
    await button(page, 'Columns').click()
    await expect(page.getByText(tooNarrow)).toHaveCount(2)
    await expect(page.getByRole('menuitem', { name: 'Reset columns' })).toContainText('All are ticked.')
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const name of ['Name', 'Cloud', 'Location', 'Type', 'Status', 'Rotation', 'Version', 'Created', 'Labels'])
      await expect(column(page, name)).toBeVisible()
    await expect(page.getByRole('row', { name: `${stem} a` }).getByText('Exoscale', { exact: true })).toBeVisible()
  })

  await test.step('export as CSV and JSON', async () => {
    const stem = uniqueName('saved')
    const { identity } = await api.thalassa.create({ name: `${stem} b`, labels: { team: '=cmd()' } })
    await api.thalassa.create({ name: `${stem} a, "quoted"`, description: 'never in a column' })
    // Labels are ticked, though the window has no room for their column.
    await page.setViewportSize({ width: 900, height: 720 })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    await expect(column(page, 'Status')).toBeVisible()
    await expect(column(page, 'Labels')).toHaveCount(0)
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
    await button(page, 'Export').click()
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')

    const json = await exported(page, /^Export 2 keys as JSON$/)
    expect(json.name).toMatch(/\.json$/)
    expect(JSON.parse(json.text)).toMatchObject([
      { name: `${stem} a, "quoted"`, cloud: 'thalassa' },
      { id: identity, name: `${stem} b`, labels: { team: '=cmd()' } },
    ])
    expect(json.text).not.toContain('never in a column')
  })
})

async function exported(page: Page, item: RegExp) {
  const download = page.waitForEvent('download')
  await button(page, 'Export').click()
  await page.getByRole('menuitem', { name: item }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}
