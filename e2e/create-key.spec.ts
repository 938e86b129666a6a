import {
  button,
  chooseWhere,
  code,
  exoscaleNamed,
  field,
  goToDetails,
  goToReview,
  goToRotation,
  heading,
  radio,
  thalassaNamed,
  toNext,
} from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'

test('an AES key of Thalassa with a rotation of 90 days', async ({ page, api }) => {
  const name = uniqueName('Card vault')
  const slug = name.toLowerCase().replace(' ', '-').replace(' ', '-')
  await page.goto('/keys/new')
  await expect(page).toHaveTitle('Create key · KMS Console')
  await radio(page, 'Thalassa Cloud').check()
  await expect(radio(page, 'nl-01')).toBeChecked()
  await toNext(page, 'what for')

  await expect(page).toHaveURL(/\/keys\/new\?step=purpose$/)
  await expect(radio(page, 'aes256-gcm96')).toBeChecked()
  await radio(page, 'Sign').check()
  await expect(radio(page, 'ecdsa-p256')).toBeChecked()
  await radio(page, 'Encrypt data').check()
  await radio(page, 'chacha20-poly1305').check()
  await expect(code(page)).toContainText('"keyType": "chacha20-poly1305"')
  await radio(page, 'aes256-gcm96').check()
  await toNext(page, 'details')

  await field(page, 'Name').fill(name)
  await expect(field(page, 'Name')).toHaveAccessibleDescription(`Its slug: ${slug}`)
  await field(page, 'Description').fill('For cards')
  await expect(field(page, 'Description')).toHaveAccessibleDescription('9 of 1,024 characters')
  await button(page, 'Add label').click()
  await expect(field(page, 'Label 1 name')).toBeFocused()
  await page.keyboard.type('env')
  await field(page, 'Label 1 value').fill('prod')
  await button(page, 'Add annotation').click()
  await field(page, 'Annotation 1 name').fill('owner')
  await field(page, 'Annotation 1 value').fill('team a')
  await toNext(page, 'rotation')

  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await expect(page.getByRole('radiogroup', { name: 'Period' })).toBeVisible()
  await radio(page, '90').check()
  await expect(page.getByRole('region', { name: 'Next rotations' }).getByRole('listitem')).toHaveCount(4)
  await expect(code(page)).toContainText('"rotationPeriodInDays": 90')
  await toNext(page, 'review')

  const form = page.getByRole('form', { name: 'Is everything right?' })
  for (const text of [
    'Thalassa Cloud',
    'nl-01',
    'aes256-gcm96',
    name,
    slug,
    'For cards',
    'env=prod',
    'owner=team a',
    'Every 90 days',
  ])
    await expect(form).toContainText(text)
  await button(page, 'Create key').click()

  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  await expect(page).toHaveURL(/\/keys\/thalassa\/nl-01\/kms-[^/?]+$/)
  const [key, ...more] = await thalassaNamed(api, name)
  expect(more).toEqual([])
  expect(key).toMatchObject({
    keyType: 'aes256-gcm96',
    slug,
    description: 'For cards',
    labels: { env: 'prod' },
    annotations: { owner: 'team a' },
    exportAllowed: false,
    keyRotationEnabled: true,
    rotationPeriodInDays: 90,
  })
  await page.goto('/keys/new')
  await expect(radio(page, 'Thalassa Cloud')).not.toBeChecked()
  await expect(page.getByText('Draft kept in this tab.')).toBeHidden()
})

test('a multi-zone key of Exoscale with a custom period', async ({ page, api }) => {
  const name = uniqueName('Invoices')
  await page.goto('/keys/new')
  await chooseWhere(page, 'Exoscale', 'de-fra-1')
  await expect(page.getByRole('radiogroup', { name: 'Purpose' }).getByRole('radio')).toHaveCount(1)
  await expect(radio(page, 'encrypt-decrypt')).toBeChecked()
  await toNext(page, 'details')
  await expect(button(page, 'Add label')).toBeHidden()
  await expect(field(page, 'Allow export')).toBeHidden()
  await field(page, 'Name').fill(name)
  await field(page, 'Multi-zone').check()
  await toNext(page, 'rotation')
  await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toBeChecked()
  await expect(radio(page, '365')).toBeChecked()
  await radio(page, 'Other').check()
  await field(page, 'Period in days').fill('200')
  await toNext(page, 'review')
  await button(page, 'Create key').click()

  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  await expect(page).toHaveURL(/\/keys\/exoscale\/de-fra-1\/[0-9a-f-]{36}$/)
  const [key] = await exoscaleNamed(api, name, 'de-fra-1')
  expect(key).toMatchObject({ 'multi-zone': true, rotation: { automatic: true, 'rotation-period': 200 } })
})

