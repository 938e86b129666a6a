import { expect, test, uniqueName } from './fixtures.ts'
import {
  button,
  choosePeriod,
  exoscalePath,
  menuItem,
  period,
  property,
  rotationHistory,
  tab,
  thalassaPath,
} from './key-page.ts'
import { navigate } from './navigation.ts'

test('a Thalassa key: properties, tabs as links, rotation settings and versions', async ({ page, api }) => {
  await test.step('properties and tabs', async () => {
    const name = uniqueName('billing archive')
    const key = await api.thalassa.create({
      name,
      description: 'Protects invoices.',
      labels: { env: 'prod' },
      annotations: { owner: 'platform' },
      keyRotationEnabled: true,
      rotationPeriodInDays: 90,
    })
    await page.goto(thalassaPath(key))
    await expect(page).toHaveTitle(`${name} · KMS Console`)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(property(page, 'Id')).toContainText(key.identity)
    await expect(property(page, 'Description')).toContainText('Protects invoices.')
    await expect(property(page, 'Labels')).toContainText('env=prod')
    await expect(property(page, 'Annotations')).toContainText('platform')
    await expect(property(page, 'What it can do')).toContainText('Encrypts and decrypts')
    await expect(property(page, 'Export')).toContainText('Not allowed')
    await expect(property(page, 'Minimum version')).toContainText('v1')
    await expect(page.getByText('Name, description, labels and annotations can’t be changed')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Use in playground' })).toHaveAttribute(
      'href',
      `/playground?key=thalassa%2Fnl-01%2F${key.identity}`,
    )

    await tab(page, 'Versions').click()
    await expect(page).toHaveURL(/\?tab=versions$/)
    await expect(page.getByRole('row', { name: /v1 Encrypts and decrypts/ })).toContainText('Created')
    await expect(page.getByRole('row', { name: /v2 Planned/ })).toContainText('Automatic')

    await tab(page, 'Rotation').click()
    await expect(page).toHaveURL(/\?tab=rotation$/)
    await expect(page.getByText(/^Version 2 replaces version 1 in \d+ days, on /)).toBeVisible()
    await page.reload()
    await expect(tab(page, 'Rotation')).toHaveAttribute('aria-selected', 'true')
    await page.goBack()
    await expect(tab(page, 'Versions')).toHaveAttribute('aria-selected', 'true')
    await tab(page, 'Overview').click()
    await expect(page).toHaveURL(new RegExp(`${key.identity}$`))
  })

  await test.step('a key found by its slug', async () => {
    const name = uniqueName('by slug')
    const key = await api.thalassa.create({ name })
    await page.goto(`/keys/thalassa/nl-01/${name.replaceAll(' ', '-')}`)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Use in playground' })).toHaveAttribute(
      'href',
      new RegExp(`${key.identity}$`),
    )
  })

  await test.step('rotation settings', async () => {
    const key = await api.thalassa.create({ name: uniqueName('rotation') })
    await navigate(page, `${thalassaPath(key)}?tab=rotation`)
    const save = button(page, 'Save rotation')
    const automatic = page.getByRole('switch', { name: 'Rotate automatically' })
    await expect(save).toHaveAccessibleDescription('Nothing changed yet.')
    await expect(automatic).not.toBeChecked()
    await automatic.check()
    await choosePeriod(page, '30')
    await expect(page.getByRole('listitem').filter({ hasText: 'in 30 d' })).toBeVisible()

    await choosePeriod(page, 'Other')
    const days = page.getByLabel('Period in days')
    await days.fill('3651')
    await expect(page.getByRole('form')).toContainText('Choose whole days, from 1 to 3,650.')
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    await days.fill('45')
    await tab(page, 'Versions').click()
    await tab(page, 'Rotation').click()
    await expect(days).toHaveValue('45')
    await save.click()
    await expect(page.getByText('It rotates every 45 days.')).toBeVisible()
    await page.reload()
    await expect(automatic).toBeChecked()
    await expect(period(page, 'Other')).toBeChecked()
    await expect(days).toHaveValue('45')

    await automatic.uncheck()
    await save.click()
    await expect(page.getByText('It no longer rotates by itself.')).toBeVisible()
    await page.reload()
    await expect(automatic).not.toBeChecked()
  })

  await test.step('rotation adds a version', async () => {
    const key = await api.thalassa.create({ name: uniqueName('rotate') })
    await navigate(page, `${thalassaPath(key)}?tab=versions`)
    await expect(tab(page, 'Versions')).toHaveText('Versions1')
    await button(page, 'Rotate now').click()
    const dialog = page.getByRole('dialog', { name: /^Rotate/ })
    await expect(dialog).toContainText('Version 2 becomes the one that encrypts.')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    await expect(tab(page, 'Versions')).toHaveText('Versions2')
    await expect(page.getByRole('row', { name: /v2 Encrypts and decrypts/ })).toContainText('Unknown')
    await expect(page.getByRole('row', { name: /v1 Decrypts/ })).toContainText('Created')
    await expect(dialog).toBeHidden()
  })
})

