import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, uniqueName } from './fixtures.ts'
import { exoscaleUrl, keptByBrowser, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'
import { test } from './shared-keys.ts'

test('malformed signatures and large messages are refused', async ({ page, keyOfType }) => {
  await test.step('malformed signatures', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await keyOfType('ecdsa-p256'), 'verify'))
    await b.verify.click()
    await expect(page.getByText('The message is missing. Type or paste what was signed.')).toBeVisible()
    await expect(page.getByText('There is no signature yet. Paste one.')).toBeVisible()
    await expect(b.signature).toHaveAttribute('aria-invalid', 'true')

    await b.message.fill('m')
    await b.signature.fill('hello')
    await expect(page.getByText('This does not look like a signature of this key.')).toBeVisible()
    await b.verify.click()
    await expect(page.getByText('This is not of the form that this key’s signatures have.')).toBeVisible()
    await expect(b.signature).toHaveAttribute('aria-invalid', 'true')
    await expect(b.failure).toHaveCount(0)
    await expect(b.inCloud).toHaveCount(0)
    await expect(b.requests.nth(1)).toContainText('malformed')

    await b.signature.fill('thalassa:v9:AAAA')
    await expect(page.getByText(/This signature names version 9, and .+ has versions up to 1\./)).toBeVisible()
    await b.verifyOffline.click()
    await expect(
      page.getByText('This signature names version 9, and there are public keys of version 1.'),
    ).toBeVisible()

    await b.signature.fill('thalassa:v1:AAAA')
    await b.verifyOffline.click()
    await expect(page.getByText('This is not an ECDSA signature in ASN.1 DER')).toBeVisible()
    await b.verify.click()
    await expect(page.getByText('This is not of the form that this key’s signatures have.')).toBeVisible()
    await expect(b.message).toHaveValue('m')
    await expect(b.signature).toHaveValue('thalassa:v1:AAAA')
  })

  await test.step('limit of messages', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await keyOfType('ed25519'), 'sign'))
    await b.sign.click()
    await expect(page.getByText('There is nothing to sign yet. Type or paste something.')).toBeVisible()
    await b.encoding('File').check()
    const file = (size: number) => ({
      name: 'big.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(size, 1),
    })
    await page.getByLabel('Message file').setInputFiles(file(65_536))
    await expect(page.getByText('This is 65,536 bytes, and this key takes up to 65,535 in one call.')).toBeVisible()
    await b.sign.click()
    await expect(b.requests).toHaveCount(0)
    await page.getByLabel('Message file').setInputFiles(file(65_535))
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    await b.toVerify.click()
    await b.isOn('Verify')
    await expect(page.getByText('big.bin')).toBeVisible()
    await b.verify.click()
    await expect(b.inCloud).toContainText('Matches')
    await page.getByLabel('Message file').setInputFiles(file(65_536))
    await expect(page.getByText('Verify offline takes more.')).toBeVisible()
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Does not match')
  })
})

