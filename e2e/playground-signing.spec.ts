import { createHash } from 'node:crypto'
import { expect } from './fixtures.ts'
import { playground, thalassaUrl, withLastBitFlipped } from './playground-page.ts'
import { test } from './shared-keys.ts'

const types = [
  { keyType: 'ed25519', scheme: 'Ed25519' },
  { keyType: 'ecdsa-p256', scheme: 'ECDSA on P-256' },
  { keyType: 'ecdsa-p384', scheme: 'ECDSA on P-384' },
  { keyType: 'ecdsa-p521', scheme: 'ECDSA on P-521' },
  { keyType: 'rsa-2048', scheme: 'RSA-PSS' },
  { keyType: 'rsa-3072', scheme: 'RSA-PSS' },
  { keyType: 'rsa-4096', scheme: 'RSA-PSS' },
]

test('a signature of each key type verifies in the cloud and in the browser, and no longer after one flipped bit', async ({
  page,
  keyOfType,
}) => {
  // Generating RSA keys takes seconds.
  test.slow()
  const b = playground(page)
  for (const { keyType, scheme } of types) {
    await page.goto(thalassaUrl(await keyOfType(keyType), 'sign'))
    await b.isOn('Sign')
    await b.message.fill('what was agreed')
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:[A-Za-z0-9+/]+=*$/)
    const signature = (await b.signature.textContent()) ?? ''
    await b.toVerify.click()
    await b.isOn('Verify')
    await expect(b.message).toHaveValue('what was agreed')
    await expect(b.message).toBeFocused()
    await expect(b.signature).toHaveValue(signature)
    await b.verify.click()
    await expect(b.inCloud).toContainText('Matches')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Matches')
    await expect(b.inBrowser).toContainText(scheme)

    await b.signature.fill(withLastBitFlipped(signature))
    await expect(b.inCloud).toHaveCount(0)
    await b.verify.click()
    await expect(b.inCloud).toContainText('Does not match')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Does not match')
    await expect(b.failure).toHaveCount(0)

    await b.signature.fill(signature)
    await b.message.fill('what was agreed.')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Does not match')
    await b.verify.click()
    await expect(b.inCloud).toContainText('Does not match')
    await expect(b.requests).toHaveCount(8)
    await expect(b.requests.nth(1)).toContainText(/^\S+Verify\s*shared \S+: does not match/)
    await expect(b.requests.nth(2)).toContainText(/Verify offline\s*shared \S+, v1: does not match/)
  }
})

test('verify offline, missing hashes and older versions', async ({ page, keyOfType, api }) => {
  await test.step('requests of Verify offline', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await keyOfType('ecdsa-p384'), 'sign'))
    await b.message.fill('kept here')
    await b.sign.click()
    await page.getByRole('button', { name: 'Show code' }).click()
    await expect(page.getByText('/sign').first()).toBeVisible()
    await b.toVerify.click()
    await b.isOn('Verify')
    const calls: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/')) calls.push(`${request.method()} ${pathname.replace(/.*\//, '')}`)
    })
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Matches')
    expect(calls).toEqual(['GET public-key'])
    await page.context().setOffline(true)
    await b.message.fill('kept here?')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Does not match')
    await page.context().setOffline(false)
    expect(calls).toEqual(['GET public-key'])
  })

  await test.step('a hash that Web Cryptography lacks', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await keyOfType('rsa-2048'), 'sign'))
    await b.hash.click()
    await page.getByRole('option', { name: 'sha2-224' }).press('Enter')
    await b.message.fill('m')
    await b.sign.click()
    await b.toVerify.click()
    await b.isOn('Verify')
    await b.verifyOffline.click()
    await expect(
      page.getByText('This browser’s Web Cryptography has no SHA-224. Use Verify, or a newer browser.').last(),
    ).toBeVisible()
    await expect(b.requests.first()).toBeVisible()
    await b.verify.click()
    await expect(b.inCloud).toContainText('Matches')
  })

  await test.step('an older version', async () => {
    const b = playground(page)
    const key = await api.thalassa.create({ name: 'rotated signer', keyType: 'ed25519' })
    await api.thalassa.act(key, 'POST', '/rotate')
    await page.goto(thalassaUrl(key, 'sign'))
    await expect(page.getByLabel('Version')).toHaveText('2, latest')
    await page.getByLabel('Version').click()
    await page.getByRole('option', { name: /^1\b/ }).press('Enter')
    await expect(b.hash).toHaveCount(0)
    await expect(b.prehashed).toHaveCount(0)
    await b.message.fill('old')
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    await b.toVerify.click()
    await b.isOn('Verify')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText(/Matches.*Version 1/)
    await b.verify.click()
    await expect(b.inCloud).toContainText(/Matches.*Version 1/)
    await api.thalassa.act(key, 'POST', '/disable')
    await page.reload()
    await expect(page.getByText(/can’t verify signatures now\. The key is disabled\./)).toBeVisible()
    await expect(b.verify).toHaveAttribute('aria-disabled', 'true')
    await expect(b.verifyOffline).not.toHaveAttribute('aria-disabled', 'true')
  })
})

const digests = [
  { keyType: 'ecdsa-p256', hash: 'sha2-256' },
  { keyType: 'ecdsa-p521', hash: 'sha2-512' },
  { keyType: 'rsa-2048', hash: 'sha2-384' },
]

test('a signed digest verifies as its message', async ({ page, keyOfType }) => {
  const b = playground(page)
  for (const { keyType, hash } of digests) {
    const digest = createHash(hash.replace('sha2-', 'sha')).update('long document').digest()
    await page.goto(thalassaUrl(await keyOfType(keyType), 'sign'))
    await b.hash.click()
    await page.getByRole('option', { name: hash, exact: true }).press('Enter')
    await b.prehashed.check()
    await expect(page.getByText(`of ${digest.length} bytes`)).toBeVisible()
    await b.sign.click()
    await expect(page.getByText(`There is no digest yet. Paste the ${digest.length} bytes`)).toBeVisible()
    await b.digest.fill(digest.toString('hex').slice(2))
    await b.sign.click()
    await expect(
      page.getByText(`A ${hash} digest has ${digest.length} bytes, and this has ${digest.length - 1}.`),
    ).toBeVisible()
    await expect(b.digest).toHaveAttribute('aria-invalid', 'true')
    await b.encoding('Base64').check()
    await b.digest.fill(digest.toString('base64'))
    await b.sign.click()
    await expect(b.signature).toHaveText(/^thalassa:v1:/)
    await b.toVerify.click()
    await b.isOn('Verify')
    await expect(page.getByText('A digest was signed. Verifying takes the message that it was made of.')).toBeVisible()
    await expect(b.hash).toHaveText(hash)
    await b.message.fill('long document')
    await b.verify.click()
    await expect(b.inCloud).toContainText('Matches')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Matches')
    await b.hash.click()
    await page.getByRole('option', { name: 'sha1', exact: true }).press('Enter')
    await b.verify.click()
    await expect(b.inCloud).toContainText('Does not match')
    await expect(b.inCloud).toContainText('with sha1')
    await b.verifyOffline.click()
    await expect(b.inBrowser).toContainText('Does not match')
  }
})
