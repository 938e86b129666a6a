import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { newKey, playground, thalassaUrl, withLastBitFlipped } from './playground-page.ts'

const types = [
  { keyType: 'hmac', bytes: 32, fixed: undefined },
  { keyType: 'hmac-sha256', bytes: 32, fixed: 'sha2-256' },
  { keyType: 'hmac-sha512', bytes: 64, fixed: 'sha2-512' },
]

test('an HMAC of each key type verifies, and no longer after one flipped bit', async ({ page, api }) => {
  const b = playground(page)
  for (const { keyType, bytes, fixed } of types) {
    await page.goto(thalassaUrl(await newKey(api, keyType)))
    await b.isOn('HMAC')
    await expect(b.prehashed).toHaveCount(0)
    if (fixed === undefined) await expect(b.hash).toHaveText('sha2-256')
    else await expect(page.getByText('fixed by the key’s type').locator('..')).toContainText(fixed)
    await b.message.fill('session=42')
    await b.computeHmac.click()
    await expect(b.hmac).toHaveText(/^thalassa:v1:[A-Za-z0-9+/]+=*$/)
    await expect(page.getByText(`${bytes} bytes`, { exact: true })).toBeVisible()
    const hmac = (await b.hmac.textContent()) ?? ''
    await b.toVerifyHmac.click()
    await b.isOn('Verify HMAC')
    await expect(b.hmac).toHaveValue(hmac)
    await b.verifyHmac.click()
    await expect(b.inCloud).toContainText(/Matches.*Version 1/)
    await expect(page.getByRole('status').filter({ hasText: 'The HMAC matches.' })).toHaveCount(1)
    await expect(b.verifyOffline).toHaveCount(0)
    await b.hmac.fill(withLastBitFlipped(hmac))
    await b.verifyHmac.click()
    await expect(b.inCloud).toContainText('Does not match')
    await expect(b.failure).toHaveCount(0)
    await b.hmac.fill(hmac)
    await b.message.fill('session=43')
    await b.verifyHmac.click()
    await expect(b.inCloud).toContainText('Does not match')
    await b.hmac.fill('nonsense')
    await b.verifyHmac.click()
    await expect(page.getByText('This is not of the form that this key’s HMACs have.')).toBeVisible()
    await expect(b.hmac).toHaveAttribute('aria-invalid', 'true')
    await expect(b.requests).toHaveCount(6)
  }
})

test('hash of an HMAC in form and code, and focus after Use in Verify', async ({ page, api }) => {
  await test.step('hash', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api, 'hmac')))
    await page.getByRole('button', { name: 'Show code' }).click()
    await b.hash.click()
    await page.getByRole('option', { name: 'sha3-512' }).press('Enter')
    await b.encoding('Hex').check()
    await b.message.fill('00ff')
    await expect(page.getByText('"algorithm": "sha3-512"')).toBeVisible()
    await b.computeHmac.click()
    await expect(page.getByText('64 bytes', { exact: true })).toBeVisible()
    const hmac = (await b.hmac.textContent()) ?? ''
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download HMAC' }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(/^play-\w+\.hmac\.txt$/)
    expect(await readFile(await saved.path(), 'utf8')).toBe(hmac)
    await b.toVerifyHmac.click()
    await b.isOn('Verify HMAC')
    await expect(b.hash).toHaveText('sha3-512')
    await expect(page.getByText('"hashAlgorithm": "sha3-512"')).toBeVisible()
    await b.verifyHmac.click()
    await expect(b.inCloud).toContainText('Matches')
    await b.hash.click()
    await page.getByRole('option', { name: 'sha2-256' }).press('Enter')
    await expect(b.inCloud).toHaveCount(0)
    await b.verifyHmac.click()
    await expect(b.inCloud).toContainText('Does not match')
  })

  await test.step('focus', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api, 'hmac'), 'hmac'))
    await b.message.fill('session=42')
    await b.computeHmac.click()
    // Focus in the old tab would take keys that are pressed meanwhile.
    const focused = await page.evaluateHandle(() => {
      const tabs: (string | null | undefined)[] = []
      document.addEventListener('focusin', ({ target }) => {
        const tab = document.querySelector('[role=tab][aria-selected=true]')
        if (target instanceof HTMLTextAreaElement) tabs.push(tab?.textContent)
      })
      return tabs
    })
    await b.toVerifyHmac.click()
    await b.isOn('Verify HMAC')
    await expect(b.message).toBeFocused()
    expect(await focused.jsonValue()).toEqual(['Verify HMAC'])
  })
})
