import type { Locator, Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

const row = (page: Page, name: string) => page.getByRole('table', { name: 'Keys' }).getByRole('row', { name })
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Actions for the selection' })
const act = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const press = (within: Locator, name: string | RegExp) => within.getByRole('button', { name }).click()

/** Creates keys named `STEM 1` to `STEM count`. */
const createNamed = (api: GatewayClient, stem: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => api.thalassa.create({ name: `${stem} ${index + 1}` })))

/** Opens the list and selects all rows, once there are as many. */
async function selectAll(page: Page, stem: string, count: number, url = '') {
  await page.goto(`${url}/keys?q=${encodeURIComponent(stem)}`)
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row')).toHaveCount(count + 1)
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
}

/** Selects all rows, and runs an action from its dialog, which asks for the number of keys where it is dangerous. */
async function run(page: Page, action: string, confirm: string, told: string, typed?: string) {
  if ((await bar(page).count()) === 0)
    await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  await act(page, action).click()
  if (action === 'Set rotation') await dialog(page).getByRole('radio', { name: '30' }).check()
  if (action === 'Schedule deletion') await dialog(page).getByRole('button', { name: '7 days' }).click()
  if (typed !== undefined)
    await dialog(page)
      .getByRole('textbox', { name: `Type ${typed} to confirm` })
      .fill(typed)
  await press(dialog(page), confirm)
  await expect(page.getByText(told, { exact: true })).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(bar(page)).toHaveCount(0)
}

test('selected keys of both providers are disabled, enabled, given a rotation and scheduled for deletion', async ({
  page,
  api,
}) => {
  const stem = uniqueName('many')
  await Promise.all([createNamed(api, stem, 12), api.exoscale.create({ name: `${stem} x` })])
  await selectAll(page, stem, 13)
  let lists = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/kms/nl-01/keys')) lists += 1
  })
  await run(page, 'Disable', 'Disable 13 keys', 'Disabled 13 keys.', '13')
  await expect(row(page, `${stem} x`)).toContainText('Disabled')
  expect(lists).toBeLessThanOrEqual(2)
  await run(page, 'Enable', 'Enable 13 keys', 'Enabled 13 keys.')
  await run(page, 'Set rotation', 'Set rotation of 12 keys', 'Set the rotation of 12 keys.')
  await expect(row(page, `${stem} 12`)).toContainText('/ 30 d')
  await run(page, 'Schedule deletion', 'Schedule deletion of 13 keys', 'Scheduled the deletion of 13 keys.', '13')
  await expect(row(page, `${stem} 12`)).toContainText(/Deletes in \d+ d/)
  await expect(row(page, `${stem} x`)).toContainText(/Deletes in [67] d/)
})

test('failed keys are retried, work goes on behind other pages, and what was not started is reported', async ({
  page,
  faulty,
}) => {
  await page.setViewportSize({ width: 1600, height: 900 })
  await createNamed(faulty.api, 'failing', 8)
  await selectAll(page, 'failing', 8, faulty.url)
  const rotate = { method: 'POST', path: '**/rotate' }
  await faulty.upstream.answerWith({ ...rotate, status: 400, body: '{"message":"kms key is disabled"}', times: 2 })
  await act(page, 'Rotate now').click()
  await press(dialog(page), 'Rotate 8 keys')
  await expect(dialog(page)).toHaveAccessibleName('Rotated 6 of 8 keys')
  const failed = dialog(page).getByRole('region', { name: 'Failed' })
  await expect(failed.getByRole('listitem')).toHaveCount(2)
  await expect(failed).toContainText('KMS key is disabled.')
  await press(dialog(page), 'Retry 2 failed')
  await expect(page.getByText('Rotated 2 keys.', { exact: true })).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(row(page, 'failing').filter({ hasText: 'v2' })).toHaveCount(8)

  const pause = { status: 429, headers: { 'retry-after': '600' }, body: '{"message":"slow down"}', times: 1 }
  await faulty.upstream.answerWith({ ...rotate, ...pause })
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  await act(page, 'Rotate now').click()
  await press(dialog(page), 'Rotate 8 keys')
  await expect(dialog(page)).toContainText('The cloud asks for a pause of')
  await press(dialog(page), 'Hide')
  const dock = page.getByRole('region', { name: 'Work on many keys' })
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  await expect(act(page, 'Disable')).toHaveAccessibleDescription('Another action on many keys is running.')
  await page.getByRole('link', { name: 'Playground' }).first().click()
  await expect(page).toHaveURL(/playground/)
  await expect(dock).toContainText('Rotating 8 keys')
  await press(dock, 'Show')
  await press(dialog(page), 'Cancel')
  await expect(dialog(page)).toHaveAccessibleName(/Rotated \d of 8 keys/)
  await expect(dialog(page)).toContainText(/\d (was|were) not started/)
  const saved = page.waitForEvent('download')
  await press(dialog(page), 'Save report')
  expect((await saved).suggestedFilename()).toMatch(/^kms-report-\d{4}-\d\d-\d\d\.csv$/)
  await press(dialog(page), 'Close')
  await expect(dock).toHaveCount(0)
})
