import {
  button,
  code,
  exoscaleNamed,
  field,
  goToName,
  radio,
  summary,
  thalassaNamed,
  toNext,
} from './create-key-page.ts'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'

test('every choice of the wizard survives a reload, stands in the summary and reaches the key, once', async ({
  page,
  api,
}) => {
  const leaving: string[] = []
  page.on('dialog', (dialog) => {
    leaving.push(dialog.type())
    void dialog.accept()
  })
  const name = uniqueName('Card vault')
  const slug = name.toLowerCase().replaceAll(' ', '-')
  await page.goto('/keys/new')
  await expect(page).toHaveTitle('Create key · KMS Console')
  await radio(page, 'Thalassa Cloud').check()
  await radio(page, 'Sign').check()
  await expect(radio(page, 'ecdsa-p256')).toBeChecked()
  await radio(page, 'Encrypt data').check()
  await radio(page, 'chacha20-poly1305').check()
  await expect(code(page)).toContainText('"keyType": "chacha20-poly1305"')
  await toNext(page)
  await expect(field(page, 'Name')).toBeFocused()
  await field(page, 'Name').fill(name)
  await expect(field(page, 'Name')).toHaveAccessibleDescription(`Its slug: ${slug}`)
  await field(page, 'Description').fill('For cards')
  await button(page, 'Add label').click()
  await page.keyboard.type('env')
  await field(page, 'Label 1 value').fill('prod')
  await button(page, 'Add annotation').click()
  await field(page, 'Annotation 1 name').fill('owner')
  await field(page, 'Annotation 1 value').fill('team a')
  await page.getByRole('checkbox', { name: 'Allow export' }).check()
  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await radio(page, '180').check()

  await page.reload()
  expect(leaving).toEqual(['beforeunload'])
  await expect(radio(page, '180')).toBeChecked()
  await button(page, 'Back').click()
  await expect(radio(page, 'chacha20-poly1305')).toBeChecked()
  await page.goBack()
  await expect(field(page, 'Name')).toHaveValue(name)
  for (const text of ['nl-01', 'chacha20-poly1305', name, 'For cards', 'env=prod', 'owner=team a', 'Every 180 days'])
    await expect(summary(page).getByRole('region', { name: 'Summary' })).toContainText(text)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without creating the key?' })).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Stay').click()

  await button(page, 'Create key').dblclick()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  await expect(page).toHaveURL(/\/keys\/thalassa\/nl-01\/kms-[^/?]+$/)
  const made = await thalassaNamed(api, name)
  expect(made).toHaveLength(1)
  expect(made[0]).toMatchObject({
    keyType: 'chacha20-poly1305',
    slug,
    description: 'For cards',
    labels: { env: 'prod' },
    annotations: { owner: 'team a' },
    exportAllowed: true,
    keyRotationEnabled: true,
    rotationPeriodInDays: 180,
  })
  await page.goto('/keys/new')
  await expect(radio(page, 'chacha20-poly1305')).not.toBeChecked()
})

test('a creation that Exoscale refuses keeps the input, and its period is set after creation', async ({
  page,
  faulty,
}) => {
  const name = uniqueName('Invoices')
  await goToName(page, name, 'Exoscale', 'de-fra-1', faulty.url)
  await field(page, 'Multi-zone').check()
  await radio(page, 'Other').check()
  await field(page, 'Period in days').fill('200')
  const refusal = { status: 503, body: '{"title":"Service Unavailable","detail":"maintenance"}' }
  await faulty.upstream.answerWith({ method: 'POST', path: '**/kms-key', ...refusal })
  await button(page, 'Create key').click()
  await expect(summary(page).getByRole('alert')).toContainText('POST /v2/kms-key · 503')
  expect(await exoscaleNamed(faulty.api, name, 'de-fra-1')).toEqual([])
  await faulty.upstream.heal()
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  await page.getByRole('link', { name: 'Add replicas' }).click()
  await expect(page.getByRole('button', { name: 'Replicate to…' }).first()).toBeVisible()
  const [key] = await exoscaleNamed(faulty.api, name, 'de-fra-1')
  expect(key).toMatchObject({ 'multi-zone': true, rotation: { automatic: true, 'rotation-period': 200 } })
})
