import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'

type Operation = 'encrypt' | 'decrypt'

const thalassaUrl = ({ identity }: { identity: string }, op: Operation = 'encrypt') =>
  `/playground?key=thalassa/nl-01/${identity}${op === 'encrypt' ? '' : `&op=${op}`}`
const exoscaleUrl = ({ id }: { id: string }, op: Operation = 'encrypt') =>
  `/playground?key=exoscale/ch-gva-2/${id}${op === 'encrypt' ? '' : `&op=${op}`}`

const bench = (page: Page) => ({
  plaintext: page.getByRole('textbox', { name: 'Plaintext', exact: true }),
  ciphertext: page.getByRole('textbox', { name: 'Ciphertext', exact: true }),
  context: page.getByRole('textbox', { name: 'Encryption context' }),
  encoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding', exact: true }).getByRole('radio', { name }),
  contextEncoding: (name: string) =>
    page.getByRole('radiogroup', { name: 'Encoding of the context' }).getByRole('radio', { name }),
  shownAs: (name: string) => page.getByRole('radiogroup', { name: 'Shown as' }).getByRole('radio', { name }),
  encrypt: page.getByRole('button', { name: 'Encrypt', exact: true }),
  decrypt: page.getByRole('button', { name: 'Decrypt', exact: true }),
  toDecrypt: page.getByRole('button', { name: 'Use in Decrypt' }),
  toEncrypt: page.getByRole('button', { name: 'Use in Encrypt' }),
  tab: (name: string) => page.getByRole('tab', { name, exact: true }),
  key: page.getByRole('combobox', { name: /^Key/ }),
  failure: page.getByRole('main').getByRole('alert'),
  visits: page.getByRole('region', { name: 'This visit' }).getByRole('row'),
})

const newKey = (api: GatewayClient, keyType = 'aes256-gcm96') =>
  api.thalassa.create({ name: uniqueName('play'), keyType })
const newExoscaleKey = (api: GatewayClient) => api.exoscale.create({ name: uniqueName('play') })

test('Thalassa: text, hex, base64 and a file come back as they went in', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(thalassaUrl(await newKey(api)))

  await b.plaintext.fill('{"iban":"NL91ABNA0417164300"}\nžluť')
  await expect(page.getByText('36 of 65,535 bytes')).toBeVisible()
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:[A-Za-z0-9+/]+=*$/)
  await expect(page.getByText(/^Version 1$/)).toBeVisible()
  await b.toDecrypt.click()
  await expect(page).toHaveURL(/op=decrypt$/)
  await expect(b.ciphertext).toBeFocused()
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('{"iban":"NL91ABNA0417164300"} žluť')
  await b.shownAs('Base64').check()
  await expect(b.plaintext).toHaveText(Buffer.from('{"iban":"NL91ABNA0417164300"}\nžluť').toString('base64'))

  await b.toEncrypt.click()
  await expect(b.plaintext).toHaveValue('{"iban":"NL91ABNA0417164300"}\nžluť')
  await b.plaintext.fill('')
  await b.encoding('Hex').check()
  await b.plaintext.fill('00 ff 10')
  await expect(page.getByText('3 of 65,535 bytes')).toBeVisible()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await expect(
    page.getByText('These bytes are not valid UTF-8 text, so they are shown as hex or base64.'),
  ).toBeVisible()
  await expect(b.plaintext).toHaveText('AP8Q')
  await b.shownAs('Hex').check()
  await expect(b.plaintext).toHaveText('00ff10')

  await b.toEncrypt.click()
  await expect(b.plaintext).toHaveValue('AP8Q')
  await expect(b.encoding('Base64')).toBeChecked()
  await b.plaintext.fill('SGVsbG8=')
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await b.shownAs('Text').check()
  await expect(b.plaintext).toHaveText('Hello')

  await b.tab('Encrypt').click()
  await b.encoding('File').check()
  await page.getByLabel('Plaintext file').setInputFiles({
    name: 'seed.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([1, 2, 3, 254, 255]),
  })
  await expect(page.getByText('seed.bin')).toBeVisible()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await b.shownAs('Hex').check()
  await expect(b.plaintext).toHaveText('010203feff')
  await expect(b.visits).toHaveCount(9)
})

