import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { deleteDialog, row, table, test as withAccess } from './api-keys-page.ts'
import { button, field as formField, heading, radio } from './create-key-page.ts'
import { asFile, savedBytes, screen } from './files-page.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { choosePeriod, tab, thalassaPath } from './key-page.ts'
import { expectDisabledReason, open, option, runCommand } from './palette-page.ts'
import { newKey, playground, thalassaUrl } from './playground-page.ts'
import { pathIn, replicateDialog } from './replicas-page.ts'

const column = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const keyLink = (page: Page, name: string) => page.getByRole('row').getByRole('link', { name, exact: true })
const keyRow = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

async function expectNotification(page: Page, words: string | RegExp) {
  await expect(page.getByRole('region', { name: 'Notifications' }).getByText(words).first()).toBeVisible()
}

/** Runs a command that copies, and returns the clipboard's text. */
async function copied(page: Page, label: string, what: string) {
  await runCommand(page, label)
  await expectNotification(page, `Copied the ${what}.`)
  return page.evaluate(() => navigator.clipboard.readText())
}

async function saved(page: Page, label: string) {
  const download = page.waitForEvent('download')
  await runCommand(page, label)
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('commands of the overview: cancel deletions and refresh', async ({ page, emptyServer: { url } }) => {
  const api = gatewayClient(url)
  for (const number of [1, 2, 3, 4, 5, 6])
    await api.thalassa.act(await api.thalassa.create({ name: `going ${number}` }), 'DELETE', '')
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('6 keys need a decision')
  await open(page)
  await expect(page.getByRole('group', { name: 'On this page' })).toBeVisible()
  await expect(option(page, /^Cancel deletion of going/)).toHaveCount(5)
  await page.keyboard.press('Escape')
  await runCommand(page, 'Cancel deletion of going 2')
  await expectNotification(page, 'Cancelled the deletion of going 2.')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('5 keys need a decision')
  await runCommand(page, 'Refresh')
  await expect(button(page, 'Refresh')).toBeVisible()
})

test('commands of the key list: filters, order, columns, export and the selection', async ({ page, api }) => {
  await test.step('filters, order, columns and export', async () => {
    const name = uniqueName('listed')
    await api.thalassa.create({ name, labels: { env: 'prod' } })
    await page.setViewportSize({ width: 1600, height: 900 })
    await page.goto('/keys')
    await expect(keyLink(page, name)).toBeVisible()
    await expectDisabledReason(page, 'Clear filters', 'No filter is set.')
    await expectDisabledReason(page, 'Reset columns', /All are/)
    await runCommand(page, 'Filter Cloud: Exoscale')
    await expect(page).toHaveURL(/\/keys\?cloud=exoscale$/)
    await expect(keyLink(page, name)).toBeHidden()
    await runCommand(page, 'Remove filter Cloud: Exoscale')
    await expect(page).toHaveURL(/\/keys$/)
    await runCommand(page, 'Sort by Created')
    await expect(page).toHaveURL(/\/keys\?sort=created$/)
    await runCommand(page, 'Sort by Created, descending')
    await expect(page).toHaveURL(/\/keys\?sort=-created$/)
    await runCommand(page, 'Hide column Labels', 'choose columns labels')
    await expect(column(page, 'Labels')).toBeHidden()
    await runCommand(page, 'Show column Labels')
    await expect(column(page, 'Labels')).toBeVisible()

    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await expect(keyLink(page, name)).toBeVisible()
    const csv = await saved(page, 'Export 1 key as CSV')
    expect(csv.name).toMatch(/^kms-keys-.*\.csv$/)
    expect(csv.text).toContain(name)
    const json = await saved(page, 'Export 1 key as JSON')
    expect(JSON.parse(json.text)).toMatchObject([{ name }])
    await runCommand(page, 'Clear filters')
    await expect(page).toHaveURL(/\/keys$/)
  })

  await test.step('the selection', async () => {
    const stem = uniqueName('chosen')
    for (const number of [1, 2]) await api.thalassa.create({ name: `${stem} ${number}` })
    await page.goto(`/keys?q=${encodeURIComponent(stem)}`)
    await page.getByRole('checkbox', { name: `${stem} 1`, exact: false }).check()
    await open(page)
    await expect(page.getByRole('group').first()).toHaveAccessibleName('On 1 selected key')
    await page.keyboard.press('Escape')
    await expectDisabledReason(page, 'Enable', 'It is active already.')
    await runCommand(page, 'Select all 2')
    await runCommand(page, 'Rotate now')
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate 2 keys' }).click()
    await expect(page.getByRole('dialog', { name: 'Rotated 2 keys' })).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await expect(keyRow(page, `${stem} 2`)).toContainText('v2')
  })
})

test('commands of a key’s page: replicas, rotation, public key, export, code and activity', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('replicas', async () => {
    const single = await api.exoscale.create({ name: uniqueName('single') })
    await page.goto(pathIn('ch-gva-2', single))
    await expect(tab(page, 'Replicas')).toBeVisible()
    await expectDisabledReason(page, 'Replicate to…', 'It was created for one zone.')
    const several = await api.exoscale.create({ name: uniqueName('several'), 'multi-zone': true })
    await page.goto(pathIn('ch-gva-2', several))
    await expect(tab(page, 'Replicas')).toBeVisible()
    await runCommand(page, 'Replicate to…')
    await expect(replicateDialog(page)).toBeVisible()
    await expect(page).toHaveURL(/tab=replicas$/)
    await page.keyboard.press('Escape')
    await tab(page, 'Overview').click()
    await tab(page, 'Replicas').click()
    await expect(page.getByRole('button', { name: 'Replicate to…' })).toBeVisible()
    await expect(replicateDialog(page)).toBeHidden()
    await runCommand(page, 'Replicate to…')
    await expect(replicateDialog(page)).toBeVisible()
  })

  await test.step('rotation, public key, export, code and activity', async () => {
    const name = uniqueName('offering')
    const key = await api.thalassa.create({ name, keyType: 'ecdsa-p256', exportAllowed: true })
    await page.goto(thalassaPath(key))
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await runCommand(page, 'Export key material…')
    const dialog = page.getByRole('dialog', { name: /^Export/ })
    await dialog.getByRole('textbox').fill(name)
    await dialog.getByRole('button', { name: /^Export/ }).click()
    await expect(page.getByText('•'.repeat(24))).toBeVisible()
    await runCommand(page, 'Reveal key material')
    await expect(page.getByLabel('Key material', { exact: true })).toContainText('BEGIN')
    await runCommand(page, 'Clear key material')
    await expect(page.getByLabel('Key material', { exact: true })).toBeHidden()

    await runCommand(page, 'Open Rotation')
    await expectDisabledReason(page, 'Save rotation', 'Nothing changed yet.')
    await page.getByRole('switch', { name: 'Rotate automatically' }).click()
    await choosePeriod(page, '30')
    await runCommand(page, 'Save rotation')
    await expectNotification(page, `Saved the rotation of ${name}.`)

    await runCommand(page, 'Open Public key')
    await expect(page.getByRole('button', { name: 'Copy public key of version 1' })).toBeVisible()
    expect(await copied(page, 'Copy public key of version 1', 'public key of version 1')).toContain('BEGIN PUBLIC KEY')
    expect(await copied(page, 'Copy hex fingerprint of version 1', 'hex fingerprint of version 1')).toMatch(
      /^[0-9a-f]{64}$/,
    )
    const pem = await saved(page, 'Download PEM of version 1')
    expect(pem.text).toContain('BEGIN PUBLIC KEY')

    await runCommand(page, 'Open Code')
    await expect(page.getByRole('tab', { name: 'Go', exact: true })).toBeVisible()
    // The tab in view is curl.
    expect(await copied(page, 'Copy Go', 'code under Go')).toContain('package main')
    expect(await copied(page, 'Copy Terraform', 'code under Terraform')).toContain(name)

    await runCommand(page, 'Open Activity')
    await expectDisabledReason(page, 'Clear filters', 'No filter is set.')
    await runCommand(page, 'Use in playground')
    await expect(page).toHaveURL(/\/playground\?key=thalassa/)
  })
})