test('an Exoscale key: period of rotation and manual rotations', async ({ page, api }) => {
  await test.step('period of rotation', async () => {
    const key = await api.exoscale.create({ name: uniqueName('rotation') })
    await page.goto(`${exoscalePath(key)}?tab=rotation`)
    await expect(period(page, '365')).toBeChecked()
    await expect(period(page, '30')).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByTitle('Exoscale takes 90 to 2,560 days.')).toBeVisible()
    await period(page, '30').focus()
    await page.keyboard.press('Space')
    await expect(period(page, '365')).toBeChecked()

    await choosePeriod(page, 'Other')
    const days = page.getByLabel('Period in days')
    for (const wrong of ['89', '2561', '1e2', '']) {
      await days.fill(wrong)
      await expect(days).toHaveAccessibleDescription('Choose whole days, from 90 to 2,560.')
    }
    await choosePeriod(page, '180')
    const changed = page.waitForResponse((response) => response.url().endsWith('/enable-key-rotation'))
    await button(page, 'Save rotation').click()
    await changed
    await expect(page.getByText('It rotates every 180 days.')).toBeVisible()
    await expect(page.getByText('Version 2 replaces version 1 in 180 days')).toBeVisible()
    await page.reload()
    await expect(period(page, '180')).toBeChecked()
  })

  await test.step('manual rotations are counted', async () => {
    const key = await api.exoscale.create({ name: uniqueName('counted') })
    for (let rotation = 0; rotation < 7; rotation += 1) await api.exoscale.act(key, 'rotate')
    await navigate(page, `${exoscalePath(key)}?tab=rotation`)
    await expect(page.getByText('7 of 10 used')).toBeVisible()
    await expect(page.getByText(/^Only \d left/)).toBeHidden()
    await button(page, 'Rotate now').click()
    await page
      .getByRole('dialog', { name: /^Rotate/ })
      .getByRole('button', { name: 'Rotate now' })
      .click()
    await expect(page.getByText('8 of 10 used')).toBeVisible()
    await expect(page.getByText('Only 2 left for the life of this key.')).toBeVisible()
    await expect(rotationHistory(page)).toContainText('8 rotations')
    await expect(rotationHistory(page).getByRole('row', { name: /^v9/ })).toContainText('Manual')

    await api.exoscale.act(key, 'rotate')
    await api.exoscale.act(key, 'rotate')
    await page.reload()
    await expect(button(page, 'Rotate now')).toHaveAccessibleDescription(/All 10 manual rotations of this key are used/)
  })
})

test('a key is disabled and enabled, and its deletion scheduled and cancelled', async ({ page, api }) => {
  await test.step('disable and enable', async () => {
    const key = await api.thalassa.create({ name: uniqueName('disable') })
    await page.goto(thalassaPath(key))
    await menuItem(page, 'Disable…')
    await page
      .getByRole('dialog', { name: /^Disable/ })
      .getByRole('button', { name: 'Disable' })
      .click()
    const banner = page.getByRole('status').filter({ hasText: 'This key is disabled.' })
    await expect(banner).toContainText('what it protects can’t be decrypted either')
    await expect(button(page, 'Use in playground')).toHaveAccessibleDescription('The key is disabled. Enable it first.')
    await expect(button(page, 'Rotate now')).toHaveAttribute('aria-disabled', 'true')
    await page.reload()
    await banner.getByRole('button', { name: 'Enable' }).click()
    await expect(banner).toBeHidden()
    await expect(page.getByRole('link', { name: 'Use in playground' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  })

  await test.step('deletion of a Thalassa key', async () => {
    const name = uniqueName('delete')
    const key = await api.thalassa.create({ name, keyRotationEnabled: true, rotationPeriodInDays: 90 })
    await navigate(page, `${thalassaPath(key)}?tab=rotation`)
    await menuItem(page, 'Schedule deletion…')
    const dialog = page.getByRole('dialog', { name: /^Schedule deletion/ })
    const act = dialog.getByRole('button', { name: 'Schedule deletion' })
    await expect(act).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('textbox').fill(name)
    await act.click()
    const banner = page.getByRole('alert').filter({ hasText: /^Destroyed in \d+ days, on / })
    await expect(banner).toContainText('It encrypts and decrypts nothing now.')
    await expect(page.getByText('Settings can’t be changed while deletion is pending.')).toBeVisible()
    await expect(page.getByText('On, stopped until deletion is cancelled')).toBeVisible()
    await expect(button(page, 'Save rotation')).toBeHidden()
    await page.reload()
    await banner.getByRole('button', { name: 'Cancel deletion' }).click()
    await expect(banner).toBeHidden()
    await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toBeChecked()
    await expect(button(page, 'Rotate now')).not.toHaveAttribute('aria-disabled')
  })

  await test.step('deletion of an Exoscale key leaves it disabled', async () => {
    const name = uniqueName('delete')
    const key = await api.exoscale.create({ name })
    await navigate(page, exoscalePath(key))
    await menuItem(page, 'Schedule deletion…')
    const dialog = page.getByRole('dialog', { name: /^Schedule deletion/ })
    await dialog.getByLabel('Days until it is destroyed').fill('9')
    await dialog.getByRole('textbox').last().fill(name)
    await dialog.getByRole('button', { name: 'Schedule deletion' }).click()
    const banner = page.getByRole('alert').filter({ hasText: 'Destroyed in' })
    await expect(banner).toContainText('Cancelling leaves it disabled; enable it afterwards.')
    await banner.getByRole('button', { name: 'Cancel deletion' }).click()
    const disabled = page.getByRole('status').filter({ hasText: 'This key is disabled.' })
    await disabled.getByRole('button', { name: 'Enable' }).click()
    await expect(disabled).toBeHidden()
    await expect(property(page, 'Status')).toContainText('enabled')
  })
})
