/** Operations against the real KMS; forms, messages and limits are tested in `PlaygroundPage.browser.test.tsx`. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { exoscaleUrl, keptByBrowser, newKey, playground, thalassaUrl, withLastBitFlipped } from './playground-page.ts'

const MASK = '•'.repeat(24)

/** Opens a list with a search field and chooses the only match. */
async function choose(page: Page, label: RegExp, name: string) {
  await page.getByRole('combobox', { name: label }).fill(name)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
}

test('Thalassa: text and a file come back, in the chosen version, and a refusal keeps the input', async ({
  page,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const b = playground(page)
  const name = uniqueName('play')
  const key = await api.thalassa.create({ name })
  await api.thalassa.act(key, 'POST', '/rotate')
  await page.goto('/playground')
  await b.plaintext.fill('žluť')
  await b.key.click()
  await choose(page, /Find a key that can encrypt/, name)
  await expect(page).toHaveURL(thalassaUrl(key).replaceAll('/nl-01/', '%2Fnl-01%2F'))
  await page.getByLabel('Version').click()
  await page.getByRole('option', { name: /^1\b/ }).press('Enter')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)

  const answered = await b.ciphertext.innerText()
  const hex = Buffer.from(answered.split(':')[2] ?? '', 'base64').toString('hex')
  await b.shownAs('Hex').check()
  await expect(b.ciphertext).toHaveText(hex)
  await page.getByRole('button', { name: 'Copy ciphertext' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(hex)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download ciphertext' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^play-\w+\.ciphertext\.hex\.txt$/)
  expect(await readFile(await saved.path(), 'utf8')).toBe(hex)
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await expect(b.ciphertext).toHaveValue(answered)
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('žluť')

  await b.toEncrypt.click()
  await b.isOn('Encrypt')
  await expect(b.plaintext).toHaveValue('žluť')
  const bytes = Buffer.from([1, 2, 3, 254, 255])
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Load from file' }).click(),
  ])
  await chooser.setFiles({ name: 'seed.bin', mimeType: 'application/octet-stream', buffer: bytes })
  await expect(b.plaintext).toHaveValue(bytes.toString('base64'))
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('010203feff')

  await api.thalassa.act(key, 'POST', '/disable')
  await b.decrypt.click()
  await expect(b.failure).toContainText('KMS key is disabled.')
  await expect(b.ciphertext).toHaveValue(/^thalassa:v1:/)
  await expect(b.decrypt).toHaveAccessibleDescription('The key is disabled. Enable it first.')
})

test('Exoscale: contexts bind, re-encryption moves to another key, and a data key opens again', async ({
  page,
  api,
}) => {
  const b = playground(page)
  const [name, other] = [uniqueName('from'), uniqueName('to')]
  const [from, to] = await Promise.all([api.exoscale.create({ name }), api.exoscale.create({ name: other })])
  await page.goto(exoscaleUrl(from))
  await b.plaintext.fill('moved')
  await b.context.fill('tenant=42')
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await expect(b.context).toHaveValue('tenant=42')
  await b.context.fill('tenant=43')
  await b.decrypt.click()
  await expect(b.failure).toContainText('wrong key, wrong encryption context or changed ciphertext.')
  await expect(b.failure).toContainText(/POST \/v2\/kms-key\/[-0-9a-f]+\/decrypt · 400 · request /)

  const old = await b.ciphertext.inputValue()
  await b.context.fill('tenant=42')
  await b.toReEncrypt.click()
  await b.isOn('Re-encrypt')
  await expect(b.source).toHaveValue(old)
  await expect(b.sourceContext).toHaveValue('tenant=42')
  await b.destination.click()
  await choose(page, /Destination key: Find/, other)
  await b.destinationContext.fill('tenant=44')
  await b.reEncrypt.click()
  await expect(page.getByText(`${other}, latest version`)).toBeVisible()
  await expect(page.getByText('The destination context, 9 bytes')).toBeVisible()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await expect(page).toHaveURL(new RegExp(`${to.id}&op=decrypt$`))
  await expect(b.context).toHaveValue('tenant=44')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('moved')
  await page.goBack()
  await b.isOn('Re-encrypt')
  await expect(b.key).toHaveAccessibleName(`Key: ${name}`)
  await expect(b.source).toHaveValue(old)

  await b.tab('Data key').click()
  await b.isOn('Data key')
  await b.context.fill('tenant=42')
  await b.generate.click()
  await expect(b.plaintextKey).toHaveText(MASK)
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{43}=$/)
  const [plaintext, encrypted] = [await b.plaintextKey.innerText(), await b.encryptedKey.innerText()]
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download plaintext key' }).click(),
  ])
  expect((await readFile(await saved.path())).toString('base64')).toBe(plaintext)
  await page.getByRole('button', { name: 'Show code' }).click()
  await page.getByRole('tab', { name: 'curl' }).click()
  await expect(page.getByText(`/kms-key/${from.id}/generate-data-key`).first()).toBeVisible()
  await expect(page.getByText(plaintext)).toHaveCount(1)
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(MASK)
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await b.shownAs('Base64').check()
  await expect(b.plaintext).toHaveText(plaintext)
  const kept = await keptByBrowser(page)
  for (const text of [plaintext, encodeURIComponent(plaintext), encrypted, old]) expect(kept).not.toContain(text)
})