test('Exoscale: the encryption context has to be the same again', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(exoscaleUrl(await newExoscaleKey(api)))
  await b.plaintext.fill('a secret')
  await b.context.fill('tenant=42')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await b.toDecrypt.click()
  await expect(b.context).toHaveValue('tenant=42')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('a secret')

  await b.contextEncoding('Hex').check()
  await expect(b.context).toHaveValue('74656e616e743d3432')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('a secret')

  await b.context.fill('74656e616e743d3433')
  await expect(b.plaintext).toHaveText('The plaintext appears here.')
  await b.decrypt.click()
  await expect(b.failure).toContainText('was altered, or was made with another encryption context.')
  await expect(b.failure).toContainText('Decryption failed.')
  await expect(b.failure).toContainText(/POST \/v2\/kms-key\/[-0-9a-f]+\/decrypt · 400 · request /)
  await expect(b.context).toHaveValue('74656e616e743d3433')
  await expect(b.visits.nth(1)).toContainText('not its ciphertext')

  await b.context.fill('7')
  await b.decrypt.click()
  await expect(page.getByText('One hexadecimal digit is missing: two make a byte.')).toBeVisible()
})

test('Exoscale: hex, base64 and a file come back, and nothing at all does too', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(exoscaleUrl(await newExoscaleKey(api)))
  const decryptedHex = async () => {
    await b.encrypt.click()
    await b.toDecrypt.click()
    await b.decrypt.click()
    await b.shownAs('Hex').check()
    return b.plaintext
  }
  await b.encoding('Hex').check()
  await b.plaintext.fill('00ff')
  await expect(await decryptedHex()).toHaveText('00ff')
  await b.tab('Encrypt').click()
  await b.encoding('Base64').check()
  await b.plaintext.fill('AQID')
  await expect(await decryptedHex()).toHaveText('010203')
  await b.tab('Encrypt').click()
  await b.encoding('File').check()
  await page
    .getByLabel('Plaintext file')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') })
  await expect(page.getByText('a.txt')).toBeVisible()
  await expect(await decryptedHex()).toHaveText('616263')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await b.tab('Encrypt').click()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('It is empty: 0 bytes.')
})

test('a version can be chosen, and an old ciphertext decrypts after rotation', async ({ page, api }) => {
  const b = bench(page)
  const key = await newKey(api)
  const old = await api.thalassa.encrypt(key, 'before')
  await api.thalassa.act(key, 'POST', '/rotate')
  await page.goto(thalassaUrl(key))
  await expect(page.getByLabel('Version')).toHaveText('2, latest')
  await b.plaintext.fill('x')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v2:/)
  await page.getByLabel('Version').click()
  await page.getByRole('option', { name: /^1\b/ }).click()
  await expect(b.ciphertext).toHaveText('The ciphertext appears here.')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)

  await b.tab('Decrypt').click()
  await b.ciphertext.fill(`  ${old.slice(0, 20)}\n${old.slice(20)}\n`)
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('before')
  await expect(page.getByText(/^Version 1$/)).toBeVisible()

  await b.ciphertext.fill(old.replace(':v1:', ':v9:'))
  await expect(
    page.getByText(/names version 9, and .+ has versions up to 2\. Choose the key that made it\./),
  ).toBeVisible()
})

test('a wrong ciphertext is said in one sentence and stays', async ({ page, api }) => {
  const b = bench(page)
  const foreign = await api.thalassa.encrypt(await newKey(api), 'not for you')
  await page.goto(thalassaUrl(await newKey(api), 'decrypt'))
  await b.ciphertext.fill(foreign)
  await b.decrypt.click()
  await expect(b.failure).toContainText(
    /This is not a ciphertext of play \w+, or it was altered\. Invalid ciphertext\./,
  )
  await expect(b.failure).toContainText(/POST \/v1\/kms\/nl-01\/keys\/kms-\w+\/decrypt · 400/)
  await expect(b.ciphertext).toHaveValue(foreign)

  await b.ciphertext.fill('hello')
  await expect(page.getByText('This does not look like a ciphertext of this key.')).toBeVisible()
  await b.decrypt.click()
  await expect(b.failure).toContainText('or it was altered.')

  await b.ciphertext.fill('  ')
  await b.decrypt.click()
  await expect(page.getByText('There is nothing to decrypt yet. Paste a ciphertext.')).toBeVisible()

  await page.goto(exoscaleUrl(await newExoscaleKey(api), 'decrypt'))
  await b.ciphertext.fill('RVhPSw')
  await b.decrypt.click()
  await expect(page.getByText('This is not standard base64, as every ciphertext of this key is.')).toBeVisible()
  await b.ciphertext.fill(foreign)
  await b.decrypt.click()
  await expect(page.getByText('This ciphertext names its version, as this key’s never do.')).toBeVisible()
  await expect(b.ciphertext).toHaveAttribute('aria-invalid', 'true')
  await b.ciphertext.fill('AAECAwQFBgcICQoL')
  await b.decrypt.click()
  await expect(b.failure).toContainText('Decryption failed.')
  await expect(b.ciphertext).toHaveValue('AAECAwQFBgcICQoL')
})

