import { expect, test } from './fixtures.ts'
import { exoscaleUrl, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

test('invalid ciphertext and plaintext are refused at the field, and the input stays', async ({ page, api }) => {
  await test.step('ciphertext', async () => {
    const b = playground(page)
    const foreign = await api.thalassa.encrypt(await newKey(api), 'not for you')
    await page.goto(thalassaUrl(await newKey(api), 'decrypt'))
    await b.ciphertext.fill(foreign)
    await b.decrypt.click()
    await expect(b.failure).toContainText(
      /This is not a ciphertext of play \w+, or it was altered\. Invalid ciphertext\./,
    )
    await expect(b.failure).toContainText(/POST \/v1\/kms\/nl-01\/keys\/kms-\w+\/decrypt · 400/)
    await expect(b.ciphertext).toHaveValue(foreign)

    await b.ciphertext.fill('thalassa:v3:AAAA')
    await b.decrypt.click()
    await expect(b.failure).toContainText('Invalid ciphertext.')
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

  await test.step('plaintext', async () => {
    const b = playground(page)
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
    await expect(b.requests).toHaveCount(0)
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

  await test.step('limit of RSA-2048', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api, 'rsa-2048')))
    await b.plaintext.fill('a'.repeat(191))
    await expect(page.getByText('This is 191 bytes, and this key takes up to 190 in one call.')).toBeVisible()
    await b.plaintext.fill('a'.repeat(190))
    await expect(page.getByText('190 of 190 bytes')).toBeVisible()
    await b.encrypt.click()
    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('a'.repeat(190))
  })
})

test('keys that are disabled, pending or missing', async ({ page, api }) => {
  await test.step('disabled and pending keys', async () => {
    const b = playground(page)
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
    await expect(
      page.getByText(/can’t encrypt now\. Its deletion is scheduled\. Cancel the deletion first\./),
    ).toBeVisible()
  })

  await test.step('a missing key and a link that names none', async () => {
    const b = playground(page)
    await page.goto('/playground?key=thalassa/nl-01/kms-nothere')
    await expect(page.getByText('This key could not be read')).toBeVisible()
    await expect(page.getByText('GET /v1/kms/nl-01/keys/kms-nothere')).toBeVisible()
    await page.goto('/playground?key=nonsense')
    await expect(page.getByText('This link names no key')).toBeVisible()
    await newKey(api)
    await page.goto('/playground')
    await expect(b.encrypt).toHaveAccessibleDescription('Choose a key first.')
  })
})

test('a region without KMS, and a location that can’t be read', async ({ page, faulty }) => {
  const b = playground(page)
  const key = await faulty.api.thalassa.create({ name: 'faulty key' })
  await page.goto(faulty.url + thalassaUrl(key))
  await b.plaintext.fill('kept')
  await faulty.upstream.answerWith({
    method: 'POST',
    path: '**/encrypt',
    status: 503,
    headers: { 'x-request-id': 'r-503' },
    body: '{"message":"kms is not available in this region"}',
  })
  await b.encrypt.click()
  await expect(b.failure).toContainText('KMS is not available in this region.')
  await expect(b.failure).toContainText('Choose another region, or try again later.')
  await expect(b.failure).toContainText(/\/encrypt · 503 · request r-503/)
  await expect(b.plaintext).toHaveValue('kept')
  await faulty.upstream.heal()
  await b.encrypt.click()
  await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)

  await faulty.upstream.answerWith({
    method: 'GET',
    path: '**/zone/at-vie-1/v2/kms-key',
    status: 400,
    body: '{"title":"Bad Request","status":400,"detail":"broken"}',
  })
  await page.reload()
  await b.key.click()
  await expect(page.getByText('at-vie-1 could not be read.')).toBeVisible()
  await expect(page.getByRole('option', { name: /faulty key/ })).toBeVisible()
})
