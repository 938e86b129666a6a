/**
 * Every screen and its main states once by axe's rules, in the light theme. States that only one journey reaches, such as
 * a lost answer, are checked in the spec file of that journey; contrast in both themes in `tools/contrast.test.ts`.
 */
import type { Page } from '@playwright/test'
import { activityPath, details, facts, rows } from './activity-page.ts'
import { row as apiKeyRow, denying, fillCreation, secretDialog, test as withAccess } from './api-keys-page.ts'
import { button, chooseWhere, field, radio, toNext } from './create-key-page.ts'
import { asFile, encryptOnPage, filesUrl, screen } from './files-page.ts'
import { expect, expectAccessible, expectReadableInDark, test, uniqueName } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { goToMaterial } from './import-key-page.ts'
import { exoscalePath, menuItem, thalassaPath } from './key-page.ts'
import { active, open as openPalette, field as paletteField } from './palette-page.ts'
import { exoscaleUrl, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

test.describe.configure({ mode: 'parallel' })

const narrow = (page: Page) => page.setViewportSize({ width: 390, height: 844 })
const dialog = (page: Page) => page.getByRole('dialog')
const main = (page: Page) => page.getByRole('main')

/** Opens a page, and waits until it has loaded. */
async function visit(page: Page, path: string, text: string | RegExp) {
  await page.goto(path)
  await expect(main(page).getByText(text).first()).toBeVisible()
  await expect(main(page).locator('[aria-busy="true"]')).toHaveCount(0)
}

test('screens without a key, and Overview with keys', async ({ page, emptyServer: { url } }) => {
  for (const [path, sight] of [
    ['/', 'Begin with a key'],
    ['/keys', 'No keys yet'],
    ['/playground', 'No keys yet'],
    ['/activity', 'No operations found so far'],
  ] as const) {
    await visit(page, url + path, sight)
    await expectAccessible(page)
  }
  const api = gatewayClient(url)
  await api.thalassa.create({ name: 'card-vault', keyRotationEnabled: true, rotationPeriodInDays: 20 })
  const old = await api.thalassa.create({ name: 'ledger-2023' })
  await api.thalassa.act(old, 'DELETE', '')
  await visit(page, url, '1 item needs a decision')
  await expectAccessible(page)
  await narrow(page)
  await expectAccessible(page)
})

test('a new console', async ({ page, newServer: { url } }) => {
  await visit(page, url, 'No keys of your own yet')
  await expectAccessible(page)
  await visit(page, `${url}/keys`, 'Create your first key')
  await expectAccessible(page)
})

test('Keys: its list, menus, selection, dialogs, cards and filters', async ({ page, api }) => {
  const stem = uniqueName('listed')
  await api.thalassa.create({ name: `${stem} t`, labels: { env: 'prod', team: 'data' } })
  await api.exoscale.create({ name: `${stem} x` })
  await visit(page, `/keys?q=${encodeURIComponent(stem)}`, `${stem} t`)
  await expectReadableInDark(page)
  await page.getByRole('combobox', { name: 'Filters' }).click()
  await page.getByRole('option', { name: 'Active' }).click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await button(page, `Actions for ${stem} t, nl-01`).click()
  await expect(page.getByRole('menuitem', { name: 'Open in playground' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await button(page, 'Columns').click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Labels' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('checkbox', { name: 'Select all keys that are shown' }).check()
  const selection = page.getByRole('toolbar', { name: 'Actions for the selection' })
  await expect(selection).toContainText('2 selected')
  await expectAccessible(page)
  await selection.getByRole('button', { name: 'Schedule deletion' }).click()
  await expect(dialog(page)).toContainText('Type 2 to confirm')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await narrow(page)
  await expect(page.getByRole('list', { name: 'Keys', exact: true }).getByRole('listitem')).toHaveCount(2)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Filters/ }).click()
  await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
  await expectAccessible(page)
  await visit(page, '/keys?q=nothing-of-the-kind', 'No match')
  await expectAccessible(page)
})

test('a key: its tabs', async ({ page, api }) => {
  const key = await api.thalassa.create({
    name: uniqueName('tabs'),
    keyType: 'ecdsa-p256',
    exportAllowed: true,
    labels: { env: 'prod' },
    keyRotationEnabled: true,
    rotationPeriodInDays: 90,
  })
  await api.thalassa.act(key, 'POST', '/rotate')
  for (const [search, sight] of [
    ['', 'If disabled'],
    ['?tab=rotation', 'Save rotation'],
    ['?tab=public-key', 'BEGIN PUBLIC KEY'],
    ['?tab=code', 'Thalassa'],
    ['?tab=activity', 'Rotate'],
  ] as const) {
    await visit(page, thalassaPath(key) + search, sight)
    await expectAccessible(page)
  }
  const copied = await api.exoscale.create({ name: uniqueName('tabs'), 'multi-zone': true })
  for (const [search, sight] of [
    ['?tab=replicas', 'ch-gva-2'],
    ['?tab=rotation', '0 of 10 used'],
  ] as const) {
    await visit(page, exoscalePath(copied) + search, sight)
    await expectAccessible(page)
  }
})

test('a key: its dialogs and states', async ({ page, api }) => {
  const name = uniqueName('states')
  const key = await api.thalassa.create({ name })
  await visit(page, thalassaPath(key), 'Last rotated')
  await button(page, 'Rotate now').click()
  await dialog(page).getByRole('button', { name: 'Show code' }).click()
  await expect(dialog(page).getByRole('tabpanel')).toContainText('/rotate')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await menuItem(page, 'Schedule deletion…')
  await dialog(page).getByRole('textbox').fill(name)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await menuItem(page, 'Disable…')
  await expect(dialog(page)).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('This key is disabled.')).toBeVisible()
  await expectAccessible(page)
  await expectReadableInDark(page)
  await api.thalassa.act(key, 'DELETE', '')
  await visit(page, thalassaPath(key), /^Deletes in \d+ days/)
  await expectAccessible(page)
  await narrow(page)
  await expectAccessible(page)
  await visit(page, '/keys/thalassa/nl-01/kms-nothing', 'This key was not found')
  await expectAccessible(page)
})

for (const [cloud, location] of [
  ['Thalassa Cloud', 'nl-01'],
  ['Exoscale', 'ch-gva-2'],
] as const)
  test(`create a key: every step for ${cloud}`, async ({ page }) => {
    await page.goto('/keys/new')
    await expect(radio(page, cloud)).toBeVisible()
    await expectAccessible(page)
    await chooseWhere(page, cloud, location)
    await expectAccessible(page)
    await toNext(page)
    await button(page, 'Create key').click()
    await expect(field(page, 'Name')).toHaveAttribute('aria-invalid', 'true')
    if (cloud === 'Thalassa Cloud') await button(page, 'Add label').click()
    await expectAccessible(page)
    await field(page, 'Name').fill('accessible')
    if (cloud === 'Thalassa Cloud') await page.getByRole('switch', { name: 'Rotate automatically' }).check()
    await radio(page, 'Other').check()
    await expectAccessible(page)
    await field(page, 'Period in days').fill('100')
    await narrow(page)
    await expectAccessible(page)
  })

test('create a key from imported material', async ({ page }) => {
  await goToMaterial(page)
  await expectAccessible(page)
  await narrow(page)
  await expectAccessible(page)
})

test('Playground: encrypt, decrypt, and a key that is refused', async ({ page, api }) => {
  const b = playground(page)
  const key = await newKey(api)
  await page.goto(thalassaUrl(key))
  await b.plaintext.fill('seen')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  await page.getByRole('button', { name: 'Show code' }).click()
  await expectAccessible(page)
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('seen')
  await expectAccessible(page)
  await b.ciphertext.fill('thalassa:v3:AAAA')
  await b.decrypt.click()
  await expect(b.failure).toContainText('Invalid ciphertext.')
  await expectAccessible(page)
  await expectReadableInDark(page)
  await narrow(page)
  await expectAccessible(page)
  await api.thalassa.act(key, 'POST', '/disable')
  await page.reload()
  await expect(page.getByText(/can’t decrypt\./)).toBeVisible()
  await expectAccessible(page)
  await visit(page, '/playground?key=thalassa/nl-01/kms-nothere', 'This key could not be read')
  await expectAccessible(page)
})

test('Playground: the list of keys, re-encryption and data keys', async ({ page, api }) => {
  const b = playground(page)
  const key = await newExoscaleKey(api)
  await page.goto(exoscaleUrl(key, 'reEncrypt'))
  await b.source.fill(await api.exoscale.encrypt(key, 'seen'))
  await b.reEncrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await expectAccessible(page)
  await b.key.click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await b.tab('Data key').click()
  await b.generate.click()
  await expect(b.encryptedKey).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await expectAccessible(page)
})

test('Playground: signatures and HMACs', async ({ page, api }) => {
  const b = playground(page)
  await page.goto(thalassaUrl(await newKey(api, 'ecdsa-p256'), 'sign'))
  await b.message.fill('seen')
  await b.sign.click()
  await expect(b.signature).toHaveText(/^thalassa:v1:/)
  await expectAccessible(page)
  await b.toVerify.click()
  await b.isOn('Verify')
  await b.verify.click()
  await b.message.fill('not seen')
  await b.verifyOffline.click()
  await expect(b.inBrowser).toContainText('Does not match')
  await expectAccessible(page)
  await page.goto(thalassaUrl(await newKey(api, 'hmac-sha256'), 'hmac'))
  await b.message.fill('seen')
  await b.computeHmac.click()
  await expect(b.hmac).toHaveText(/^thalassa:v1:/)
  await expectAccessible(page)
})

test('Files: encrypted, chosen to decrypt, and decrypted', async ({ page, api }) => {
  const files = screen(page)
  const { identity } = await newKey(api)
  await page.goto(filesUrl(`thalassa/nl-01/${identity}`))
  const encrypted = await encryptOnPage(page, 'report.pdf', Buffer.from('report'))
  await expect(files.saveAgain).toBeVisible()
  await expectAccessible(page)
  await files.toDecryption.click()
  await files.toDecrypt.setInputFiles(asFile('report.pdf.age', encrypted))
  await expect(files.decrypt).not.toHaveAttribute('aria-disabled')
  await expectAccessible(page)
  await files.decrypt.click()
  await expect(page.getByText('The whole file is verified')).toBeVisible()
  await expectAccessible(page)
  await narrow(page)
  await expectAccessible(page)
})

test('Activity: its list, cards and filters', async ({ page, api }) => {
  const name = uniqueName('seen')
  const key = await api.thalassa.create({ name })
  await page.goto(activityPath(key))
  await details(rows(page, name).first()).click()
  await expect(facts(page, 'Client address')).toBeVisible()
  await expectAccessible(page)
  await expectReadableInDark(page)
  await narrow(page)
  await expect(page.getByRole('list', { name: 'Activity' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Filters, 1 set' }).click()
  await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
  await expectAccessible(page)
})

withAccess('API keys and roles: their lists and dialogs', async ({ page, iam }) => {
  const role = await iam.access.createRole('office-only', denying({ iam: { type: 'allow' } }))
  await iam.access.createKey('printer', role)
  await page.goto(`${iam.url}/api-keys`)
  await expect(apiKeyRow(page, 'printer')).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Delete printer').click()
  await expect(dialog(page).getByRole('textbox')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await button(page, 'Create API key').click()
  await dialog(page).getByRole('button', { name: 'Create API key' }).click()
  await expect(dialog(page).getByRole('textbox', { name: 'Name' })).toHaveAccessibleDescription(/Give the key a name/)
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Not now' }).click()
  const form = await fillCreation(page, 'stored', 'kms-crypto')
  await form.getByRole('button', { name: 'Create API key' }).click()
  await expect(secretDialog(page)).toBeVisible()
  await page.mouse.move(0, 0)
  await expectAccessible(page)
  await secretDialog(page).getByRole('checkbox').check()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: /^Roles/ }).click()
  await expect(apiKeyRow(page, 'Owner', 'Roles')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'office-only', exact: true }).click()
  await expect(page.getByRole('region', { name: 'office-only', exact: true })).toContainText('Everything')
  await expectAccessible(page)
  await narrow(page)
  await expectAccessible(page)
  await page.goto(`${iam.url}/api-keys`)
  await expect(page.getByRole('button', { name: 'Delete printer' })).toBeVisible()
  await expectAccessible(page)
})

test('Connections: tested, and how to connect', async ({ page }) => {
  await page.goto('/connections')
  await expectAccessible(page)
  for (const cloud of ['Thalassa Cloud', 'Exoscale']) {
    await button(page, `Test connection to ${cloud}`).click()
    await expect(page.getByRole('region', { name: cloud, exact: true }).getByText(/^Tested \d+/)).toBeVisible()
  }
  await expectAccessible(page)
  await button(page, 'Connect Thalassa Cloud…').click()
  await expect(dialog(page)).toContainText('read -rs THALASSA_PERSONAL_ACCESS_TOKEN')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await narrow(page)
  await expectAccessible(page)
})

test('the shell: palette, shortcuts, requests, projects and menu', async ({ page, api }) => {
  const key = await newKey(api)
  await visit(page, thalassaPath(key), 'Last rotated')
  await openPalette(page)
  await expect(active(page)).toBeVisible()
  await expectAccessible(page)
  await paletteField(page).fill('zzz nothing of the kind')
  await expect(page.getByText('Nothing matches “zzz nothing of the kind”.')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await button(page, 'Help and shortcuts').click()
  await expect(dialog(page)).toContainText('Search on this page')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  const projects = page.getByRole('list', { name: 'Connections' }).getByRole('button').first()
  await projects.click()
  await expect(page.getByRole('menuitem', { name: 'Project Payments' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Requests' }).click()
  await page
    .getByRole('button', { name: /GET \/v1\/kms\/summary/ })
    .first()
    .click()
  await expect(page.getByText('content-type: application/json').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 800, height: 900 })
  await expectAccessible(page)
  await narrow(page)
  await button(page, 'Menu').click()
  const menu = page.getByRole('dialog', { name: 'Menu' })
  await expect(menu).toBeVisible()
  await expectAccessible(page)
  await menu.getByRole('button', { name: 'Requests' }).click()
  await expect(page.getByRole('dialog', { name: 'Requests' })).toBeVisible()
  await expect(menu).toBeHidden()
  await page.goto('/nothing-of-the-kind')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})

test('a provider that keeps lists waiting, refuses one, or all', async ({ page, faulty }) => {
  await faulty.api.thalassa.create({ name: 'here' })
  for (const path of ['/', '/keys', '/activity']) {
    await faulty.upstream.hang('**')
    await page.goto(faulty.url + path)
    await expect(main(page).locator('[aria-busy="true"]').first()).toBeVisible()
    await expectAccessible(page)
    await faulty.upstream.heal()
  }
  const refused = { status: 403, body: '{"message":"Role may not list keys"}' }
  await faulty.upstream.answerWith({ method: 'GET', path: '/zone/bg-sof-1/**', ...refused })
  for (const path of ['/', '/keys']) {
    await page.goto(faulty.url + path)
    await expect(
      main(page)
        .getByText(/^(bg-sof-1 is missing|Role may not list keys)/)
        .first(),
    ).toBeVisible()
    await expectAccessible(page)
  }
  await faulty.upstream.answerWith({ method: 'GET', path: '**', status: 401, body: '{"message":"unauthorized"}' })
  for (const path of ['/', '/keys']) {
    await page.goto(faulty.url + path)
    await expect(page.getByRole('button', { name: 'Retry' }).first()).toBeVisible()
    await expectAccessible(page)
  }
})