test('invalid and oversized plaintext is refused at its field and stays', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(thalassaUrl(await newKey(api)))
  await b.encrypt.click()
  await expect(page.getByText('There is nothing to encrypt yet. Type or paste something.')).toBeVisible()
  await b.encoding('Hex').check()
  await b.plaintext.fill('xyz')
  await b.encrypt.click()
  await expect(page.getByText('“x” is not a hexadecimal digit.')).toBeVisible()
  await expect(b.plaintext).toHaveAttribute('aria-invalid', 'true')
  await b.encoding('Base64').check()
  await expect(b.plaintext).toHaveValue('xyz')
  await b.encrypt.click()
  await expect(page.getByText('This base64 is cut short or padded wrongly')).toBeVisible()
  await b.plaintext.fill('_w==')
  await expect(page.getByText('This is URL-safe base64.')).toBeVisible()
  await b.plaintext.fill('/w==')
  await b.encoding('Text').click()
  await expect(page.getByText('These bytes are not valid UTF-8, so they stay in base64.')).toBeVisible()
  await expect(b.plaintext).toHaveValue('/w==')

  await b.plaintext.fill('')
  await b.encoding('Text').check()
  await b.plaintext.fill('a'.repeat(65_536))
  await expect(page.getByText('This is 65,536 bytes, and this key takes up to 65,535 in one call.')).toBeVisible()
  await b.encrypt.click()
  await expect(b.plaintext).toHaveValue('a'.repeat(65_536))
  await expect(b.visits).toHaveCount(0)
  await b.plaintext.fill('a'.repeat(65_535))
  await b.encrypt.click()
  await expect(page.getByText('Encrypted', { exact: true })).toBeVisible()

  await b.encoding('File').check()
  await page.getByLabel('Plaintext file').setInputFiles({
    name: 'film.mp4',
    mimeType: 'video/mp4',
    buffer: Buffer.alloc(2_000_000),
  })
  await expect(page.getByText('This is 2,000,000 bytes, and this key takes up to 65,535 in one call.')).toBeVisible()
})

test('RSA-2048 takes 190 bytes and not one more', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(thalassaUrl(await newKey(api, 'rsa-2048')))
  await b.plaintext.fill('a'.repeat(191))
  await expect(page.getByText('This is 191 bytes, and this key takes up to 190 in one call.')).toBeVisible()
  await b.plaintext.fill('a'.repeat(190))
  await expect(page.getByText('190 of 190 bytes')).toBeVisible()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('a'.repeat(190))
})

test('a key that can’t do it says why, before and after it was found out', async ({ page, api }) => {
  const b = bench(page)
  const key = await newKey(api)
  await page.goto(thalassaUrl(key))
  await b.plaintext.fill('kept')
  await api.thalassa.act(key, 'POST', '/disable')
  await b.encrypt.click()
  await expect(b.failure).toContainText('KMS key is disabled.')
  await expect(b.plaintext).toHaveValue('kept')
  await expect(page.getByText(/can’t encrypt now\. The key is disabled\. Enable it first\./)).toBeVisible()
  await expect(b.encrypt).toHaveAttribute('aria-disabled', 'true')
  await expect(b.encrypt).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  await page.getByRole('link', { name: 'Open key' }).click()
  await expect(page).toHaveURL(`/keys/thalassa/nl-01/${key.identity}`)

  await api.thalassa.act(key, 'DELETE', '')
  await page.goto(thalassaUrl(key, 'decrypt'))
  await expect(
    page.getByText(/can’t decrypt now\. Its deletion is scheduled\. Cancel the deletion first\./),
  ).toBeVisible()

  const other = await newExoscaleKey(api)
  await page.goto(exoscaleUrl(other))
  await b.plaintext.fill('kept')
  await api.exoscale.act(other, 'disable')
  await b.encrypt.click()
  await expect(b.failure).toContainText(/disabled/i)
  await expect(page.getByText(/can’t encrypt now\. The key is disabled\. Enable it first\./)).toBeVisible()
  await expect(b.plaintext).toHaveValue('kept')
  await api.exoscale.act(other, 'schedule-deletion', { 'delay-days': 7 })
  await page.reload()
  await expect(page.getByText(/Its deletion is scheduled\. Cancel the deletion first\./)).toBeVisible()

  await page.goto(thalassaUrl(await newKey(api, 'ed25519')))
  await expect(page.getByText(/can’t encrypt now\. A key of type ed25519 can’t encrypt\./)).toBeVisible()
})

