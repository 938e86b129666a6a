/** Forms that send a request show the same request as code, which follows the form. */
import type { Locator, Page } from '@playwright/test'
import { deleteDialog, test as withAccess } from './api-keys-page.ts'
import { filesUrl } from './files-page.ts'
import { expectFits } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, choosePeriod, exoscalePath, menuItem, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'
import { chooseZone, replicateButton, replicateDialog } from './replicas-page.ts'

const dialog = (page: Page) => page.getByRole('dialog')
const show = (within: Page | Locator) => within.getByRole('button', { name: 'Show code' })
const hide = (within: Page | Locator) => within.getByRole('button', { name: 'Hide code' })

/** Tabs of the code, by their accessible name. */
const tabs = (within: Page | Locator, label: string) => within.getByRole('tablist', { name: label })
const code = (within: Page | Locator, language: string) => within.getByRole('tabpanel', { name: language, exact: true })

async function expectTabs(within: Page | Locator, label: string, names: readonly string[]) {
  await expect(tabs(within, label).getByRole('tab')).toHaveText([...names])
}

async function choose(within: Page | Locator, label: string, language: string) {
  await tabs(within, label).getByRole('tab', { name: language, exact: true }).click()
  return code(within, language)
}

test('code of a key’s actions follows the form', async ({ page, api }) => {
  await test.step('rotate and disable', async () => {
    const key = await api.thalassa.create({ name: uniqueName('shown') })
    await page.goto(thalassaPath(key))
    await button(page, 'Rotate now').press('Enter')
    // The button that changes nothing has the focus, not the code before it.
    await expect(dialog(page).getByRole('button', { name: 'Not now' })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(show(dialog(page))).toBeFocused()
    await expect(show(dialog(page))).toHaveAttribute('aria-expanded', 'false')
    await page.keyboard.press('Enter')
    await expect(hide(dialog(page))).toBeFocused()
    await expect(hide(dialog(page))).toHaveAttribute('aria-expanded', 'true')
    await expectTabs(dialog(page), 'Code to rotate now', ['curl', 'tcloud', 'Go'])
    await expect(code(dialog(page), 'curl')).toContainText(`/keys/${key.identity}/rotate`)
    await expect(dialog(page)).toContainText('Credentials are read from the environment.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await expect(code(dialog(page), 'tcloud')).toContainText(`tcloud kms keys rotate ${key.identity}`)
    await hide(dialog(page)).press('Space')
    await expect(tabs(dialog(page), 'Code to rotate now')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toHaveCount(0)

    await menuItem(page, 'Disable…')
    await expect(dialog(page).getByRole('button', { name: 'Keep it active' })).toBeFocused()
    await show(dialog(page)).click()
    await expect(code(dialog(page), 'curl')).toContainText(`/keys/${key.identity}/disable`)
    await expect(await choose(dialog(page), 'Code to disable', 'Terraform')).toContainText('status   = "disabled"')
    await dialog(page).getByRole('button', { name: 'Disable', exact: true }).click()
    await expect(page.getByText('This key is disabled.')).toBeVisible()
  })

  await test.step('days of a deletion', async () => {
    const key = await api.exoscale.create({ name: uniqueName('shown') })
    await page.goto(exoscalePath(key))
    await menuItem(page, 'Schedule deletion…')
    const days = dialog(page).getByRole('textbox', { name: 'Days until it is destroyed' })
    await expect(days).toBeFocused()
    await show(dialog(page)).click()
    await expect(code(dialog(page), 'curl')).toContainText('{"delay-days":30}')
    await dialog(page).getByRole('button', { name: '14 days' }).click()
    await expect(code(dialog(page), 'curl')).toContainText('{"delay-days":14}')
    await days.fill('9')
    await expect(code(dialog(page), 'curl')).toContainText('{"delay-days":9}')
    await expect(await choose(dialog(page), 'Code to schedule deletion', 'exo')).toContainText('--delay-days 9')
    await days.fill('99')
    await expect(code(dialog(page), 'exo')).toContainText('--delay-days 30')
    await expect(dialog(page)).toContainText('The number of days is not valid yet: the code has the usual 30.')
    await expect(await choose(dialog(page), 'Code to schedule deletion', 'Terraform')).toContainText(
      'terraform destroy -target=exoscale_kms_key.',
    )
  })

  await test.step('rotation', async () => {
    const label = 'Code to set the rotation'
    const key = await api.thalassa.create({ name: uniqueName('shown') })
    await page.goto(`${thalassaPath(key)}?tab=rotation`)
    await show(page).press('Enter')
    await expect(code(page, 'curl')).toContainText('"keyRotationEnabled": false')
    await expectTabs(page, label, ['curl', 'tcloud', 'Go'])
    await page.getByRole('switch', { name: 'Rotate automatically' }).click()
    await choosePeriod(page, '180')
    await expect(code(page, 'curl')).toContainText('"rotationPeriodInDays": 180')
    await expectTabs(page, label, ['curl', 'tcloud', 'Go', 'Terraform'])
    await expect(await choose(page, label, 'Terraform')).toContainText('rotation_period_in_days = 180')
    await choosePeriod(page, 'Other')
    await page.getByRole('textbox', { name: 'Period in days' }).fill('45')
    await expect(code(page, 'Terraform')).toContainText('rotation_period_in_days = 45')
    await page.getByRole('textbox', { name: 'Period in days' }).fill('often')
    await expect(code(page, 'Terraform')).toContainText('rotation_period_in_days = 90')
    await expect(page.getByText('The period is not valid yet: the code has the usual 90.')).toBeVisible()
    await button(page, 'Discard changes').click()
    await expect(code(page, 'curl')).toContainText('"keyRotationEnabled": false')
  })

  await test.step('period of an Exoscale key', async () => {
    const key = await api.exoscale.create({ name: uniqueName('shown') })
    await navigate(page, `${exoscalePath(key)}?tab=rotation`)
    await show(page).click()
    await choosePeriod(page, '180')
    await expect(code(page, 'curl')).toContainText('/disable-key-rotation')
    await expect(code(page, 'curl')).toContainText('{"rotation-period":180}')
    await api.exoscale.act(key, 'disable')
    await page.reload()
    await show(page).click()
    await expect(page.getByText('Not possible now: The key is disabled. Enable it first.')).toBeVisible()
    await expect(code(page, 'curl')).toContainText('{"rotation-period":365}')
  })

  await test.step('export of a version', async () => {
    const key = await api.thalassa.create({ name: uniqueName('shown'), exportAllowed: true })
    await navigate(page, `${thalassaPath(key)}?tab=export`)
    await button(page, 'Export key material…').click()
    await expect(dialog(page).getByRole('textbox')).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expectTabs(dialog(page), 'Code to export', ['curl', 'tcloud', 'Go'])
    await expect(code(dialog(page), 'curl')).toContainText('"keyVersion": "1"')
    await expect(dialog(page)).toContainText('What it prints is the key itself.')
  })

  await test.step('zone of a replica', async () => {
    const key = await api.exoscale.create({ name: uniqueName('shown'), 'multi-zone': true })
    await page.goto(exoscalePath(key))
    await tab(page, 'Replicas').click()
    await replicateButton(page).click()
    const asked = replicateDialog(page)
    await show(asked).click()
    await expect(code(asked, 'curl')).toContainText('{"zone":"ZONE"}')
    await expect(asked).toContainText('in the place of ZONE.')
    await chooseZone(page, 'de-fra-1')
    await expect(code(asked, 'curl')).toContainText('{"zone":"de-fra-1"}')
    await expect(asked).not.toContainText('in the place of ZONE.')
  })

  await test.step('scrolling in a dialog on a narrow screen', async () => {
    const key = await api.exoscale.create({ name: uniqueName('shown') })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(exoscalePath(key))
    await menuItem(page, 'Schedule deletion…')
    await show(dialog(page)).click()
    await expect(code(dialog(page), 'curl')).toContainText('exo_call')
    const program = await choose(dialog(page), 'Code to schedule deletion', 'Go')
    await expect(program).toContainText('package main')
    expect(await program.evaluate((panel) => panel.scrollHeight > panel.clientHeight)).toBe(true)
    await program.focus()
    await page.keyboard.press('End')
    await expect.poll(() => program.evaluate((panel) => panel.scrollTop)).toBeGreaterThan(0)
    const act = dialog(page).getByRole('button', { name: 'Schedule deletion', exact: true })
    await act.scrollIntoViewIfNeeded()
    await expect(act).toBeInViewport()
    await expectFits(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await act.scrollIntoViewIfNeeded()
    await expect(act).toBeInViewport()
    await expectFits(page)
  })
})

test('code of a bulk action and of a file’s key', async ({ page, api }) => {
  await test.step('bulk actions', async () => {
    const stem = uniqueName('shown')
    const ids: string[] = []
    for (const number of [1, 2]) ids.push((await api.thalassa.create({ name: `${stem} ${number}` })).identity)
    const { id } = await api.exoscale.create({ name: `${stem} x` })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row')).toHaveCount(4)
    await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
    const act = (name: string) =>
      page.getByRole('toolbar', { name: 'Actions for the selection' }).getByRole('button', { name, exact: true })
    const shown = dialog(page).getByRole('tabpanel')

    await act('Rotate now').click()
    await expect(dialog(page).getByRole('button', { name: 'Not now' })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await expectTabs(dialog(page), 'Code for Thalassa Cloud', ['curl', 'tcloud', 'Go'])
    await expectTabs(dialog(page), 'Code for Exoscale', ['curl', 'exo', 'Go', 'Python'])
    await expect(shown.first()).toContainText('# For each of 2 keys of Thalassa Cloud')
    for (const one of ids) await expect(shown.first()).toContainText(one)
    await expect(shown.last()).toContainText(`/kms-key/${id}/rotate`)
    await expect(shown.last()).toContainText('# For 1 key of Exoscale.')
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toHaveCount(0)

    await act('Schedule deletion').click()
    await show(dialog(page)).click()
    await dialog(page).getByRole('button', { name: '7 days' }).click()
    await expect(shown.last()).toContainText('{"delay-days":7}')
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toHaveCount(0)

    await act('Set rotation').click()
    await show(dialog(page)).click()
    await dialog(page).getByRole('radio', { name: '180' }).check()
    await expect(shown.last()).toContainText('{"rotation-period":180}')
    await dialog(page).getByRole('radio', { name: '30' }).check()
    await expect(shown.first()).toContainText('"rotationPeriodInDays": 30')
    await expect(shown).toHaveCount(1)
    await dialog(page).getByRole('radio', { name: 'Other' }).check()
    await expect(show(dialog(page))).toHaveAccessibleDescription('Choose whole days.')
    await dialog(page).getByRole('textbox', { name: 'Period in days' }).fill('400')
    await expect(shown.first()).toContainText('"rotationPeriodInDays": 400')
    await dialog(page).getByRole('switch', { name: 'Rotate automatically' }).click()
    await expect(shown.last()).toContainText('/disable-key-rotation')
  })

  await test.step('the call that wraps a file’s key', async () => {
    await page.goto(filesUrl())
    await expect(show(page)).toHaveAccessibleDescription('Choose a key first.')
    const { id } = await api.exoscale.create({ name: uniqueName('shown') })
    await page.goto(filesUrl(`exoscale/ch-gva-2/${id}`))
    await expect(show(page)).not.toHaveAttribute('aria-disabled')
    await show(page).press('Enter')
    await expectTabs(page, 'Code to wrap the file’s key', ['curl', 'exo', 'Go', 'Python'])
    await expect(code(page, 'curl')).toContainText(`/kms-key/${id}/encrypt`)
    await expect(code(page, 'curl')).toContainText('$FILE_KEY_BASE64')
    await expect(page.getByText('FILE_KEY_BASE64 is the file’s own key of 16 bytes')).toBeVisible()
    await page.setViewportSize({ width: 390, height: 844 })
    await expectFits(page)
  })
})

withAccess('code of the deletion of an API key', async ({ page, iam }) => {
  const { key } = await iam.access.createKey('leaving', await iam.access.role('kms-crypto'))
  await page.goto(`${iam.url}/api-keys`)
  await page.getByRole('button', { name: 'Delete leaving' }).click()
  const asked = deleteDialog(page, 'leaving')
  await expect(asked.getByRole('textbox')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expectTabs(asked, 'Code to delete the API key', ['curl', 'exo', 'Go', 'Python', 'Terraform'])
  await expect(code(asked, 'curl')).toContainText(`exo_call DELETE /api-key/${key}`)
  await expect(await choose(asked, 'Code to delete the API key', 'exo')).toContainText(`exo iam api-key delete ${key}`)
  await expect(await choose(asked, 'Code to delete the API key', 'Terraform')).toContainText(
    'terraform destroy -target=exoscale_iam_api_key.leaving',
  )
})