test('operations of the selected key are offered, and all operations without a key', async ({
  page,
  api,
  keyOfType,
}) => {
  const b = playground(page)
  const tabs = page.getByRole('tablist', { name: 'Operation' }).getByRole('tab')
  const rsa = await keyOfType('rsa-2048')
  await page.goto(thalassaUrl(await newKey(api, 'ed25519')))
  await expect(tabs).toHaveText(['Sign', 'Verify'])
  await b.isOn('Sign')
  await page.goto(thalassaUrl(rsa))
  await expect(tabs).toHaveText(['Encrypt', 'Decrypt', 'Sign', 'Verify'])
  await page.goto(thalassaUrl(await newKey(api, 'hmac'), 'decrypt'))
  await expect(tabs).toHaveText(['HMAC', 'Verify HMAC'])
  await b.isOn('HMAC')
  await page.goto(exoscaleUrl(await newExoscaleKey(api), 'sign'))
  await expect(tabs).toHaveText(['Encrypt', 'Decrypt', 'Re-encrypt', 'Data key'])
  await b.isOn('Encrypt')

  await b.plaintext.fill('stays')
  await page.getByRole('button', { name: 'All operations' }).click()
  await expect(page).toHaveURL(/\/playground$/)
  await expect(tabs).toHaveText([
    'Encrypt',
    'Decrypt',
    'Re-encrypt',
    'Data key',
    'Sign',
    'Verify',
    'HMAC',
    'Verify HMAC',
  ])
  await expect(b.plaintext).toHaveValue('stays')
  await b.tab('Sign').click()
  await b.isOn('Sign')
  await expect(b.sign).toHaveAccessibleDescription('Choose a key first.')
  const name = uniqueName('findable')
  const key = await api.thalassa.create({ name: `${name} signs`, keyType: 'ed25519' })
  await api.thalassa.create({ name: `${name} encrypts` })
  await page.reload()
  await b.key.click()
  await page.getByRole('combobox', { name: /Find a key that can sign/ }).fill(name)
  await expect(page.getByRole('option')).toHaveCount(2)
  const refused = page.getByRole('option', { name: `${name} encrypts` })
  await expect(refused).toHaveAttribute('aria-disabled', 'true')
  await expect(refused).toContainText('A key of type aes256-gcm96 can’t sign.')
  await page.getByRole('option', { name: `${name} signs` }).click()
  await expect(page).toHaveURL(new RegExp(key.identity))
  await expect(tabs).toHaveText(['Sign', 'Verify'])
})

test('sign and verify by keyboard, in memory only, and on a narrow screen', async ({ page, keyOfType }) => {
  await test.step('keyboard', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await keyOfType('ecdsa-p256'), 'sign'))
    await b.tab('Sign').focus()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'All operations' })).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect(b.encoding('Text')).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(b.message).toBeFocused()
    await page.keyboard.type('by hand')
    await page.keyboard.press('Tab')
    await expect(b.hash).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(b.prehashed).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    await expect(page.getByRole('status').filter({ hasText: 'Signed with version 1.' })).toHaveCount(1)
    await b.toVerify.focus()
    await page.keyboard.press('Enter')
    await b.isOn('Verify')
    await expect(b.message).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(b.inCloud).toContainText('Matches')
    await expect(page.getByRole('status').filter({ hasText: 'The signature matches.' })).toHaveCount(1)
    await b.verifyOffline.focus()
    await page.keyboard.press('Enter')
    await expect(b.inBrowser).toContainText('Matches')
    await expect(page.getByRole('status').filter({ hasText: 'Offline: The signature matches.' })).toHaveCount(1)
  })

  await test.step('memory', async () => {
    const b = playground(page)
    const message = 'never-to-be-stored-message'
    await page.goto(thalassaUrl(await keyOfType('rsa-2048'), 'sign'))
    await b.message.fill(message)
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    const signature = (await b.signature.textContent()) ?? ''
    await b.toVerify.click()
    await b.isOn('Verify')
    await b.verify.click()
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Matches')
    const kept = await keptByBrowser(page)
    for (const text of [message, btoa(message), signature.split(':')[2] ?? '']) expect(kept).not.toContain(text)
    await page.getByRole('link', { name: /^Keys/ }).click()
    await expect(page).toHaveURL(/\/keys$/)
    await page.goBack()
    await b.isOn('Verify')
    await expect(b.message).toHaveValue('')
    await expect(b.signature).toHaveValue('')
    await expect(b.requests).toHaveCount(0)
  })

  await test.step('a narrow screen', async () => {
    const b = playground(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(thalassaUrl(await keyOfType('rsa-2048'), 'sign'))
    await b.message.fill('small')
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    await expectNoOverflow(page)
    await b.toVerify.click()
    await b.isOn('Verify')
    await b.verify.click()
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Matches')
    for (const button of [b.verify, b.verifyOffline]) await expectTouchTarget(button)
    await expectNoOverflow(page)
  })
})
