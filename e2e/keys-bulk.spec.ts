import type { Locator, Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, leavePage, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'
import { startOver } from './navigation.ts'
import { startFresh } from './server.ts'

const table = (page: Page) => page.getByRole('table', { name: 'Keys' })
const row = (page: Page, name: string) => table(page).getByRole('row', { name })
const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Actions for the selection' })
const act = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true })
const selectAll = (page: Page) => page.getByRole('checkbox', { name: 'Select all keys that are shown' })
const dialog = (page: Page) => page.getByRole('dialog')
const press = (within: Locator, name: string | RegExp) => within.getByRole('button', { name }).click()

/** Creates keys named `STEM 1` to `STEM count`. */
async function keysNamed(api: GatewayClient, stem: string, count: number) {
  const names = Array.from({ length: count }, (_, index) => `${stem} ${index + 1}`)
  await Promise.all(names.map((name) => api.thalassa.create({ name })))
  return names
}

const open = (page: Page, stem: string, url = '') => page.goto(`${url}/keys?q=${encodeURIComponent(stem)}`)

/** Waits for all rows: those that come later are not selected. */
async function chooseAll(page: Page, count: number) {
  await expect(table(page).getByRole('row')).toHaveCount(count + 1)
  await selectAll(page).check()
}

test('rows are selected by click, range and keyboard, and hidden rows are not changed', async ({ page, api }) => {
  await test.step('selection', async () => {
    const stem = uniqueName('chosen')
    await keysNamed(api, stem, 6)
    await open(page, stem)
    await box(page, `${stem} 2`).check()
    await expect(bar(page)).toContainText('1 selected')
    await box(page, `${stem} 4`).click({ modifiers: ['Shift'] })
    await expect(bar(page)).toContainText('3 selected')
    await expect(box(page, `${stem} 3`)).toBeChecked()
    await expect(page.getByRole('status').filter({ hasText: /^3 keys selected$/ })).toBeAttached()
    await expect(selectAll(page)).toHaveAttribute('aria-checked', 'mixed')

    await page.keyboard.press('Escape')
    await expect(bar(page)).toHaveCount(0)
    await expect(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue(stem)

    await box(page, `${stem} 5`).focus()
    await page.keyboard.press('Space')
    await box(page, `${stem} 1`).focus()
    await page.keyboard.press('Shift+Space')
    await expect(bar(page)).toContainText('5 selected')

    await bar(page).getByRole('button', { name: 'Select all 6' }).click()
    await expect(bar(page)).toContainText('6 selected')
    await expect(selectAll(page)).toBeChecked()
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect(bar(page)).toContainText('6 selected')
    await press(bar(page), 'Clear')
    await expect(bar(page)).toHaveCount(0)
  })

  await test.step('rows hidden by a filter', async () => {
    const stem = uniqueName('hidden')
    await keysNamed(api, stem, 2)
    const second = `${stem} turned`
    await api.thalassa.create({ name: second, keyRotationEnabled: true, rotationPeriodInDays: 90 })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}&rotation=automatic`)
    const rotation = page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Rotation' })
    await rotation.click()
    await page.getByRole('menuitemcheckbox', { name: 'Automatic' }).click()
    await page.keyboard.press('Escape')
    await expect(row(page, `${stem} 2`)).toBeVisible()
    await selectAll(page).check()
    await expect(bar(page)).toContainText('3 selected')
    await page.goBack()
    await expect(bar(page)).toContainText('1 selected')
    await expect(bar(page)).toContainText('2 more are hidden and left alone')
    await act(page, 'Rotate now').click()
    await press(dialog(page), 'Rotate 1 key')
    await expect(dialog(page)).toContainText('Nothing failed.')
    await press(dialog(page), 'Close')
    await press(bar(page), 'Clear')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('searchbox', { name: 'Search keys' }).fill(stem)
    await expect(row(page, second)).toContainText('v2')
    await expect(row(page, `${stem} 1`)).toContainText('v1')
  })
})

test('fifty keys are rotated with one action', async ({ page, api }) => {
  const stem = uniqueName('fifty')
  await keysNamed(api, stem, 50)
  await open(page, stem)
  let lists = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/kms/nl-01/keys')) lists += 1
  })
  await chooseAll(page, 50)
  await act(page, 'Rotate now').click()
  await expect(dialog(page)).toContainText('Each gets a new version')
  await press(dialog(page), 'Rotate 50 keys')
  await expect(dialog(page)).toHaveAccessibleName('Rotated 50 keys')
  await expect(dialog(page)).toContainText('Nothing failed.')
  await press(dialog(page), 'Close')
  await expect(row(page, `${stem} 50`)).toContainText('v2')
  expect(lists).toBeLessThanOrEqual(2)
})

test('selected keys are disabled, enabled, given a rotation and scheduled for deletion', async ({ page, api }) => {
  await test.step('disable, enable and set rotation', async () => {
    const stem = uniqueName('states')
    await keysNamed(api, stem, 3)
    await api.exoscale.create({ name: `${stem} x` })
    await open(page, stem)
    await chooseAll(page, 4)
    await expect(act(page, 'Enable')).toHaveAttribute('aria-disabled', 'true')
    await expect(act(page, 'Enable')).toHaveAccessibleDescription(
      /Not possible for any of the 4: It is active already\./,
    )

    await act(page, 'Disable').click()
    await expect(dialog(page)).toContainText('Everything these keys are used for stops now')
    await press(dialog(page), 'Disable 4 keys')
    await expect(dialog(page)).toHaveAccessibleName('Disabled 4 keys')
    await press(dialog(page), 'Close')
    await expect(row(page, `${stem} x`)).toContainText('Disabled')

    await act(page, 'Rotate now').click({ force: true })
    await expect(dialog(page)).toHaveCount(0)
    await act(page, 'Enable').click()
    await press(dialog(page), 'Enable 4 keys')
    await expect(dialog(page)).toHaveAccessibleName('Enabled 4 keys')
    await press(dialog(page), 'Close')

    await act(page, 'Set rotation').click()
    await dialog(page).getByRole('radio', { name: '30' }).check()
    const left = dialog(page).getByRole('region', { name: 'Left out' })
    await expect(left).toContainText('1 of 4 is left out')
    await expect(left).toContainText('Exoscale rotates every 90 to 2,560 days.')
    await press(dialog(page), 'Set rotation of 3 keys')
    await expect(dialog(page)).toHaveAccessibleName('Set the rotation of 3 keys')
    await press(dialog(page), 'Close')
    await expect(row(page, `${stem} 1`)).toContainText('/ 30 d')
  })

  await test.step('deletion with a typed confirmation', async () => {
    const stem = uniqueName('doomed')
    await keysNamed(api, stem, 2)
    await api.exoscale.create({ name: `${stem} x` })
    await open(page, stem)
    await chooseAll(page, 3)
    await act(page, 'Schedule deletion').click()
    await expect(dialog(page)).toContainText(/2 keys of Thalassa Cloud on .* UTC/)
    await dialog(page).getByRole('button', { name: '7 days' }).click()
    const go = dialog(page).getByRole('button', { name: 'Schedule deletion of 3 keys' })
    await expect(go).toHaveAttribute('aria-disabled', 'true')
    await dialog(page).getByRole('textbox', { name: 'delete 3 keys' }).fill('delete 3 keys')
    await go.click()
    await expect(dialog(page)).toHaveAccessibleName('Scheduled the deletion of 3 keys')
    await press(dialog(page), 'Close')
    await expect(row(page, `${stem} 1`)).toContainText(/Destroyed in \d+ d/)
    await expect(row(page, `${stem} x`)).toContainText(/Destroyed in [67] d/)
  })

  await test.step('replicas are left out', async () => {
    const name = uniqueName('copied')
    const key = await api.exoscale.create({ name, 'multi-zone': true })
    await api.exoscale.act(key, 'replicate', { zone: 'de-fra-1' })
    await expect
      .poll(async () => {
        await open(page, name)
        await expect(row(page, name)).not.toHaveCount(0)
        return row(page, name).count()
      })
      .toBe(2)
    await chooseAll(page, 2)
    await act(page, 'Schedule deletion').click()
    await expect(dialog(page).getByRole('region', { name: 'Left out' })).toContainText(
      'This is a replica. Do it on the primary in ch-gva-2.',
    )
    await expect(dialog(page)).toHaveAccessibleName('Schedule deletion of 1 key')
  })

  await test.step('cards on a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })

    const stem = uniqueName('cards')
    await keysNamed(api, stem, 3)
    await open(page, stem)
    await box(page, `${stem} 1`).check()
    await box(page, `${stem} 3`).click({ modifiers: ['Shift'] })
    await expect(bar(page)).toContainText('3 selected')
    await expectNoOverflow(page)
    await act(page, 'Disable').click()
    await press(dialog(page), 'Disable 3 keys')
    await expect(dialog(page)).toHaveAccessibleName('Disabled 3 keys')
    await press(dialog(page), 'Close')
    await expect(page.getByRole('listitem').filter({ hasText: `${stem} 2` })).toContainText('Disabled')
  })
})

test('failures of a bulk action: retry, pause, cancel and stop', async ({ page, faulty }) => {
  await test.step('failed keys are retried', async () => {
    const stem = 'failing'
    await keysNamed(faulty.api, stem, 5)
    await open(page, stem, faulty.url)
    await chooseAll(page, 5)
    await faulty.upstream.answerWith({
      method: 'POST',
      path: '**/rotate',
      status: 400,
      body: '{"message":"kms key is disabled"}',
      times: 2,
    })
    await act(page, 'Rotate now').click()
    await press(dialog(page), 'Rotate 5 keys')
    await expect(dialog(page)).toHaveAccessibleName('Rotated 3 of 5 keys')
    const failed = dialog(page).getByRole('region', { name: 'Failed' })
    await expect(failed.getByRole('listitem')).toHaveCount(2)
    await expect(failed).toContainText('KMS key is disabled.')
    await expect(failed).toContainText('· 400')
    await press(dialog(page), 'Retry 2 failed')
    await expect(dialog(page)).toHaveAccessibleName('Rotated 2 keys')
    await press(dialog(page), 'Close')
    for (const number of [1, 2, 3, 4, 5]) await expect(row(page, `${stem} ${number}`)).toContainText('v2')
  })

  await test.step('a pause that the provider asks for', async () => {
    await startOver(page, faulty.upstream)
    await keysNamed(faulty.api, 'busy', 5)
    await open(page, 'busy', faulty.url)
    await chooseAll(page, 5)
    await faulty.upstream.answerWith({
      method: 'POST',
      path: '**/rotate',
      status: 429,
      headers: { 'retry-after': '1' },
      body: '{"message":"slow down"}',
      times: 3,
    })
    await act(page, 'Rotate now').click()
    await press(dialog(page), 'Rotate 5 keys')
    await expect(dialog(page)).toContainText('The cloud asks for a pause of 1 second.')
    await expect(dialog(page)).toHaveAccessibleName('Rotated 5 keys')
    await press(dialog(page), 'Close')
    await expect(row(page, 'busy 5')).toContainText('v2')
  })

  await test.step('progress behind other pages, and cancel', async () => {
    await startOver(page, faulty.upstream)
    await keysNamed(faulty.api, 'long', 8)
    await open(page, 'long', faulty.url)
    await chooseAll(page, 8)
    await faulty.upstream.answerWith({
      method: 'POST',
      path: '**/rotate',
      status: 429,
      headers: { 'retry-after': '600' },
      body: '{"message":"slow down"}',
      times: 1,
    })
    await act(page, 'Rotate now').click()
    await press(dialog(page), 'Rotate 8 keys')
    await expect(dialog(page)).toContainText('The cloud asks for a pause of')
    await press(dialog(page), 'Hide')
    await expect(dialog(page)).toHaveCount(0)
    const dock = page.getByRole('region', { name: 'Work on many keys' })
    await expect(dock).toContainText('Rotating 8 keys')
    await expect(act(page, 'Disable')).toHaveAccessibleDescription('Other work on many keys is under way.')

    await page.getByRole('link', { name: 'Playground' }).first().click()
    await expect(page).toHaveURL(/playground/)
    await press(dock, 'Show')
    await expect(dialog(page)).toHaveAccessibleName('Rotating 8 keys')
    await press(dialog(page), 'Cancel')
    await expect(dialog(page)).toHaveAccessibleName(/Rotated \d of 8 keys/)
    await expect(dialog(page)).toContainText(/\d (was|were) not started/)
    await press(dialog(page), 'Close')
    await expect(dock).toHaveCount(0)
  })

  await test.step('the same failure for every key stops the rest', async () => {
    await startOver(page, faulty.upstream)
    await keysNamed(faulty.api, 'locked', 20)
    await open(page, 'locked', faulty.url)
    await chooseAll(page, 20)
    await faulty.upstream.answerWith({
      method: 'POST',
      path: '**/rotate',
      status: 401,
      body: '{"message":"unauthorized"}',
    })
    await act(page, 'Rotate now').click()
    await press(dialog(page), 'Rotate 20 keys')
    await expect(dialog(page)).toContainText('the rest was left alone')
    await expect(dialog(page)).toContainText(/\d+ were not started/)
    const saved = page.waitForEvent('download')
    await press(dialog(page), 'Save report')
    expect((await saved).suggestedFilename()).toMatch(/^kms-report-\d{4}-\d\d-\d\d\.csv$/)
  })
})

test('a read-only console disables bulk actions with the reason', async ({ page }) => {
  const server = await startFresh('console', { READ_ONLY: 'true' })
  await page.goto(`${server.url}/keys`)
  await selectAll(page).click()
  await expect(act(page, 'Rotate now')).toHaveAttribute('aria-disabled', 'true')
  await expect(act(page, 'Rotate now')).toHaveAccessibleDescription(/READ_ONLY/)
  await leavePage(page)
  await server.stop()
})
