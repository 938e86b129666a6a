import { readFile } from 'node:fs/promises'
import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, test } from './fixtures.ts'
import { exoscaleUrl, keptByBrowser, newExoscaleKey, playground } from './playground-page.ts'

const MASK = '•'.repeat(24)

test('a data key is generated, and its encrypted copy decrypts to its plaintext', async ({ page, api, context }) => {
  const b = playground(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const key = await newExoscaleKey(api)
  await page.goto(exoscaleUrl(key, 'dataKey'))
  await expect(b.size(/^AES-256, 32 bytes$/)).toBeChecked()
  await expect(page.getByRole('region', { name: 'Envelope encryption' })).toContainText(
    'Keep the encrypted key beside the data, and forget the plaintext key.',
  )
  await b.context.fill('tenant=42')
  await b.generate.click()
  await expect(b.encryptedKey).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await expect(page.getByText(/^32 bytes$/)).toBeVisible()
  await expect(b.plaintextKey).toHaveText(MASK)
  await expect(page.getByText('Nothing keeps it: leaving the page clears it.')).toBeVisible()
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{43}=$/)
  const plaintext = (await b.plaintextKey.textContent()) ?? ''
  const encrypted = (await b.encryptedKey.textContent()) ?? ''
  await b.shownAs('Hex').check()
  await expect(b.plaintextKey).toHaveText(Buffer.from(plaintext, 'base64').toString('hex'))
  const encryptedShownAs = page.getByRole('radiogroup', { name: 'Encrypted key shown as' })
  await encryptedShownAs.getByRole('radio', { name: 'Hex' }).check()
  await expect(b.encryptedKey).toHaveText(Buffer.from(encrypted, 'base64').toString('hex'))
  await encryptedShownAs.getByRole('radio', { name: 'Base64' }).check()

  await page.getByRole('button', { name: 'Show code' }).click()
  await expect(page.getByText(`/kms-key/${key.id}/generate-data-key`).first()).toBeVisible()
  await expect(page.getByText(plaintext)).toHaveCount(0)
  await page.getByRole('button', { name: 'Copy encrypted key' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(encrypted)
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download plaintext key' }).click(),
  ])
  expect((await readFile(await saved.path())).toString('base64')).toBe(plaintext)
  const kept = await keptByBrowser(page)
  for (const text of [plaintext, encrypted, encodeURIComponent(plaintext)]) expect(kept).not.toContain(text)

  await b.toDecrypt.click()
  await b.isOn('Decrypt')
  await expect(b.ciphertext).toHaveValue(encrypted)
  await expect(b.context).toHaveValue('tenant=42')
  await b.decrypt.click()
  await expect(b.plaintext).toHaveText(MASK)
  await page.getByRole('button', { name: 'Show plaintext' }).click()
  await b.shownAs('Base64').check()
  await expect(b.plaintext).toHaveText(plaintext)
  await b.context.fill('tenant=43')
  await b.decrypt.click()
  await expect(b.failure).toContainText('was altered, or was made with another encryption context.')

  await b.tab('Data key').click()
  await b.isOn('Data key')
  await expect(b.plaintextKey).toHaveText(MASK)
  await page.getByRole('link', { name: /^Keys/ }).click()
  await expect(page).toHaveURL(/\/keys$/)
  await page.goBack()
  await b.isOn('Data key')
  await expect(b.encryptedKey).toHaveCount(0)
  await expect(b.requests).toHaveCount(0)
})

