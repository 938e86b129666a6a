import { createHash, createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, choosePeriod, menuItem, property, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

test('a key is found by its slug, its tab survives a reload, and it is printed without controls', async ({
  page,
  api,
}) => {
  const name = uniqueName('billing archive')
  const key = await api.thalassa.create({
    name,
    description: 'Protects invoices.',
    labels: { env: 'prod' },
    keyRotationEnabled: true,
    rotationPeriodInDays: 90,
  })
  await page.goto(`/keys/thalassa/nl-01/${name.replaceAll(' ', '-')}`)
  await expect(page).toHaveTitle(`${name} · KMS Console`)
  await expect(page.getByText(key.identity, { exact: true })).toBeVisible()
  await expect(property(page, 'Labels')).toContainText('env=prod')
  await expect(page.getByRole('link', { name: 'Open in playground' })).toHaveAttribute(
    'href',
    new RegExp(`${key.identity}$`),
  )
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByText(key.identity, { exact: true })).toBeVisible()
  await expect(property(page, 'Labels')).toContainText('env=prod')
  await expect(page.getByRole('row', { name: /^v1/ })).toBeVisible()
  await expect(property(page, 'Period')).toContainText('90 days')
  await expect(tab(page, 'Overview')).toBeHidden()
  for (const control of ['button', 'switch', 'textbox', 'combobox', 'radio'] as const)
    await expect(page.getByRole(control)).toHaveCount(0)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await page.emulateMedia({ media: null })

  await tab(page, 'Code').click()
  await tab(page, 'Versions and rotation').click()
  await expect(page).toHaveURL(/\?tab=rotation$/)
  await page.reload()
  await expect(page.getByText(/^Version 2 follows in \d+ days, on /)).toBeVisible()
  await page.goBack()
  await expect(tab(page, 'Code')).toHaveAttribute('aria-selected', 'true')

  await navigate(page, '/keys/exoscale/ch-gva-2/01a204c1-9bb8-7710-b140-6b71e43ed820')
  const failed = page.getByRole('alert')
  await expect(failed).toContainText('It may be destroyed, or exist in another zone.')
  await navigate(page, '/keys/aws/eu-west-1/alias')
  await expect(failed).toContainText('There is no cloud named “aws” here')
  await failed.getByRole('link', { name: 'All keys' }).click()
  await expect(page).toHaveURL(/\/keys$/)
})

test('a change is refused because the key changed meanwhile, and one that the role may not make', async ({
  page,
  faulty,
}) => {
  const key = await faulty.api.thalassa.create({ name: 'meanwhile' })
  const notFound = { status: 404, body: '{"message":"not found"}' }
  await faulty.upstream.answerWith({ method: 'POST', path: '**/disable', ...notFound })
  await page.goto(`${faulty.url}${thalassaPath(key)}?tab=rotation`)
  await menuItem(page, 'Disable…')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(dialog.getByRole('alert')).toContainText('your role probably does not allow this')
  await dialog.getByRole('button', { name: 'Keep it active' }).click()

  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await choosePeriod(page, 'Other')
  await page.getByLabel('Period in days').fill('77')
  await faulty.api.thalassa.act(key, 'DELETE', '')
  await button(page, 'Save rotation').click()
  const form = page.getByRole('form')
  await expect(form.getByRole('alert')).toContainText('KMS key is pending deletion.')
  await expect(form.getByRole('alert')).toContainText('/rotation · 400')
  await expect(page.getByRole('alert').filter({ hasText: 'Deletes in' })).toBeVisible()
  await expect(page.getByLabel('Period in days')).toHaveValue('77')
  await button(page, 'Discard changes').click()
  await expect(page.getByText('Settings can’t be changed while deletion is pending.')).toBeVisible()
})

test('a public key is copied and downloaded as other tools read it, also while the key is disabled', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await api.thalassa.create({ name: uniqueName('ed'), keyType: 'ed25519' })
  await api.thalassa.act(key, 'POST', '/disable')
  const { keys } = await api.call<{ keys: Record<string, string> }>(
    'GET',
    `/api/thalassa/v1/kms/nl-01/keys/${key.identity}/public-key`,
  )
  await page.goto(`${thalassaPath(key)}?tab=public-key`)
  const downloading = page.waitForEvent('download')
  await button(page, 'Download PEM of version 1').click()
  const file = await downloading
  expect(file.suggestedFilename()).toMatch(/^ed-[a-z0-9]+-v1\.pem$/)
  const pem = await readFile(await file.path(), 'utf8')
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' })
  expect(der.subarray(-32).toString('base64')).toBe(keys['1'])
  await expect(page.getByRole('tabpanel')).toContainText(createHash('sha256').update(der).digest('hex'))
  await button(page, 'Copy public key of version 1').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(pem)
})
