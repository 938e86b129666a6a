import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { hidePage } from './page-hide.ts'
import { exoscaleUrl, keptByBrowser, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

test('a result is cleared when the input or the key changes', async ({ page, api }) => {
  const b = playground(page)
  const [first, second] = [await newKey(api), await newKey(api)]
  await page.goto(thalassaUrl(first))
  await b.plaintext.fill('one')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:/)
  await b.encoding('Hex').check()
  await expect(b.plaintext).toHaveValue('6f6e65')
  await expect(b.ciphertext).toHaveText(/^thalassa:/)
  await b.plaintext.fill('6f6e')
  await expect(b.ciphertext).toHaveText('The ciphertext appears here.')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:/)
  await b.key.click()
  await page.getByRole('combobox', { name: /Find a key/ }).fill(second.identity)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(second.identity))
  await expect(b.ciphertext).toHaveText('The ciphertext appears here.')
  await expect(b.plaintext).toHaveValue('6f6e')
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(first.identity))
  await expect(b.plaintext).toHaveValue('6f6e')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(b.plaintext).toHaveValue('')
  await expect(b.requests).toHaveCount(0)
})

test('masked plaintext is hidden in field, output and code', async ({ page, api }) => {
  const b = playground(page)
  await page.goto(thalassaUrl(await newKey(api)))
  await b.plaintext.fill('hidden')
  await page.getByRole('button', { name: 'Show code' }).click()
  await expect(page.getByText(Buffer.from('hidden').toString('base64')).first()).toBeVisible()
  await page.getByRole('button', { name: 'Mask plaintext' }).click()
  await expect(b.plaintext).toHaveCSS('-webkit-text-security', 'disc')
  await expect(page.getByText('The code holds the plaintext, which is masked.')).toBeVisible()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('•'.repeat(24))
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await expect(b.plaintext).toHaveText('hidden')
})

test('results are copied and downloaded, and the request is shown as code', async ({ page, api, context }) => {
  const b = playground(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await newKey(api)
  await page.goto(thalassaUrl(key))
  await b.plaintext.fill('take me')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  const ciphertext = (await b.ciphertext.textContent()) ?? ''
  await page.getByRole('button', { name: 'Copy ciphertext' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(ciphertext)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download ciphertext' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^play-\w+\.ciphertext\.txt$/)
  expect(await readFile(await saved.path(), 'utf8')).toBe(ciphertext)
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  const [plain] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download plaintext' }).click(),
  ])
  expect(await readFile(await plain.path(), 'utf8')).toBe('take me')
  await page.getByRole('button', { name: 'Show code' }).click()
  await expect(page.getByText(`/v1/kms/nl-01/keys/${key.identity}/decrypt`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Hide code' }).click()
})

test('input stays over tabs, is never stored, and is gone after leaving the page', async ({ page, api }) => {
  const b = playground(page)
  const secret = 'never-to-be-stored'
  await page.goto(thalassaUrl(await newKey(api)))
  await b.plaintext.fill(secret)
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  const ciphertext = (await b.ciphertext.textContent()) ?? ''
  await b.tab('Decrypt').click()
  await b.isOn('Decrypt')
  await expect(page).toHaveURL(/op=decrypt$/)
  await b.ciphertext.fill(ciphertext)
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(secret)
  await b.tab('Encrypt').click()
  await b.isOn('Encrypt')
  await expect(b.plaintext).toHaveValue(secret)
  await expect(b.ciphertext).toHaveText(ciphertext)
  await page.goBack()
  await b.isOn('Decrypt')
  await expect(b.ciphertext).toHaveValue(ciphertext)
  await page.goForward()
  await b.isOn('Encrypt')
  await expect(b.plaintext).toHaveValue(secret)

  const kept = await keptByBrowser(page)
  const body = ciphertext.split(':')[2] ?? ''
  for (const text of [secret, btoa(secret), encodeURIComponent(secret), body]) expect(kept).not.toContain(text)

  await page.getByRole('link', { name: /^Keys/ }).click()
  await expect(page).toHaveURL(/\/keys$/)
  await page.goBack()
  await b.isOn('Encrypt')
  await expect(b.plaintext).toHaveValue('')
  await expect(b.requests.nth(1)).toContainText('Decrypt')
  await b.tab('Decrypt').click()
  await b.isOn('Decrypt')
  await expect(b.ciphertext).toHaveValue('')
})

test('a page in the back/forward cache keeps no input and no result', async ({ page, api }) => {
  const b = playground(page)
  const secret = 'not-for-the-back-button'
  await page.goto(exoscaleUrl(await newExoscaleKey(api)))
  await b.plaintext.fill(secret)
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(secret)
  expect(await hidePage(page)).not.toContain(secret)
  await expect(b.requests).toHaveCount(0)
  await b.tab('Encrypt').click()
  await b.isOn('Encrypt')
  await expect(b.plaintext).toHaveValue('')

  await b.tab('Data key').click()
  await b.isOn('Data key')
  await b.generate.click()
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{43}=$/)
  const [plaintext, encrypted] = [await b.plaintextKey.innerText(), await b.encryptedKey.innerText()]
  const held = await hidePage(page)
  expect(held).not.toContain(plaintext)
  expect(held).not.toContain(encrypted)
  await expect(b.encryptedKey).toHaveCount(0)
})
