import { createHash, createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import { button, exoscalePath, tab, thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

/** Description of each type on the page, and its name in Web Cryptography. */
const types = [
  { keyType: 'rsa-2048', description: 'RSA, 2048 bits', algorithm: { name: 'RSA-PSS', hash: 'SHA-256' } },
  { keyType: 'ecdsa-p256', description: 'ECDSA on P-256, 256 bits', algorithm: { name: 'ECDSA', namedCurve: 'P-256' } },
  { keyType: 'ecdsa-p384', description: 'ECDSA on P-384, 384 bits', algorithm: { name: 'ECDSA', namedCurve: 'P-384' } },
  { keyType: 'ecdsa-p521', description: 'ECDSA on P-521, 521 bits', algorithm: { name: 'ECDSA', namedCurve: 'P-521' } },
  { keyType: 'ed25519', description: 'Ed25519, 256 bits', algorithm: { name: 'Ed25519' } },
] as const

const panel = (page: Page, version: number) => page.getByRole('region', { name: `Version ${version}`, exact: true })
const shownKey = (page: Page, version: number) =>
  page.getByRole('textbox', { name: `Public key of version ${version}`, exact: true })
const pemOf = async (page: Page, version: number) => `${await shownKey(page, version).innerText()}\n`

const derOf = (pem: string) => createPublicKey(pem).export({ format: 'der', type: 'spki' })

test('public keys of every type are PEM that other tools read', async ({ page, api }) => {
  await page.goto('/keys')
  for (const { keyType, description, algorithm } of types) {
    const key = await api.thalassa.create({ name: uniqueName(keyType), keyType })
    await navigate(page, `${thalassaPath(key)}?tab=public-key`)
    await expect(panel(page, 1)).toContainText(description)
    const der = derOf(await pemOf(page, 1))
    const imported = await crypto.subtle.importKey('spki', new Uint8Array(der), algorithm, true, ['verify'])
    expect(imported.type).toBe('public')

    const digest = createHash('sha256').update(der).digest()
    await expect(panel(page, 1)).toContainText(digest.toString('hex'))
    await expect(panel(page, 1)).toContainText(digest.toString('base64'))

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download PEM of version 1' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${keyType}-[a-z0-9]+-v1\\.pem$`))
    expect(derOf(await readFile(await file.path(), 'utf8'))).toEqual(der)
  }
})

test('public keys: PEM and raw, a panel per version, every status, and the keyboard', async ({
  page,
  api,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('Ed25519 as PEM and raw, copied', async () => {
    const key = await api.thalassa.create({ name: uniqueName('ed'), keyType: 'ed25519' })
    const { keys } = await api.call<{ keys: Record<string, string> }>(
      'GET',
      `/api/thalassa/v1/kms/nl-01/keys/${key.identity}/public-key`,
    )
    await page.goto(`${thalassaPath(key)}?tab=public-key`)
    const pem = await pemOf(page, 1)
    const copy = page.getByRole('button', { name: 'Copy public key of version 1' })
    await copy.click()
    await expect(copy).toHaveText('Copied')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(pem)
    await page.getByRole('radiogroup', { name: 'Form of version 1' }).getByText('Raw').click()
    await expect(shownKey(page, 1)).toHaveText(keys['1'] ?? '')
    await copy.click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(keys['1'])
    expect(derOf(pem).subarray(-32).toString('base64')).toBe(keys['1'])
  })

  await test.step('a panel for every version, the latest first', async () => {
    const key = await api.thalassa.create({ name: uniqueName('versions'), keyType: 'ecdsa-p256' })
    for (let rotation = 0; rotation < 9; rotation += 1) await api.thalassa.act(key, 'POST', '/rotate')
    await navigate(page, thalassaPath(key))
    await tab(page, 'Public key').click()
    await expect(page).toHaveURL(/\?tab=public-key$/)
    const headings = page.getByRole('tabpanel').getByRole('heading', { name: /^Version \d+$/ })
    await expect(headings).toHaveText(['10', '9', '8', '7', '6', '5', '4', '3'].map((version) => `Version ${version}`))
    await expect(panel(page, 10)).toContainText('the latest, which signs')
    await expect(panel(page, 9)).toContainText('verifies what it signed')
    await button(page, 'Show 2 older versions').click()
    await expect(headings).toHaveCount(10)
    expect(new Set([await pemOf(page, 10), await pemOf(page, 9), await pemOf(page, 1)]).size).toBe(3)
    await expect(page.getByRole('link', { name: 'Verify in playground' })).toHaveAttribute(
      'href',
      `/playground?key=thalassa%2Fnl-01%2F${key.identity}&op=verify`,
    )
  })

  await test.step('disabled and pending keys, and keys without a public key', async () => {
    const key = await api.thalassa.create({ name: uniqueName('off'), keyType: 'ed25519' })
    await api.thalassa.act(key, 'POST', '/disable')
    await navigate(page, `${thalassaPath(key)}?tab=public-key`)
    await expect(page.getByText('This key is disabled.')).toBeVisible()
    const pem = await pemOf(page, 1)
    await api.thalassa.act(key, 'DELETE', '')
    await page.reload()
    await expect(page.getByText(/^Destroyed in \d+ days/)).toBeVisible()
    expect(await pemOf(page, 1)).toBe(pem)

    const symmetric = await api.thalassa.create({ name: uniqueName('none') })
    await navigate(page, `${thalassaPath(symmetric)}?tab=public-key`)
    await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true')
    await expect(tab(page, 'Public key')).toBeHidden()
    await navigate(page, exoscalePath(await api.exoscale.create({ name: uniqueName('none') })))
    await expect(tab(page, 'Code')).toBeVisible()
    await expect(tab(page, 'Public key')).toBeHidden()
    await expect(tab(page, 'Export')).toBeHidden()
  })

  await test.step('keyboard and a narrow screen', async () => {
    const key = await api.thalassa.create({ name: uniqueName('accessible'), keyType: 'ed25519' })
    await navigate(page, thalassaPath(key))
    await tab(page, 'Rotation').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/tab=public-key/)
    await expect(panel(page, 1)).toContainText('SHA-256, hex')
    await page.getByRole('radio', { name: 'PEM' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(shownKey(page, 1)).not.toContainText('BEGIN')
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoOverflow(page)
  })
})

test('public keys that can’t be read are read again with Retry', async ({ page, faulty }) => {
  const key = await faulty.api.thalassa.create({ name: uniqueName('faulty'), keyType: 'ed25519' })
  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/public-key',
    status: 403,
    body: '{"message":"kms is not enabled for this organisation"}',
  })
  await page.goto(`${faulty.url}${thalassaPath(key)}?tab=public-key`)
  const failed = page.getByRole('alert')
  await expect(failed).toContainText('The public keys could not be read')
  await expect(failed).toContainText(`/keys/${key.identity}/public-key`)
  await faulty.upstream.heal()
  await failed.getByRole('button', { name: 'Retry' }).click()
  await expect(panel(page, 1)).toBeVisible()
})
