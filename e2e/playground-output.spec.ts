/** Results of the playground in other encodings, to read, copy and save; requests always have the cloud's encoding. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectNoOverflow } from './fits.ts'
import { expect, test } from './fixtures.ts'
import { exoscaleUrl, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function copied(page: Page, noun: string): Promise<string> {
  await button(page, `Copy ${noun}`).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

async function saved(page: Page, noun: string) {
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, `Download ${noun}`).click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

const inHex = (base64: string) => Buffer.from(base64, 'base64').toString('hex')

test('results in other encodings, copied, saved and used', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('Thalassa', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api)))
    await b.plaintext.fill('in other words')
    await b.encrypt.click()
    await expect(b.ciphertext).toHaveText(/^thalassa:v1:/)
    await expect(b.shownAs('As answered')).toBeChecked()
    const answered = await b.ciphertext.innerText()
    const [, , body = ''] = answered.split(':')
    await b.shownAs('Hex').check()
    await expect(b.ciphertext).toHaveText(inHex(body))
    await expect(page.getByText(/^Version 1$/)).toBeVisible()
    await expect(page.getByText('These are the bytes alone.')).toBeVisible()
    expect(await copied(page, 'ciphertext')).toBe(inHex(body))
    const file = await saved(page, 'ciphertext')
    expect(file.name).toMatch(/^play-\w+\.ciphertext\.hex\.txt$/)
    expect(file.text).toBe(inHex(body))
    await b.shownAs('Hex').press('ArrowRight')
    await expect(b.ciphertext).toHaveText(body)
    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await expect(b.ciphertext).toHaveValue(answered)
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('in other words')

    await page.goto(thalassaUrl(await newKey(api, 'ecdsa-p256'), 'sign'))
    await b.message.fill('signed')
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    const signature = await b.signature.innerText()
    await b.shownAs('Hex').check()
    // ASN.1 DER, as other programs take it.
    await expect(b.signature).toHaveText(/^30[0-9a-f]+$/)
    expect(await copied(page, 'signature')).toMatch(/^30[0-9a-f]+$/)
    await b.toVerify.click()
    await b.isOn('Verify')
    await expect(b.signature).toHaveValue(signature)

    await page.goto(thalassaUrl(await newKey(api, 'hmac'), 'hmac'))
    await b.message.fill('authentic')
    await b.computeHmac.click()
    await expect(b.hmac).toHaveText(/^thalassa:v1:/)
    const hmac = await b.hmac.innerText()
    await b.shownAs('Hex').check()
    await expect(b.hmac).toHaveText(/^[0-9a-f]{64}$/)
    await b.toVerifyHmac.click()
    await b.isOn('Verify HMAC')
    await expect(b.hmac).toHaveValue(hmac)
  })

  await test.step('Exoscale', async () => {
    const b = playground(page)
    await page.goto(exoscaleUrl(await newExoscaleKey(api)))
    await b.plaintext.fill('in other words')
    await b.encrypt.click()
    await expect(b.shownAs('Base64')).toBeChecked()
    await expect(b.shownAs('As answered')).toHaveCount(0)
    const answered = await b.ciphertext.innerText()
    expect(Buffer.from(answered, 'base64').toString('base64')).toBe(answered)
    expect((await saved(page, 'ciphertext')).name).toMatch(/^[0-9a-f-]{36}\.ciphertext\.txt$/)
    await b.shownAs('Hex').check()
    await expect(b.ciphertext).toHaveText(inHex(answered))
    expect(await copied(page, 'ciphertext')).toBe(inHex(answered))
    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await expect(b.ciphertext).toHaveValue(answered)
  })

  await test.step('a narrow screen', async () => {
    const b = playground(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(thalassaUrl(await newKey(api)))
    await b.plaintext.fill('narrow')
    await b.encrypt.click()
    await b.shownAs('Hex').check()
    await expect(b.ciphertext).toHaveText(/^[0-9a-f]+$/)
    await expectNoOverflow(page)
  })
})
