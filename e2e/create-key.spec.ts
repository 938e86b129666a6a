import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const toNext = (page: Page, what: string) => button(page, `Continue to ${what}`).click()
const code = (page: Page) => page.getByRole('complementary', { name: 'Summary and code' }).getByRole('tabpanel')

/** What a screen reader is told beside the field's name: its hint, or what is wrong. */
const expectWrong = async (page: Page, name: string, message: string | RegExp) => {
  await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page, name)).toHaveAccessibleDescription(message)
  await expect(field(page, name)).toBeFocused()
}

async function chooseWhere(page: Page, cloud: string, location: string) {
  await radio(page, cloud).check()
  await radio(page, location).check()
  await toNext(page, 'what for')
  await expect(heading(page, 'What is the key for?')).toBeFocused()
}

async function goToDetails(page: Page, cloud = 'Thalassa Cloud', location = 'nl-01', url = '') {
  await page.goto(`${url}/keys/new`)
  await chooseWhere(page, cloud, location)
  await toNext(page, 'details')
  await expect(page).toHaveURL(/\/keys\/new\?step=details$/)
}

async function goToRotation(page: Page, name: string, cloud?: string, location?: string, url?: string) {
  await goToDetails(page, cloud, location, url)
  await field(page, 'Name').fill(name)
  await toNext(page, 'rotation')
  await expect(page).toHaveURL(/\?step=rotation$/)
}

async function goToReview(page: Page, name: string, cloud?: string, location?: string, url?: string) {
  await goToRotation(page, name, cloud, location, url)
  await toNext(page, 'review')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
}

const thalassaNamed = async (api: GatewayClient, wanted: string) =>
  (await api.call<Record<string, unknown>[]>('GET', '/api/thalassa/v1/kms/nl-01/keys')).filter(
    ({ name }) => name === wanted,
  )

interface ExoscaleKey {
  id: string
  name: string
  rotation: { automatic: boolean; 'rotation-period': number }
}

const exoscaleNamed = async (api: GatewayClient, wanted: string, zone: string) =>
  (await api.call<{ 'kms-keys': ExoscaleKey[] }>('GET', `/api/exoscale/${zone}/kms-key`))['kms-keys'].filter(
    ({ name }) => name === wanted,
  )

