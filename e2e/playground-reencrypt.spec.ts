import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectNoOverflow, expectTouchTarget } from './fits.ts'
import { expect, test, uniqueName } from './fixtures.ts'
import type { GatewayClient } from './gateway-client.ts'
import { exoscaleUrl, keptByBrowser, newExoscaleKey, newKey, playground, thalassaUrl } from './playground-page.ts'

const EMPTY = 'The new ciphertext appears here.'

async function twoKeys(api: GatewayClient) {
  const [name, other] = [uniqueName('from'), uniqueName('to')]
  return { name, other, from: await api.exoscale.create({ name }), to: await api.exoscale.create({ name: other }) }
}

/** Chooses with the keyboard: a click that lands while the list still opens chooses nothing. */
async function chooseDestination(page: Page, name: string) {
  await playground(page).destination.click()
  await page.getByRole('combobox', { name: /Destination key: Find/ }).fill(name)
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(playground(page).destination).toHaveAccessibleName(`Destination key: ${name}`)
}

test('a ciphertext is re-encrypted for another key and for the newest version', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await test.step('another key, with a context of its own', async () => {
    const b = playground(page)
    const { name, other, from, to } = await twoKeys(api)
    const old = await api.exoscale.encrypt(from, 'moved', 'tenant=42')
    await page.goto(exoscaleUrl(from, 'reEncrypt'))
    await expect(b.destination).toHaveAccessibleName('Destination key: This key’s newest version')
    await expect(b.ciphertext).toContainText(
      'Exoscale decrypts and encrypts inside its KMS: the plaintext never leaves it.',
    )
    await b.source.fill(old)
    await b.sourceContext.fill('tenant=42')
    await chooseDestination(page, other)
    await b.destinationContext.fill('tenant=43')
    await expect(page.getByText('The source context is not carried over')).toBeVisible()
    await b.reEncrypt.click()
    await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
    await expect(page.getByText(`${other}, not ${name}`)).toBeVisible()
    await expect(page.getByText('The destination context, 9 bytes')).toBeVisible()
    await expect(page.getByText('The plaintext never left Exoscale.')).toBeVisible()
    await expect(b.requests.nth(1)).toContainText(`${name} to ${other}`)
    await page.getByRole('button', { name: 'Show code' }).click()
    await expect(page.getByText(`/kms-key/${from.id}/re-encrypt`).first()).toBeVisible()
    await expect(page.getByText(to.id).first()).toBeVisible()

    const made = (await b.ciphertext.textContent()) ?? ''
    expect(made).not.toBe(old)
    await page.getByRole('button', { name: 'Copy ciphertext' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(made)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download ciphertext' }).click(),
    ])
    expect(await readFile(await saved.path(), 'utf8')).toBe(made)
    expect(await keptByBrowser(page)).not.toContain(made)

    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await expect(page).toHaveURL(new RegExp(`${to.id}&op=decrypt$`))
    await expect(b.key).toHaveAccessibleName(`Key: ${other}`)
    await expect(b.ciphertext).toHaveValue(made)
    await expect(b.context).toHaveValue('tenant=43')
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('moved')
    await page.goBack()
    await b.isOn('Re-encrypt')
    await expect(b.key).toHaveAccessibleName(`Key: ${name}`)
    await expect(b.source).toHaveValue(old)
    await expect(b.ciphertext).toContainText(EMPTY)
  })

  await test.step('newest version of the same key', async () => {
    const b = playground(page)
    const key = await newExoscaleKey(api)
    const old = await api.exoscale.encrypt(key, 'kept', 'tenant=42')
    await api.exoscale.act(key, 'rotate')
    await page.goto(exoscaleUrl(key, 'decrypt'))
    await expect(b.toReEncrypt).toHaveAccessibleDescription('Paste a ciphertext first.')
    await b.ciphertext.fill(old)
    await b.context.fill('tenant=42')
    await b.toReEncrypt.click()
    await b.isOn('Re-encrypt')
    await expect(page).toHaveURL(/op=reEncrypt$/)
    await expect(b.source).toBeFocused()
    await expect(b.source).toHaveValue(old)
    await expect(b.sourceContext).toHaveValue('tenant=42')
    await expect(b.destinationContext).toHaveValue('')
    await b.reEncrypt.click()
    await expect(page.getByText(/, made by its newest version$/)).toBeVisible()
    await expect(page.getByRole('definition').filter({ hasText: /^None$/ })).toBeVisible()
    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await expect(b.context).toHaveValue('')
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('kept')

    await b.tab('Re-encrypt').click()
    await b.isOn('Re-encrypt')
    await page.getByRole('button', { name: 'Use the source’s' }).click()
    await expect(b.destinationContext).toHaveValue('tenant=42')
    await expect(b.ciphertext).toContainText(EMPTY)
    await b.reEncrypt.click()
    await expect(page.getByText('The destination context, 9 bytes')).toBeVisible()
    await b.toDecrypt.click()
    await b.isOn('Decrypt')
    await expect(b.context).toHaveValue('tenant=42')
    await b.decrypt.click()
    await expect(b.plaintext).toHaveText('kept')
  })
})