test('a key that is not there, and an address that names none', async ({ page, api }) => {
  const b = bench(page)
  await page.goto('/playground?key=thalassa/nl-01/kms-nothere')
  await expect(page.getByText('This key could not be read')).toBeVisible()
  await expect(page.getByText('GET /v1/kms/nl-01/keys/kms-nothere')).toBeVisible()
  await page.goto('/playground?key=nonsense')
  await expect(page.getByText('This link names no key')).toBeVisible()
  await expectAccessible(page)
  await newKey(api)
  await page.goto('/playground')
  await expect(b.encrypt).toHaveAccessibleDescription('Choose a key first.')
})

test('an upstream that is unavailable, and a location that can’t be read', async ({ page, faulty }) => {
  const b = bench(page)
  const key = await faulty.api.thalassa.create({ name: 'faulty key' })
  await page.goto(faulty.url + thalassaUrl(key))
  await b.plaintext.fill('kept')
  faulty.upstream.answerWith({
    method: 'POST',
    path: /\/encrypt$/,
    status: 503,
    headers: { 'x-request-id': 'r-503' },
    body: '{"message":"kms is not available in this region"}',
  })
  await b.encrypt.click()
  await expect(b.failure).toContainText('KMS is not available in this region.')
  await expect(b.failure).toContainText('Choose another region, or try again later.')
  await expect(b.failure).toContainText(/\/encrypt · 503 · request r-503/)
  await expect(b.plaintext).toHaveValue('kept')
  faulty.upstream.heal()
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)

  faulty.upstream.answerWith({
    method: 'GET',
    path: /\/zone\/at-vie-1\/v2\/kms-key$/,
    status: 400,
    body: '{"title":"Bad Request","status":400,"detail":"broken"}',
  })
  await page.reload()
  await b.key.click()
  await expect(page.getByText('at-vie-1 could not be read.')).toBeVisible()
  await expect(page.getByRole('option', { name: /faulty key/ })).toBeVisible()
})

test('while the key is on its way there is a skeleton, and no act', async ({ page, faulty }) => {
  const key = await faulty.api.thalassa.create({ name: 'slow key' })
  faulty.upstream.hang(/\/v1\/kms\/nl-01\/keys/)
  await page.goto(faulty.url + thalassaUrl(key))
  await expect(page.getByRole('tab', { name: 'Encrypt' })).toBeVisible()
  await expect(page.getByRole('main').locator('[aria-busy=true]')).toBeVisible()
  await expect(bench(page).encrypt).toHaveCount(0)
  // What still waits would complain of the servers that stop now.
  await page.goto('about:blank')
})