test('makes an AES key in Thalassa that rotates every 90 days', async ({ page, api }) => {
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
  await expect(
    page.getByRole('group', { name: 'Period' }).or(page.getByRole('radiogroup', { name: 'Period' })),
  ).toBeVisible()
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

test('makes a multi-zone key in Exoscale with a period of its own', async ({ page, api }) => {
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

test('each wrong field says so where it is, and what was typed stays', async ({ page }) => {
  await page.goto('/keys/new')
  await toNext(page, 'what for')
  await expect(page.getByRole('alert')).toHaveText('Choose a cloud.')
  await expect(radio(page, 'Thalassa Cloud')).toBeFocused()
  await radio(page, 'Exoscale').check()
  await expect(page.getByText('Choose a cloud.')).toBeHidden()
  await toNext(page, 'what for')
  await expect(page.getByText('Choose a zone.')).toBeVisible()

  await goToDetails(page)
  await toNext(page, 'rotation')
  await expectWrong(page, 'Name', 'Enter a name of 1 to 255 characters.')
  await field(page, 'Name').fill('🔑 !?')
  await expect(field(page, 'Name')).toHaveAccessibleDescription(
    'Add a letter a-z or a digit: the slug is made of those.',
  )
  const long = 'n'.repeat(256)
  await field(page, 'Name').fill(long)
  await field(page, 'Description').fill('d'.repeat(1025))
  await toNext(page, 'rotation')
  await expectWrong(page, 'Name', 'The name has 256 characters and 255 fit. Shorten it by 1.')
  await expect(field(page, 'Name')).toHaveValue(long)
  await field(page, 'Name').fill('wrong fields')
  await toNext(page, 'rotation')
  await expectWrong(page, 'Description', /1,025 characters and 1,024 fit\. Shorten it by 1\.$/)
  await field(page, 'Description').fill('')

  await button(page, 'Add label').click()
  await field(page, 'Label 1 name').fill('env')
  await button(page, 'Add label').click()
  await field(page, 'Label 2 name').fill('env')
  await toNext(page, 'rotation')
  await expectWrong(page, 'Label 2 name', '“env” stands twice. Rename this label or remove its row.')
  await button(page, 'Remove label 2').click()
  await expect(button(page, 'Add label')).toBeFocused()
  await toNext(page, 'rotation')

  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await radio(page, 'Other').check()
  for (const days of ['0', '3651', '1.5', '']) {
    await field(page, 'Period in days').fill(days)
    await toNext(page, 'review')
    await expectWrong(page, 'Period in days', /Choose whole days, from 1 to 3,?650\./)
    await expect(field(page, 'Period in days')).toHaveValue(days)
  }
  await field(page, 'Period in days').fill('3650')
  await toNext(page, 'review')
  await expect(heading(page, 'Is everything right?')).toBeFocused()
})

test('Exoscale’s shorter range of periods holds in its form', async ({ page }) => {
  await goToRotation(page, 'ranges', 'Exoscale', 'ch-gva-2')
  await radio(page, 'Other').check()
  for (const days of ['89', '2561']) {
    await field(page, 'Period in days').fill(days)
    await toNext(page, 'review')
    await expectWrong(page, 'Period in days', /Choose whole days, from 90 to 2,?560\./)
  }
  await page.getByText('30', { exact: true }).click({ force: true })
  await expect(radio(page, 'Other')).toBeChecked()
})

test('a slug that is taken is seen before creating, and leads to its key', async ({ page, api }) => {
  const name = uniqueName('Taken one')
  const { identity } = await api.thalassa.create({ name })
  await goToDetails(page)
  await field(page, 'Name').fill(name.toUpperCase())
  const warning = page.getByRole('status').filter({ hasText: 'is taken in nl-01' })
  await expect(warning).toContainText(`by ${name}. Choose another name or open that key.`)
  await warning.getByRole('link', { name: 'open that key' }).click()
  await button(page, 'Keep draft and leave').click()
  await expect(page).toHaveURL(new RegExp(`/keys/thalassa/nl-01/${identity}$`))
  await page.goBack()
  await expect(field(page, 'Name')).toHaveValue(name.toUpperCase())
})

for (const cloud of ['Thalassa Cloud', 'Exoscale'] as const)
  test(`a name taken meanwhile in ${cloud} is the name field’s error, with all else kept`, async ({ page, api }) => {
    const thalassa = cloud === 'Thalassa Cloud'
    const name = uniqueName('Race')
    await goToDetails(page, cloud, thalassa ? 'nl-01' : 'at-vie-1')
    await field(page, 'Name').fill(name)
    await field(page, 'Description').fill('Still here')
    await toNext(page, 'rotation')
    await toNext(page, 'review')
    if (thalassa) await api.thalassa.create({ name })
    else await api.exoscale.create({ name }, 'at-vie-1')
    await button(page, 'Create key').click()

    await expect(page).toHaveURL(/\?step=details$/)
    await expectWrong(page, 'Name', /is taken in (nl-01|at-vie-1) by .* Choose another name or open that key\./)
    await expect(page.getByRole('link', { name: 'open that key' })).toHaveAttribute('href', /^\/keys\/\w+\/[\w-]+\/.+/)
    await expect(field(page, 'Description')).toHaveValue('Still here')

    await field(page, 'Name').fill(`${name} two`)
    await expect(field(page, 'Name')).not.toHaveAttribute('aria-invalid')
    await toNext(page, 'rotation')
    await toNext(page, 'review')
    await button(page, 'Create key').click()
    await expect(page.getByText(`Created ${name} two`)).toBeVisible()
  })

test('a region that fails at creation says so on the form, and everything is kept', async ({ page, faulty }) => {
  const name = uniqueName('Unlucky')
  await goToReview(page, name, 'Thalassa Cloud', 'nl-01', faulty.url)
  faulty.upstream.answerWith({
    method: 'POST',
    path: /\/v1\/kms\/nl-01\/keys$/,
    status: 503,
    body: JSON.stringify({ message: 'KMS is not available in this region' }),
  })
  await button(page, 'Create key').click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('KMS is not available in this region. Choose another region, or try again later.')
  await expect(alert).toContainText('POST /v1/kms/nl-01/keys · 503')
  await expect(page).toHaveURL(/\?step=review$/)
  await expect(page.getByRole('form')).toContainText(name)
  expect(await thalassaNamed(faulty.api, name)).toEqual([])

  faulty.upstream.heal()
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
})

test('a key that was made without its rotation is shown, with a warning that stays', async ({ page, faulty }) => {
  const name = uniqueName('Half made')
  await goToRotation(page, name, 'Exoscale', 'ch-gva-2', faulty.url)
  await radio(page, '180').check()
  await toNext(page, 'review')
  faulty.upstream.answerWith({
    method: 'POST',
    path: /key-rotation$/,
    status: 500,
    body: JSON.stringify({ title: 'internal error' }),
  })
  await button(page, 'Create key').click()
  await expect(page).toHaveURL(/\/keys\/exoscale\/ch-gva-2\/[0-9a-f-]{36}$/)
  const toast = page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .filter({ hasText: `Created ${name}` })
  await expect(toast).toContainText('its rotation is not as you chose')
  expect(await exoscaleNamed(faulty.api, name, 'ch-gva-2')).toMatchObject([{ rotation: { 'rotation-period': 365 } }])
})

test('regions that can’t be read say so in place, and Retry reads them', async ({ page, faulty }) => {
  faulty.upstream.answerWith({
    method: 'GET',
    path: /\/v1\/kms\/summary$/,
    status: 503,
    body: JSON.stringify({ message: 'maintenance' }),
  })
  await page.goto(`${faulty.url}/keys/new`)
  await radio(page, 'Thalassa Cloud').check()
  await expect(page.getByRole('alert')).toContainText('The regions of Thalassa Cloud could not be read. Maintenance.')
  await expectAccessible(page)
  await radio(page, 'Exoscale').check()
  await expect(radio(page, 'ch-gva-2')).toBeVisible()
  await radio(page, 'Thalassa Cloud').check()
  faulty.upstream.heal()
  await button(page, 'Retry').click()
  await expect(radio(page, 'nl-01')).toBeChecked()
})

test('a region without KMS says why and can’t be chosen', async ({ page }) => {
  await page.goto('/keys/new')
  await radio(page, 'Thalassa Cloud').check()
  const closed = radio(page, 'nl-02')
  await expect(closed).toHaveAttribute('aria-disabled', 'true')
  await expect(closed).toHaveAccessibleDescription(/Netherlands 2\. KMS is not available in nl-02\./)
  await page.getByText('KMS is not available in nl-02.').click({ force: true })
  await expect(radio(page, 'nl-01')).toBeChecked()
  await radio(page, 'nl-01').focus()
  await page.keyboard.press('ArrowDown')
  await expect(radio(page, 'nl-01')).toBeChecked()
})

test('a reload and going back keep the draft, and leaving asks', async ({ page }) => {
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

test('Discard starts over after asking, and a step that is ahead of the draft leads back', async ({ page }) => {
  await page.goto('/keys/new?step=review')
  await expect(page).toHaveURL(/\/keys\/new$/)
  await goToDetails(page)
  await field(page, 'Name').fill('Not wanted')
  await button(page, 'Discard').click()
  await button(page, 'Keep the draft').click()
  await expect(field(page, 'Name')).toHaveValue('Not wanted')
  await button(page, 'Discard').click()
  await button(page, 'Discard draft').click()
  await expect(page).toHaveURL(/\/keys\/new$/)
  await expect(radio(page, 'Thalassa Cloud')).not.toBeChecked()
  await page.getByRole('link', { name: 'Keys', exact: true }).first().click()
  await expect(page).toHaveURL(/\/keys$/)
})

test('review leads to each step and back, and Create key sends once', async ({ page, api }) => {
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

for (const cloud of ['Thalassa Cloud', 'Exoscale'] as const)
  test(`no step has an accessibility violation for ${cloud}`, async ({ page }) => {
    test.slow()
    await page.goto('/keys/new')
    await expect(radio(page, cloud)).toBeVisible()
    await expectAccessible(page)
    await chooseWhere(page, cloud, cloud === 'Exoscale' ? 'ch-gva-2' : 'nl-01')
    await expectAccessible(page)
    await toNext(page, 'details')
    await toNext(page, 'rotation')
    await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true')
    if (cloud === 'Thalassa Cloud') await button(page, 'Add label').click()
    await expectAccessible(page)
    await field(page, 'Name').fill('accessible')
    await toNext(page, 'rotation')
    if (cloud === 'Thalassa Cloud') await page.getByRole('switch', { name: 'Rotate automatically' }).check()
    await radio(page, 'Other').check()
    await expectAccessible(page)
    await field(page, 'Period in days').fill('100')
    await toNext(page, 'review')
    await expect(heading(page, 'Is everything right?')).toBeFocused()
    await expectAccessible(page)
  })

test('a key is made with the keyboard alone', async ({ page, api }) => {
  const name = uniqueName('Keys only')
  const press = (key: string) => page.keyboard.press(key)
  await page.goto('/keys/new')
  await expect(radio(page, 'Thalassa Cloud')).toBeVisible()
  const tabTo = async (target: ReturnType<typeof radio>) => {
    await expect(async () => {
      await press('Tab')
      await expect(target).toBeFocused({ timeout: 50 })
    }).toPass({ intervals: [0] })
  }
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

test('fits 390 px, with fingers in mind', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const name = uniqueName('Narrow')
  await page.goto('/keys/new')
  await radio(page, 'Thalassa Cloud').check()
  const fits = async () => {
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
  }
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
  await expectAccessible(page)
  await toNext(page, 'review')
  await fits()
  await expectAccessible(page)
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
})