test('reload and Back keep the draft, and leaving asks for confirmation', async ({ page }) => {
  const leaving: string[] = []
  page.on('dialog', (dialog) => {
    leaving.push(dialog.type())
    void dialog.accept()
  })
  await goToRotation(page, 'Kept draft')
  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await radio(page, '180').check()
  await page.reload()
  expect(leaving).toEqual(['beforeunload'])
  await expect(page).toHaveURL(/\?step=rotation$/)
  await expect(radio(page, '180')).toBeChecked()
  await button(page, 'Back').click()
  await expect(field(page, 'Name')).toHaveValue('Kept draft')
  await page.goBack()
  await expect(radio(page, '180')).toBeChecked()
  await page.goto('/keys/new?step=review')
  await expect(page.getByRole('form')).toContainText('Every 180 days')

  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without creating the key?' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Stay').click()
  await expect(page).toHaveURL(/\?step=review$/)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
  await button(page, 'Discard and leave').click()
  await expect(page).toHaveURL(/\/keys$/)
  await page.goto('/keys/new')
  await expect(radio(page, 'Thalassa Cloud')).not.toBeChecked()
})

test('Discard asks and starts over, and a step ahead of the draft redirects', async ({ page }) => {
  await page.goto('/keys/new?step=review')
  await expect(page).toHaveURL(/\/keys\/new$/)
  await goToDetails(page)
  await field(page, 'Name').fill('Not wanted')
  await button(page, 'Discard').click()
  await expectAccessible(page)
  await button(page, 'Keep the draft').click()
  await expect(field(page, 'Name')).toHaveValue('Not wanted')
  await button(page, 'Discard').click()
  await button(page, 'Discard draft').click()
  await expect(page).toHaveURL(/\/keys\/new$/)
  await expect(radio(page, 'Thalassa Cloud')).not.toBeChecked()
  await page.getByRole('link', { name: 'Keys', exact: true }).first().click()
  await expect(page).toHaveURL(/\/keys$/)
})

test('the review links to each step, and Create key sends once', async ({ page, api }) => {
  const name = uniqueName('Only once')
  await goToReview(page, name)
  await page.getByRole('link', { name: 'Change what for' }).click()
  await expect(heading(page, 'What is the key for?')).toBeFocused()
  await radio(page, 'Authenticate').check()
  await page.goBack()
  await expect(page.getByRole('form')).toContainText('hmac-sha256')
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1
  })
  await button(page, 'Create key').dblclick()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  expect(sent).toBe(1)
  expect(await thalassaNamed(api, name)).toMatchObject([{ keyType: 'hmac-sha256' }])
})

test('a key is created with the keyboard alone', async ({ page, api }) => {
  const name = uniqueName('Keys only')
  const press = (key: string) => page.keyboard.press(key)
  await page.goto('/keys/new')
  await expect(radio(page, 'Thalassa Cloud')).toBeVisible()
  const tabTo = (target: ReturnType<typeof radio>) =>
    expect
      .poll(
        async () => {
          await press('Tab')
          return target.evaluate((element) => element === document.activeElement)
        },
        { intervals: [0] },
      )
      .toBe(true)
  await tabTo(radio(page, 'Thalassa Cloud'))
  await press('Space')
  await tabTo(radio(page, 'nl-01'))
  await press('Enter')
  await expect(heading(page, 'What is the key for?')).toBeFocused()
  await tabTo(radio(page, 'aes256-gcm96'))
  await press('ArrowDown')
  await expect(radio(page, 'chacha20-poly1305')).toBeChecked()
  await tabTo(button(page, 'Continue to details'))
  await press('Enter')
  await expect(heading(page, 'What is the key called?')).toBeFocused()
  await tabTo(field(page, 'Name'))
  await page.keyboard.type(name)
  await press('Enter')
  await expect(heading(page, 'When does it rotate?')).toBeFocused()
  await tabTo(page.getByRole('switch', { name: 'Rotate automatically' }))
  await press('Space')
  await tabTo(radio(page, '90'))
  await press('ArrowRight')
  await expect(radio(page, '180')).toBeChecked()
  await tabTo(button(page, 'Continue to review'))
  await press('Enter')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
  await tabTo(button(page, 'Create key'))
  await press('Enter')
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  expect(await thalassaNamed(api, name)).toMatchObject([{ keyType: 'chacha20-poly1305', rotationPeriodInDays: 180 }])
})

test('every step fits 390 px with touch targets', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const name = uniqueName('Narrow')
  await page.goto('/keys/new')
  await radio(page, 'Thalassa Cloud').check()
  const fits = () =>
    expect(async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      const heights = await page
        .getByRole('form')
        .getByRole('button')
        .or(page.getByRole('form').getByRole('textbox'))
        .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().height))
      for (const height of heights) expect(height).toBeGreaterThanOrEqual(44)
      const form = await page.getByRole('form').boundingBox()
      const summary = await page.getByRole('complementary', { name: 'Summary and code' }).boundingBox()
      expect(summary?.y ?? 0).toBeGreaterThan((form?.y ?? 0) + (form?.height ?? 0) - 1)
    }).toPass({ timeout: 20_000 })
  await fits()
  await toNext(page, 'what for')
  await fits()
  await toNext(page, 'details')
  await field(page, 'Name').fill(name)
  await button(page, 'Add label').click()
  await field(page, 'Label 1 name').fill('env')
  await fits()
  await toNext(page, 'rotation')
  await page.getByText('Rotate automatically').click()
  await page.getByText('Other', { exact: true }).click()
  await fits()
  await toNext(page, 'review')
  await fits()
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
})