test('without any key it says what to do', async ({ page, emptyServer }) => {
  await page.goto(`${emptyServer.url}/playground`)
  await expect(page.getByText('No keys yet')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Create key' }).click()
  await expect(page).toHaveURL(/\/keys\/new/)
})

test('the key is chosen from a searchable list in groups', async ({ page, api }) => {
  const b = bench(page)
  const name = uniqueName('findable')
  const key = await api.thalassa.create({ name })
  const off = await api.exoscale.create({ name: `${name} off` })
  await api.exoscale.act(off, 'disable')
  await page.goto('/playground')
  await b.plaintext.fill('stays')
  await b.key.click()
  await page.getByRole('combobox', { name: /Find a key that can encrypt/ }).fill(name)
  await expect(page.getByRole('option')).toHaveCount(2)
  await expect(page.getByRole('group', { name: /Thalassa Cloud, nl-01/ }).getByRole('option')).toHaveCount(1)
  const refused = page.getByRole('group', { name: /Exoscale, ch-gva-2/ }).getByRole('option')
  await expect(refused).toHaveAttribute('aria-disabled', 'true')
  await expect(refused).toContainText('The key is disabled. Enable it first.')
  await expectAccessible(page)
  await page.getByRole('option', { name }).first().click()
  await expect(page).toHaveURL(thalassaUrl(key).replaceAll('/nl-01/', '%2Fnl-01%2F'))
  await expect(b.key).toHaveAccessibleName(`Key: ${name}`)
  await expect(b.plaintext).toHaveValue('stays')
})

test('a result never stands beside other input or another key', async ({ page, api }) => {
  const b = bench(page)
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
  await expect(page.getByText('What you encrypt and decrypt is listed here until you leave.')).toBeVisible()
})

test('plaintext is masked on request, in field, output and code', async ({ page, api }) => {
  const b = bench(page)
  await page.goto(thalassaUrl(await newKey(api)))
  await b.plaintext.fill('hidden')
  await page.getByRole('button', { name: 'Show code' }).click()
  await expect(page.getByText(Buffer.from('hidden').toString('base64')).first()).toBeVisible()
  await page.getByRole('button', { name: 'Mask plaintext' }).click()
  await expect(b.plaintext).toHaveCSS('-webkit-text-security', 'disc')
  await expect(page.getByText('The code holds the plaintext, which is masked.')).toBeVisible()
  await b.encrypt.click()
  await b.toDecrypt.click()
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('•'.repeat(24))
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await expect(b.plaintext).toHaveText('hidden')
})

test('results can be copied and downloaded, and the request is shown as code', async ({ page, api, context }) => {
  const b = bench(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await newKey(api)
  await page.goto(thalassaUrl(key))
  await b.plaintext.fill('take me')
  await b.encrypt.click()
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

test('what is typed stays over tabs, never leaves memory, and goes with the page', async ({ page, api }) => {
  const b = bench(page)
  const secret = 'never-to-be-stored'
  await page.goto(thalassaUrl(await newKey(api)))
  await b.plaintext.fill(secret)
  await b.encrypt.click()
  const ciphertext = (await b.ciphertext.textContent()) ?? ''
  await b.tab('Decrypt').click()
  await expect(page).toHaveURL(/op=decrypt$/)
  await b.ciphertext.fill(ciphertext)
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(secret)
  await b.tab('Encrypt').click()
  await expect(b.plaintext).toHaveValue(secret)
  await expect(b.ciphertext).toHaveText(ciphertext)
  await page.goBack()
  await expect(b.ciphertext).toHaveValue(ciphertext)
  await page.goForward()
  await expect(b.plaintext).toHaveValue(secret)

  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const cached = await caches.keys()
    return JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.title,
      document.cookie,
      databases,
      cached,
    ])
  })
  const body = ciphertext.split(':')[2] ?? ''
  for (const text of [secret, btoa(secret), encodeURIComponent(secret), body]) expect(kept).not.toContain(text)

  await page.getByRole('link', { name: /^Keys/ }).click()
  await expect(page).toHaveURL(/\/keys$/)
  await page.goBack()
  await expect(b.plaintext).toHaveValue('')
  await expect(b.visits).toHaveCount(0)
  await b.tab('Decrypt').click()
  await expect(b.ciphertext).toHaveValue('')
})

test('everything works with the keyboard alone', async ({ page, api }) => {
  const b = bench(page)
  const key = await newKey(api)
  await page.goto('/playground')
  await b.key.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type(key.identity)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(key.identity))
  await b.tab('Encrypt').focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tabpanel')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(b.encoding('Text')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(b.plaintext).toBeFocused()
  await page.keyboard.type('by hand')
  await page.keyboard.press('Control+Enter')
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  await expect(page.getByRole('status').filter({ hasText: 'Encrypted with version 1.' })).toHaveCount(1)
  await b.toDecrypt.focus()
  await page.keyboard.press('Enter')
  await expect(b.ciphertext).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(b.plaintext).toHaveText('by hand')
  await expect(page.getByRole('status').filter({ hasText: 'Decrypted: 7 bytes.' })).toHaveCount(1)
})

test('at 390 px the panes stand one above the other, each with its act', async ({ page, api }) => {
  const b = bench(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(exoscaleUrl(await newExoscaleKey(api)))
  await b.plaintext.fill('small')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  const [above, below] = [await b.plaintext.boundingBox(), await b.ciphertext.boundingBox()]
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0)
  const act = await b.encrypt.boundingBox()
  expect(act?.height).toBeGreaterThanOrEqual(44)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await expectAccessible(page)
})

test('no accessibility violation with a result and with a failure', async ({ page, api }) => {
  const b = bench(page)
  const key = await newKey(api)
  await page.goto(thalassaUrl(key))
  await b.plaintext.fill('seen')
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
  await page.getByRole('button', { name: 'Show code' }).click()
  await expectAccessible(page)
  await b.toDecrypt.click()
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText('seen')
  await b.ciphertext.fill('thalassa:v3:AAAA')
  await b.decrypt.click()
  await expect(b.failure).toContainText('Invalid ciphertext.')
  await expectAccessible(page)
  await api.thalassa.act(key, 'POST', '/disable')
  await page.reload()
  await expect(page.getByText(/can’t decrypt now/)).toBeVisible()
  await expectAccessible(page)
})