test('re-encrypt: input errors, refusals, keys that can’t be the destination', async ({ page, api }) => {
  await test.step('input errors and refusals', async () => {
    const b = playground(page)
    const { name, other, from, to } = await twoKeys(api)
    const old = await api.exoscale.encrypt(from, 'guarded', 'tenant=42')
    await page.goto(exoscaleUrl(from, 'reEncrypt'))
    await b.reEncrypt.click()
    await expect(page.getByText('There is nothing to re-encrypt yet. Paste a ciphertext.')).toBeVisible()
    await expect(b.source).toHaveAttribute('aria-invalid', 'true')
    await b.source.fill('RVhPSw')
    await page.getByRole('radiogroup', { name: 'Encoding of the destination context' }).getByLabel('Hex').check()
    await b.destinationContext.fill('7')
    await b.reEncrypt.click()
    await expect(page.getByText('This is not standard base64, as every ciphertext of this key is.')).toBeVisible()
    await expect(page.getByText('One hexadecimal digit is missing: two make a byte.')).toBeVisible()
    await expect(b.requests).toHaveCount(0)

    await b.destinationContext.fill('')
    await b.source.fill(old)
    await b.sourceContext.fill('tenant=43')
    await b.reEncrypt.click()
    await expect(b.failure).toContainText(
      `This is not a ciphertext of ${name}, was altered, or was made with another encryption context.`,
    )
    await expect(b.failure).toContainText(/POST \/v2\/kms-key\/[-0-9a-f]+\/re-encrypt · 400 · request /)
    await expect(b.source).toHaveValue(old)
    await expect(b.sourceContext).toHaveValue('tenant=43')
    await expect(b.requests.nth(1)).toContainText(`${name}: not its ciphertext`)

    await b.sourceContext.fill('tenant=42')
    await expect(b.failure).toHaveCount(0)
    await chooseDestination(page, other)
    await api.exoscale.act(to, 'disable')
    await b.reEncrypt.click()
    await expect(b.failure).toContainText(/disabled/i)
    await expect(b.source).toHaveValue(old)
    await expect(page.getByText(`${other} can’t take it now. The key is disabled. Enable it first.`)).toBeVisible()
  })

  await test.step('disabled and missing destinations', async () => {
    const b = playground(page)
    const name = uniqueName('taker')
    const key = await newExoscaleKey(api)
    await api.exoscale.create({ name })
    const off = await api.exoscale.create({ name: `${name} off` })
    await api.exoscale.act(off, 'disable')
    await api.exoscale.create({ name: `${name} far` }, 'de-fra-1')
    await api.thalassa.create({ name: `${name} foreign` })
    await page.goto(exoscaleUrl(key, 'reEncrypt'))
    await b.destination.click()
    await expect(page.getByRole('option', { name: 'This key’s newest version' })).toBeVisible()
    await page.getByRole('combobox', { name: /Destination key: Find/ }).fill(name)
    await expect(page.getByRole('option')).toHaveCount(2)
    const refused = page.getByRole('option', { name: `${name} off` })
    await expect(refused).toHaveAttribute('aria-disabled', 'true')
    await expect(refused).toContainText('The key is disabled. Enable it first.')
    await page.keyboard.press('Escape')

    await api.exoscale.act(key, 'disable')
    await page.reload()
    await expect(page.getByText(/can’t re-encrypt now\. The key is disabled\. Enable it first\./)).toBeVisible()
    await expect(b.reEncrypt).toHaveAccessibleDescription('The key is disabled. Enable it first.')
  })

  await test.step('default key of the organisation', async () => {
    const b = playground(page)
    const key = await newExoscaleKey(api)
    const old = await api.exoscale.encrypt(key, 'kept')
    await page.goto(exoscaleUrl(key, 'reEncrypt'))
    await b.source.fill(old)
    await chooseDestination(page, 'exoscale-default')
    await b.reEncrypt.click()
    await expect(b.failure).toContainText(/default key/)
    await expect(b.failure).not.toContainText('This is not a ciphertext')
    await expect(b.source).toHaveValue(old)
  })

  await test.step('a provider without re-encryption', async () => {
    const b = playground(page)
    await page.goto(thalassaUrl(await newKey(api), 'reEncrypt'))
    await b.isOn('Encrypt')
    await expect(b.tab('Re-encrypt')).toHaveCount(0)
    await expect(b.tab('Data key')).toHaveCount(0)
    await b.tab('Decrypt').click()
    await b.isOn('Decrypt')
    await expect(b.toReEncrypt).toHaveCount(0)
  })
})

test('re-encrypt by keyboard alone and on a narrow screen', async ({ page, api }) => {
  await test.step('keyboard', async () => {
    const b = playground(page)
    const { other, from } = await twoKeys(api)
    const old = await api.exoscale.encrypt(from, 'by hand')
    await page.goto(exoscaleUrl(from, 'reEncrypt'))
    await b.source.focus()
    await page.keyboard.insertText(old)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await expect(b.sourceContext).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(b.destination).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.type(other)
    await expect(page.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(b.destination).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
    await expect(page.getByRole('status').filter({ hasText: `Re-encrypted for ${other}.` })).toHaveCount(1)
    await b.toDecrypt.focus()
    await page.keyboard.press('Enter')
    await expect(b.ciphertext).toBeFocused()
    await page.keyboard.press('Control+Enter')
    await expect(b.plaintext).toHaveText('by hand')
  })

  await test.step('a narrow screen', async () => {
    const b = playground(page)
    await page.setViewportSize({ width: 390, height: 844 })
    const key = await newExoscaleKey(api)
    await page.goto(exoscaleUrl(key, 'reEncrypt'))
    await b.source.fill(await api.exoscale.encrypt(key, 'small'))
    await b.reEncrypt.click()
    await expect(b.ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
    await expectTouchTarget(b.reEncrypt)
    await expectNoOverflow(page)
  })
})