withAccess('commands of API keys and roles: copy, delete, open and close', async ({ page, iam, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await iam.access.createKey('nightly', await iam.access.role('Owner'))
  await page.goto(`${iam.url}/api-keys`)
  await expect(row(page, 'nightly')).toBeVisible()
  expect(await copied(page, 'Copy key of nightly', 'key of nightly')).toMatch(/^EXO[0-9a-f]{24}$/)
  await runCommand(page, 'Delete nightly…')
  await deleteDialog(page, 'nightly').getByRole('textbox').fill('nightly')
  await deleteDialog(page, 'nightly').getByRole('button', { name: 'Delete API key' }).click()
  await expectNotification(page, 'Deleted nightly.')
  await expect(row(page, 'nightly')).toBeHidden()
  await runCommand(page, 'Show roles')
  await expect(table(page, 'Roles')).toBeVisible()
  await runCommand(page, 'Open role Owner')
  await expect(page.getByRole('region', { name: 'Owner', exact: true })).toBeVisible()
  expect(await copied(page, 'Copy id of Owner', 'id of Owner')).toMatch(/^[0-9a-f-]{36}$/)
  await runCommand(page, 'Close role')
  await expect(page.getByRole('region', { name: 'Owner', exact: true })).toBeHidden()
})

test('commands of files: choose, encrypt, cancel, save and decrypt', async ({ page, faulty }) => {
  const files = screen(page)
  const { id } = await faulty.api.exoscale.create({ name: uniqueName('filing') })
  await page.goto(`${faulty.url}/playground/files?key=exoscale/ch-gva-2/${id}`)
  await expect(page.getByText(`key ${id}`)).toBeVisible()
  await expectDisabledReason(page, 'Encrypt', 'Choose a file first.')
  const choosing = page.waitForEvent('filechooser')
  await runCommand(page, 'Choose file')
  await (await choosing).setFiles(asFile('note.txt', Buffer.from('of the palette')))
  await faulty.upstream.hang('**/encrypt')
  await runCommand(page, 'Encrypt', 'encrypt')
  await expect(files.progress).toBeVisible()
  await runCommand(page, 'Cancel')
  await expect(page.getByText('Cancelled. Nothing was kept.').first()).toBeVisible()
  await faulty.upstream.heal()
  const first = page.waitForEvent('download')
  await runCommand(page, 'Encrypt', 'encrypt')
  await savedBytes(first)
  const again = page.waitForEvent('download')
  await runCommand(page, 'Save again')
  const encrypted = await savedBytes(again)
  await runCommand(page, 'Decrypt a file')
  await expectDisabledReason(page, 'Decrypt', 'Choose a file first.')
  await files.toDecrypt.setInputFiles(asFile('note.txt.age', encrypted))
  await expect(files.decrypt).toBeEnabled()
  const plain = page.waitForEvent('download')
  await runCommand(page, 'Decrypt', 'decrypt')
  expect((await savedBytes(plain)).toString()).toBe('of the palette')
})

test('commands of the wizard, activity, connections and the playground', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('activity', async () => {
    await newKey(api)
    await page.goto('/activity')
    await expect(page.getByRole('table', { name: 'Activity' }).getByRole('row').nth(1)).toBeVisible()
    await expectDisabledReason(page, 'Clear filters', 'No filter is set.')
    await runCommand(page, 'Show reads')
    await expect(page).toHaveURL(/\?reads=1$/)
    await runCommand(page, 'Hide reads')
    await runCommand(page, 'Filter Result: Failed')
    await expect(page).toHaveURL(/\?result=failed$/)
    await runCommand(page, 'Filter Time: Last day')
    await expect(page).toHaveURL(/\?result=failed&time=day$/)
    await runCommand(page, 'Clear filters')
    await expect(page).toHaveURL(/\/activity$/)
    await runCommand(page, 'Refresh')
  })

  await test.step('connections', async () => {
    await page.goto('/connections')
    await expect(page.getByRole('region', { name: 'Exoscale', exact: true })).toBeVisible()
    await runCommand(page, 'Test connection to Exoscale')
    await expect(
      page.getByRole('region', { name: 'Exoscale', exact: true }).getByText(/^Tested \d+ \w+ \d{4}/),
    ).toBeVisible()
    expect(await copied(page, 'Copy Shell', 'code under Shell')).toContain('KMS_PORT')
    await runCommand(page, 'Connect Thalassa Cloud…')
    await expect(page.getByRole('dialog', { name: 'Connect Thalassa Cloud' })).toBeVisible()
  })

  await test.step('playground', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api)))
    await b.plaintext.fill('by palette')
    await expectDisabledReason(page, 'Use in Decrypt', 'Encrypt first.')
    await runCommand(page, 'Encrypt', 'encrypt run')
    await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
    expect(await copied(page, 'Copy ciphertext', 'ciphertext')).toBe(await b.ciphertext.textContent())
    await runCommand(page, 'Use in Decrypt')
    await b.isOn('Decrypt')
    await runCommand(page, 'Decrypt', 'decrypt run')
    await expect(b.plaintext).toHaveText('by palette')
    await runCommand(page, 'Mask plaintext')
    await expect(b.plaintext).toHaveText(/^•+$/)
    await runCommand(page, 'Find its key')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await runCommand(page, 'Clear the list of this visit')
    await expect(b.requests).toHaveCount(0)
    await runCommand(page, 'All operations')
    await expect(page).toHaveURL(/\/playground\?op=decrypt$/)
    await expectDisabledReason(page, 'All operations', 'All operations are shown while no key is chosen.')
    await runCommand(page, 'Choose a key')
    await expect(page.getByRole('combobox', { name: /^Key: Find a key/ })).toBeFocused()
  })

  await test.step('wizard', async () => {
    await page.goto('/keys/new')
    await expect(radio(page, 'Exoscale')).toBeVisible()
    await expectDisabledReason(page, 'Back', 'This is the first step.')
    await expectDisabledReason(page, 'Discard draft…', 'Nothing was chosen or typed yet.')
    await radio(page, 'Exoscale').check()
    await radio(page, 'ch-gva-2').check()
    await runCommand(page, 'Continue to what for')
    await expect(heading(page, 'What is the key for?')).toBeFocused()
    await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
    expect(await copied(page, 'Copy curl', 'code under curl')).toContain('/kms-key')
    await runCommand(page, 'Continue to details')
    await runCommand(page, 'Continue to rotation')
    await expect(formField(page, 'Name')).toBeFocused()
    await expect(formField(page, 'Name')).toHaveAttribute('aria-invalid', 'true')
    const name = uniqueName('by palette')
    await formField(page, 'Name').fill(name)
    await runCommand(page, 'Continue to rotation')
    await runCommand(page, 'Continue to review')
    await expect(heading(page, 'Is everything right?')).toBeFocused()
    await runCommand(page, 'Change what for')
    await expect(heading(page, 'What is the key for?')).toBeFocused()
    await runCommand(page, 'Back')
    await expect(heading(page, 'Where shall the key live?')).toBeFocused()
    await page.goto('/keys/new?step=review')
    await expect(heading(page, 'Is everything right?')).toBeVisible()
    await runCommand(page, 'Create key')
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

    await page.goto('/keys/new')
    await radio(page, 'Thalassa Cloud').check()
    await runCommand(page, 'Discard draft…')
    await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click()
    await expect(radio(page, 'Thalassa Cloud')).not.toBeChecked()
  })
})