test('data key: size, limits, a disabled key, the keyboard and a narrow screen', async ({ page, api }) => {
  await test.step('number of bytes', async () => {
    const b = playground(page)
    await page.goto(exoscaleUrl(await newExoscaleKey(api), 'dataKey'))
    await b.size(/^Another$/).check()
    for (const wrong of ['', '0', '1025', '1.5', 'many']) {
      await b.numberOfBytes.fill(wrong)
      await b.generate.click()
      await expect(page.getByText('Choose whole bytes, from 1 to 1,024.')).toBeVisible()
      await expect(b.numberOfBytes).toHaveAttribute('aria-invalid', 'true')
    }
    await expect(b.requests).toHaveCount(0)
    await b.numberOfBytes.fill('1024')
    await b.generate.click()
    await expect(page.getByText(/^1,024 bytes$/)).toBeVisible()
    await b.numberOfBytes.fill('16')
    await expect(b.encryptedKey).toHaveCount(0)
    await b.generate.click()
    await page.getByRole('button', { name: 'Show plaintext' }).click()
    await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{22}==$/)
    const first = (await b.plaintextKey.textContent()) ?? ''
    await b.generate.click()
    await expect(b.plaintextKey).toHaveText(MASK)
    await page.getByRole('button', { name: 'Show plaintext' }).click()
    await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{22}==$/)
    await expect(b.plaintextKey).not.toHaveText(first)
    await expect(b.requests).toHaveCount(4)
  })

  await test.step('a large plaintext suggests a data key', async () => {
    const b = playground(page)
    await page.goto(exoscaleUrl(await newExoscaleKey(api)))
    await b.plaintext.fill('a'.repeat(4096))
    const toDataKey = page.getByRole('button', { name: 'Open Data key' })
    await expect(toDataKey).toHaveCount(0)
    await b.plaintext.fill('a'.repeat(4097))
    await expect(page.getByText(/Above 4,096 bytes, a data key is the better way/)).toBeVisible()
    await b.encrypt.click()
    await expect(page.getByText('Encrypted', { exact: true })).toBeVisible()
    await toDataKey.click()
    await b.isOn('Data key')
    await expect(page).toHaveURL(/op=dataKey$/)
  })

  await test.step('keyboard', async () => {
    const b = playground(page)
    await page.goto(exoscaleUrl(await newExoscaleKey(api), 'dataKey'))
    await b.size(/^AES/).focus()
    await page.keyboard.press('ArrowRight')
    await expect(b.size(/^Another$/)).toBeChecked()
    await page.keyboard.press('Tab')
    await expect(b.numberOfBytes).toBeFocused()
    await page.keyboard.type('24')
    await page.keyboard.press('Control+Enter')
    await expect(
      page.getByRole('status').filter({ hasText: 'Data key generated: 24 bytes. Its plaintext is masked.' }),
    ).toHaveCount(1)
    await page.getByRole('button', { name: 'Show plaintext' }).focus()
    await page.keyboard.press('Enter')
    await expect(b.plaintextKey).toHaveText(/^[A-Za-z0-9+/]{32}$/)
    const plaintext = (await b.plaintextKey.textContent()) ?? ''
    await b.toDecrypt.focus()
    await page.keyboard.press('Enter')
    await expect(b.ciphertext).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(b.plaintext).toHaveText(MASK)
    await page.getByRole('button', { name: 'Show plaintext' }).focus()
    await page.keyboard.press('Enter')
    await b.shownAs('Base64').check()
    await expect(b.plaintext).toHaveText(plaintext)
  })

  await test.step('a key that can’t generate data keys', async () => {
    const b = playground(page)
    const key = await newExoscaleKey(api)
    await page.goto(exoscaleUrl(key, 'dataKey'))
    await expect(b.destination).toHaveCount(0)
    await b.context.fill('kept')
    await api.exoscale.act(key, 'disable')
    await b.generate.click()
    await expect(b.failure).toContainText(/disabled/i)
    await expect(b.context).toHaveValue('kept')
    await expect(page.getByText(/can’t generate data keys now\. The key is disabled\. Enable it first\./)).toBeVisible()
    await expect(b.generate).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  })

  await test.step('a narrow screen', async () => {
    const b = playground(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(exoscaleUrl(await newExoscaleKey(api), 'dataKey'))
    await b.generate.click()
    await expect(b.encryptedKey).toHaveText(/^[A-Za-z0-9+/]+=*$/)
    await expectTouchTarget(b.generate)
    await expectNoOverflow(page)
  })
})
