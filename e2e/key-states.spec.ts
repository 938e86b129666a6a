import { expectNoOverflow } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, choosePeriod, exoscalePath, period, property, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

test('a key’s page: a refused change keeps the input, and missing keys are explained', async ({ page, api }) => {
  await test.step('changes refused because the key changed meanwhile', async () => {
    const thalassa = await api.thalassa.create({ name: uniqueName('meanwhile') })
    await page.goto(`${thalassaPath(thalassa)}?tab=rotation`)
    await page.getByRole('switch', { name: 'Rotate automatically' }).check()
    await choosePeriod(page, 'Other')
    await page.getByLabel('Period in days').fill('77')
    await api.thalassa.act(thalassa, 'DELETE', '')
    await button(page, 'Save rotation').click()
    const form = page.getByRole('form')
    await expect(form.getByRole('alert')).toContainText('KMS key is pending deletion.')
    await expect(form.getByRole('alert')).toContainText('/rotation · 400')
    await expect(page.getByRole('alert').filter({ hasText: 'Destroyed in' })).toBeVisible()
    await expect(page.getByLabel('Period in days')).toHaveValue('77')
    await expect(form.getByRole('alert')).toBeVisible()
    await button(page, 'Discard changes').click()
    await expect(page.getByText('Settings can’t be changed while deletion is pending.')).toBeVisible()

    const exoscale = await api.exoscale.create({ name: uniqueName('meanwhile') })
    await page.goto(`${exoscalePath(exoscale)}?tab=rotation`)
    await choosePeriod(page, '90')
    await api.exoscale.act(exoscale, 'disable')
    await button(page, 'Save rotation').click()
    await expect(form.getByRole('alert')).toContainText('The rotation was not saved.')
    await expect(period(page, '90')).toBeChecked()
    await expect(page.getByText('This key is disabled.')).toBeVisible()

    const rotated = await api.thalassa.create({ name: uniqueName('meanwhile') })
    await page.goto(thalassaPath(rotated))
    await button(page, 'Rotate now').click()
    const dialog = page.getByRole('dialog', { name: /^Rotate/ })
    await api.thalassa.act(rotated, 'POST', '/disable')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    await expect(dialog.getByRole('alert')).toContainText('KMS key is disabled.')
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByText('This key is disabled.')).toBeVisible()
  })

  await test.step('a missing key, a region without KMS and an unknown provider', async () => {
    await page.goto('/keys/thalassa/nl-01/kms-nothing')
    const failed = page.getByRole('alert')
    await expect(failed).toContainText('This key was not found')
    await expect(failed).toContainText('belong to another project, or your role may not reach it')
    await expect(failed).toContainText('GET /v1/kms/nl-01/keys/kms-nothing')
    await expect(failed).toContainText('404')

    await page.goto('/keys/exoscale/ch-gva-2/01a204c1-9bb8-7710-b140-6b71e43ed820')
    await expect(failed).toContainText('It may have been destroyed, or live in another zone.')

    await page.goto('/keys/thalassa/nl-02/kms-nothing')
    await expect(failed).toContainText('Keys in region nl-02 can’t be read now')
    await expect(failed).toContainText('503')
    await expect(failed.getByRole('button', { name: 'Retry' })).toBeVisible()

    await page.goto('/keys/aws/eu-west-1/alias')
    await expect(failed).toContainText('There is no cloud named “aws” here')
    await failed.getByRole('link', { name: 'All keys' }).click()
    await expect(page).toHaveURL(/\/keys$/)
  })
})

test('a key that can’t be read is read again with Retry', async ({ page, faulty }) => {
  const name = uniqueName('faulty')
  const key = await faulty.api.thalassa.create({ name })
  await faulty.upstream.answerWith({
    method: 'GET',
    path: `**/keys/${key.identity}`,
    status: 403,
    body: '{"message":"kms is not enabled for this organisation"}',
  })
  await page.goto(faulty.url + thalassaPath(key))
  const failed = page.getByRole('alert')
  await expect(failed).toContainText('This key could not be read')
  await expect(failed).toContainText('KMS is not enabled for this organisation.')
  await expect(failed).toContainText(`GET /v1/kms/nl-01/keys/${key.identity}`)
  await faulty.upstream.heal()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a key’s page on a narrow screen, by keyboard alone and in print', async ({ page, api }) => {
  test.slow()
  await test.step('keyboard', async () => {
    const key = await api.thalassa.create({ name: uniqueName('keyboard') })
    await page.goto(thalassaPath(key))
    await tab(page, 'Overview').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/tab=rotation/)
    const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
    await automatic.focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await expect(period(page, '90')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(period(page, '180')).toBeChecked()
    await page.keyboard.press('Tab')
    await expect(button(page, 'Show code')).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByText('It rotates every 180 days.')).toBeVisible()
    await button(page, 'More actions').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('d')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /^Disable/ })
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(button(page, 'More actions')).toBeFocused()
  })

  await test.step('print', async () => {
    const name = uniqueName('print')
    const key = await api.thalassa.create({ name })
    await navigate(page, thalassaPath(key))
    await expect(tab(page, 'Overview')).toBeVisible()
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(property(page, 'Id')).toContainText(key.identity)
    await expect(tab(page, 'Overview')).toBeHidden()
    await expect(button(page, 'Rotate now')).toBeHidden()
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
    await page.emulateMedia({ media: null })
  })

  await test.step('tabs and statuses on a narrow screen', async () => {
    const key = await api.thalassa.create({
      name: uniqueName('accessible'),
      labels: { env: 'prod' },
      keyRotationEnabled: true,
      rotationPeriodInDays: 90,
    })
    await api.thalassa.act(key, 'POST', '/rotate')
    for (const search of ['', '?tab=versions', '?tab=rotation']) {
      await navigate(page, thalassaPath(key) + search)
      await expect(page.getByRole('tabpanel').getByText('v1').first()).toBeVisible()
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoOverflow(page)
    await api.thalassa.act(key, 'POST', '/disable')
    await page.reload()
    await expect(page.getByText('This key is disabled.')).toBeVisible()
    await api.thalassa.act(key, 'DELETE', '')
    await page.reload()
    await expect(page.getByText(/^Destroyed in \d+ days/)).toBeVisible()
    const exoscale = await api.exoscale.create({ name: uniqueName('accessible') })
    await navigate(page, `${exoscalePath(exoscale)}?tab=rotation`)
    await expect(page.getByText('0 of 10 used')).toBeVisible()
  })
})
