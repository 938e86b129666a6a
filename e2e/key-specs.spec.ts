/** One key of each specification of Exoscale, from its creation to its activity, in both themes. */
import type { Page } from '@playwright/test'
import { keySpecNames } from '../src/clouds/exoscale/key-specs.ts'
import { button, chooseWhere, code, field, radio, summary, toNext } from './create-key-page.ts'
import { expect, expectAccessible, expectReadableInDark, test, uniqueName } from './fixtures.ts'
import { property, tab } from './key-page.ts'
import { playground } from './playground-page.ts'
import { startFresh } from './server.ts'

test.describe.configure({ mode: 'parallel' })

const symmetric = 'AES_256'
/** RSA has both usages: one modulus encrypts, the other signs. */
const encrypting: readonly string[] = [symmetric, 'RSA_3072']
/** What all keys of a purpose show alike is checked with these. */
const examples: readonly string[] = [symmetric, 'ECC_NIST_P256']

/** The screen in both themes; the journey goes on in the one that it has. */
const screenChecker = (page: Page, theme: 'light' | 'dark') => async () => {
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
  await expectAccessible(page)
  await expectReadableInDark(page)
  await page.emulateMedia({ colorScheme: theme })
}

type Check = () => Promise<void>

async function encryptAndDecrypt(page: Page, check: Check, checkExample: Check) {
  const { plaintext, ciphertext, encrypt, toDecrypt, decrypt, isOn } = playground(page)
  await plaintext.fill('the order of 22 November')
  await encrypt.click()
  await expect(ciphertext).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await check()
  await toDecrypt.click()
  await isOn('Decrypt')
  await decrypt.click()
  await expect(plaintext).toHaveText('the order of 22 November')
  await checkExample()
}

async function signAndVerify(page: Page, check: Check, checkExample: Check) {
  const { message, signature, sign, toVerify, verify, isOn } = playground(page)
  const verdict = page.getByRole('region', { name: 'Verified by Exoscale' })
  await message.fill('the order of 22 November')
  await sign.click()
  await expect(signature).toHaveText(/^[A-Za-z0-9+/]+=*$/)
  await check()
  await toVerify.click()
  await isOn('Verify')
  await verify.click()
  await expect(verdict.getByRole('heading', { name: 'Matches' })).toBeVisible()
  await message.fill('the order of 23 November')
  await verify.click()
  await expect(verdict.getByRole('heading', { name: 'Does not match' })).toBeVisible()
  await checkExample()
}

for (const [place, spec] of keySpecNames.entries())
  test(`a key of ${spec}`, async ({ page }) => {
    const signs = !encrypting.includes(spec)
    const theme = place % 2 === 0 ? 'light' : 'dark'
    const check = screenChecker(page, theme)
    const checkExample = async () => (examples.includes(spec) ? check() : undefined)
    const name = uniqueName(spec)
    await page.emulateMedia({ colorScheme: theme })

    await test.step('created in the wizard', async () => {
      await page.goto('/keys/new')
      await chooseWhere(page, 'Exoscale', 'ch-gva-2')
      await radio(page, signs ? 'Sign' : 'Encrypt data').check()
      await radio(page, spec).check()
      await expect(code(page)).toContainText(spec === symmetric ? 'exo kms key create' : `"key-spec":"${spec}"`)
      await checkExample()
      await toNext(page)
      await field(page, 'Name').fill(name)
      await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toHaveCount(spec === symmetric ? 1 : 0)
      await expect(summary(page)).toContainText(spec === symmetric ? 'Every 365 days' : 'Never')
      await checkExample()
      await button(page, 'Create key').click()
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    })

    await test.step('its page', async () => {
      await expect(page.getByRole('main').getByText(spec, { exact: true })).toBeVisible()
      await expect(property(page, 'Operations')).toContainText(signs ? 'Sign, verify' : 'Encrypt, decrypt')
      await expect(tab(page, 'Versions and rotation')).toHaveCount(spec === symmetric ? 1 : 0)
      await expect(button(page, 'Rotate now')).toHaveCount(spec === symmetric ? 1 : 0)
      await check()
    })
    const keyUrl = page.url()

    await test.step('its operations', async () => {
      await page.getByRole('link', { name: 'Open in playground' }).click()
      await (signs ? signAndVerify : encryptAndDecrypt)(page, check, checkExample)
    })

    await test.step('its public key and its activity', async () => {
      await page.goto(keyUrl)
      if (spec === symmetric) await expect(tab(page, 'Public key')).toHaveCount(0)
      else {
        await tab(page, 'Public key').click()
        await expect(page.getByRole('tabpanel')).toContainText('-----BEGIN PUBLIC KEY-----')
        await check()
      }
      await tab(page, 'Activity').click()
      const row = page.getByRole('tabpanel').getByRole('row', { name: signs ? /Sign.*OK/ : /Encrypt.*OK/ })
      await expect(row).toBeVisible()
      await checkExample()
    })
  })

test('a zone of an older service offers its only type with the reason', async ({ page, once }) => {
  const { url } = await once('older', () => startFresh('console', { KMS_EXOSCALE_API: '2026-07' }))
  const name = uniqueName('older')
  await page.goto(`${url}/keys/new`)
  await chooseWhere(page, 'Exoscale', 'ch-gva-2')
  await expect(page.getByText('This zone does not offer asymmetric keys yet.')).toBeVisible()
  await expect(radio(page, 'Sign')).toHaveCount(0)
  await screenChecker(page, 'light')()
  await toNext(page)
  await field(page, 'Name').fill(name)
  await button(page, 'Create key').click()
  await expect(page.getByText(`Created ${name}`)).toBeVisible()
  await expect(page.getByRole('main').getByText(symmetric, { exact: true })).toBeVisible()
})