test('a signature and a signed digest verify in the cloud and offline, and stay in memory only', async ({
  page,
  api,
}) => {
  const b = playground(page)
  const message = 'never-to-be-stored-message'
  await page.goto(thalassaUrl(await newKey(api, 'ecdsa-p256'), 'sign'))
  await b.message.fill(message)
  await b.sign.click()
  await expect(b.signature).toHaveText(/^thalassa:v1:/)
  const signature = await b.signature.innerText()
  await b.shownAs('Hex').check()
  // ASN.1 DER, as other programs take it.
  await expect(b.signature).toHaveText(/^30[0-9a-f]+$/)
  await b.toVerify.click()
  await b.isOn('Verify')
  await expect(b.signature).toHaveValue(signature)
  await expect(b.message).toBeFocused()
  const calls: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) calls.push(`${request.method()} ${pathname.replace(/.*\//, '')}`)
  })
  await b.verifyOffline.click()
  await expect(b.inBrowser).toContainText(/Matches.*ECDSA on P-256/)
  expect(calls).toEqual(['GET public-key'])
  await b.verify.click()
  await expect(b.inCloud).toContainText('Matches')
  await b.signature.fill(withLastBitFlipped(signature))
  await b.verifyOffline.click()
  await expect(b.inBrowser).toContainText('Does not match')
  await b.verify.click()
  await expect(b.inCloud).toContainText('Does not match')
  await expect(b.failure).toHaveCount(0)
  await expect(b.requests.nth(1)).toContainText(/^Verify\s*play \S+: does not match/)

  await b.tab('Sign').click()
  await b.isOn('Sign')
  await b.prehashed.check()
  await b.encoding('Base64').check()
  await b.digest.fill(createHash('sha256').update(message).digest('base64'))
  await b.sign.click()
  await b.toVerify.click()
  await b.isOn('Verify')
  await expect(page.getByText('A digest was signed. Verifying takes the message that it was made of.')).toBeVisible()
  await b.message.fill(message)
  await b.verify.click()
  await expect(b.inCloud).toContainText('Matches')

  const kept = await keptByBrowser(page)
  for (const text of [message, btoa(message), signature.split(':')[2] ?? '']) expect(kept).not.toContain(text)
  await page.getByRole('link', { name: /^Keys/ }).click()
  await expect(page).toHaveURL(/\/keys$/)
  await page.goBack()
  await b.isOn('Verify')
  await expect(b.message).toHaveValue('')
  await expect(b.signature).toHaveValue('')
})

test('the key of a ciphertext is found: with its context, after a 429, and only on request', async ({
  page,
  faulty,
}) => {
  const b = playground(page)
  const { api, upstream, url } = faulty
  const dialog = page.getByRole('dialog', { name: 'Find the key of this ciphertext' })
  const attempt = dialog.getByRole('button', { name: /^Try / })
  const [, wanted, off] = await Promise.all(['other', 'wanted', 'off'].map((name) => api.exoscale.create({ name })))
  if (!wanted || !off) throw new Error('no keys')
  const ciphertext = await api.exoscale.encrypt(wanted, 'bound', 'tenant=42')
  await api.exoscale.act(off, 'disable')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/decrypt')) sent.push(request.url())
  })
  await page.goto(`${url}/playground?op=decrypt`)
  await b.ciphertext.fill(ciphertext)
  await page.getByRole('button', { name: 'Find its key' }).click()
  await expect(attempt).toHaveText('Try 2 keys')
  expect(sent).toEqual([])
  await attempt.click()
  await expect(dialog).toContainText('Wrong context, changed ciphertext, or a key that this console does not see.')
  await expect(attempt).toHaveAccessibleDescription('All keys were tried.')
  await dialog.getByRole('textbox', { name: 'Encryption context' }).fill('tenant=42')
  const slowDown = { status: 429, headers: { 'retry-after': '30' }, body: '{"message":"slow down"}' }
  await upstream.answerWith({ method: 'POST', path: '**/decrypt', ...slowDown })
  await attempt.click()
  await expect(dialog.getByRole('alert')).toContainText(/The search stopped\..*429/)
  await upstream.heal()
  await attempt.click()
  await expect(dialog.getByRole('row', { name: /wanted/ })).toContainText('Decrypts it')
  expect(sent.join()).not.toContain(off.id)
  await dialog.getByRole('button', { name: 'Decrypt with this key' }).click()
  await expect(page).toHaveURL(new RegExp(wanted.id))
  await expect(b.context).toHaveValue('tenant=42')
  await expect(b.plaintext).toHaveText('The plaintext appears here.')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('bound')
})
