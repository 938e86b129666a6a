import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type FaultUpstream, startFaultUpstream } from './fault-upstream.ts'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import { exportsOf, type Started, startFresh } from './server.ts'

export interface Shared {
  /** The real gateway with the real local KMS inside, one for each worker, with a data folder of its own. */
  server: Started
}

export interface EachTest {
  api: GatewayClient
  /** A console of the test's own, with no keys in it yet, not even the cloud's own. */
  emptyServer: Started
  /** A console whose clouds are a local KMS of its own behind an upstream that misbehaves on request. */
  faulty: { url: string; api: GatewayClient; upstream: FaultUpstream }
  /** Console errors, failed scripts and policy violations; every test fails on one it did not expect. */
  complaints: string[]
}

const noDefaultKey = { KMS_EXOSCALE_SWITCHES: 'default-key=absent' }

export const test = base.extend<EachTest, Shared>({
  server: [
    async ({}, use) => {
      const server = await startFresh('console')
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  api: async ({ server }, use) => use(gatewayClient(server.url)),

  emptyServer: async ({ page }, use) => {
    const server = await startFresh('console', noDefaultKey)
    await use(server)
    // The page goes first, or it would complain of what it asks of a server that is gone.
    await page.close()
    await server.stop()
  },

  faulty: async ({ page }, use) => {
    const kms = await startFresh('kms', noDefaultKey)
    const upstream = await startFaultUpstream(kms.url)
    const credentials = exportsOf(kms.output())
    const pick = (name: string) => ({ [name]: credentials[name] ?? '' })
    const console = await startFresh('console', {
      ...pick('THALASSA_PERSONAL_ACCESS_TOKEN'),
      ...pick('THALASSA_ORGANISATION_ID'),
      ...pick('EXOSCALE_API_KEY'),
      ...pick('EXOSCALE_API_SECRET'),
      THALASSA_API_ENDPOINT: upstream.url,
      EXOSCALE_API_ENDPOINT: `${upstream.url}/zone/{zone}/v2`,
    })
    await use({ url: console.url, api: gatewayClient(console.url), upstream })
    await page.close()
    await console.stop()
    await upstream.stop()
    await kms.stop()
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
      page.on('console', (message) => {
        // An answer with an error status is logged by the browser itself; what the page makes of it is what tests read.
        const refused = /^Failed to load resource: the server responded with a status of/.test(message.text())
        if (message.type() === 'error' && !refused) complaints.push(`console: ${message.text()}`)
      })
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`)
        })
      })
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

const themes = ['light', 'dark'] as const

/** No accessibility violation in either theme, the invisible focus guards of open dialogs apart. Waits for moves and fades to end, which lower contrast while they last. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await page.evaluate(() =>
      // Those that follow scrolling never finish.
      Promise.all(
        document
          .getAnimations()
          .filter(({ timeline }) => timeline === document.timeline)
          .map((animation) => animation.finished.catch(() => null)),
      ),
    )
    // No page has frames, so the report need not be put together in a page of its own: a third of the time.
    const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').setLegacyMode()
    const { violations } = await axe.analyze()
    const told = violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect(told).toEqual([])
  }
}

/** A name that no other test uses. */
export const uniqueName = (stem: string): string => `${stem} ${Math.random().toString(36).slice(2, 8)}`
