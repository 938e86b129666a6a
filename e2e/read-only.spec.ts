import type { Page } from '@playwright/test'
import { test as base, expect, leavePage } from './fixtures.ts'
import { gatewayClient } from './gateway-client.ts'
import { exportsOf, startFresh } from './server.ts'

interface Reading {
  readonly url: string
  /** Paths of keys in the console, by state. */
  readonly active: string
  readonly disabled: string
  readonly pending: string
  readonly multiZone: string
  /** A key that signs, and may be exported. */
  readonly signing: string
}

const reason = 'This console is read-only: it was started with READ_ONLY.'

const expectRefused = async (page: Page, name: string) => {
  const button = page.getByRole('main').getByRole('button', { name, exact: true })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(reason)
}

/** A read-only console on a local KMS where another console has created keys. */
const test = base.extend<{ reading: Reading }>({
  reading: async ({ page }, use) => {
    const kms = await startFresh('kms', { KMS_EXOSCALE_SWITCHES: 'default-key=absent' })
    const printed = exportsOf(kms.output())
    const { THALASSA_PERSONAL_ACCESS_TOKEN = '', THALASSA_ORGANISATION_ID = '' } = printed
    const { EXOSCALE_API_KEY = '', EXOSCALE_API_SECRET = '' } = printed
    const clouds = {
      THALASSA_API_ENDPOINT: kms.url,
      THALASSA_PERSONAL_ACCESS_TOKEN,
      THALASSA_ORGANISATION_ID,
      EXOSCALE_API_ENDPOINT: `${kms.url}/zone/{zone}/v2`,
      EXOSCALE_API_KEY,
      EXOSCALE_API_SECRET,
    }
    const writing = await startFresh('console', clouds)
    const { thalassa, exoscale } = gatewayClient(writing.url)
    const active = await thalassa.create({ name: 'kept as it is' })
    const disabled = await thalassa.create({ name: 'switched off' })
    await thalassa.act(disabled, 'POST', '/disable')
    const pending = await exoscale.create({ name: 'to be destroyed' })
    await exoscale.act(pending, 'schedule-deletion', { 'delay-days': 7 })
    const multiZone = await exoscale.create({ name: 'everywhere', 'multi-zone': true })
    const signing = await thalassa.create({ name: 'signs', keyType: 'ecdsa-p256', exportAllowed: true })
    await writing.stop()

    const console = await startFresh('console', { ...clouds, READ_ONLY: 'true' })
    await use({
      url: console.url,
      active: `/keys/thalassa/nl-01/${active.identity}`,
      disabled: `/keys/thalassa/nl-01/${disabled.identity}`,
      pending: `/keys/exoscale/ch-gva-2/${pending.id}`,
      multiZone: `/keys/exoscale/ch-gva-2/${multiZone.id}`,
      signing: `/keys/thalassa/nl-01/${signing.identity}`,
    })
    await leavePage(page)
    await console.stop()
    await kms.stop()
  },
})

test('a read-only console encrypts and verifies, and disables everything else with the reason', async ({
  page,
  reading,
}) => {
  await test.step('a key’s page and the playground', async () => {
    await page.goto(reading.url + reading.active)
    await expectRefused(page, 'Rotate now')
    await page.getByRole('button', { name: 'More actions' }).click()
    for (const name of ['Disable…', 'Schedule deletion…']) {
      const item = page.getByRole('menuitem', { name })
      await expect(item).toHaveAttribute('aria-disabled', 'true')
      await expect(item).toContainText(reason)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: /^Versions and rotation/ }).click()
    await expect(page.getByRole('switch', { name: 'Rotate automatically' })).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Save rotation' })).toHaveAccessibleDescription(reason)

    await page.getByRole('link', { name: 'Open in playground' }).click()
    await page.getByRole('textbox', { name: 'Plaintext', exact: true }).fill('still works')
    await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
    await expect(page.getByText(/thalassa:v1:/).first()).toBeVisible()
    await page.getByRole('tab', { name: 'Decrypt' }).click()
    await expectRefused(page, 'Decrypt')
  })

  await test.step('a key that signs: verify works, sign and export do not', async () => {
    await page.goto(`${reading.url}${reading.signing}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    const item = page.getByRole('menuitem', { name: 'Export key material…' })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toContainText(reason)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Open in playground' }).click()
    await expect(page.getByRole('tab', { name: 'Verify' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('main').getByRole('button', { name: 'Verify', exact: true })).not.toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await page.getByRole('tab', { name: 'Sign' }).click()
    await expectRefused(page, 'Sign')
  })

  await test.step('banners and tabs', async () => {
    for (const [path, name] of [
      [reading.disabled, 'Enable'],
      [reading.pending, 'Cancel deletion'],
      [`${reading.multiZone}?tab=replicas`, 'Replicate to…'],
    ] as const) {
      await page.goto(reading.url + path)
      await expectRefused(page, name)
    }
  })

  await test.step('row menu and connections', async () => {
    await page.goto(`${reading.url}/keys`)
    await page.getByRole('button', { name: 'Actions for kept as it is' }).click()
    const menu = page.getByRole('menu', { name: 'Actions for kept as it is' })
    for (const name of ['Rotate now…', 'Disable…', 'Schedule deletion…'])
      await expect(menu.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true')
    await expect(menu.getByRole('menuitem', { name: 'Open in playground' })).not.toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Connections' }).click()
    await expect(page.getByText('This console only reads.', { exact: true })).toBeVisible()
  })
})
