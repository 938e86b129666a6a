import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import { type Started, startFresh } from './server.ts'
import { startUpstream, type Upstream } from './upstream.ts'

export interface Shared {
  serverFor: (file: string) => Promise<Started>
}

export interface EachTest {
  /**
   * The real gateway with the real local KMS inside, with a data folder of its own: one for all tests of a file, so that
   * its lists stay as short as people's are.
   */
  server: Started
  api: GatewayClient
  /** A console of the test's own, with no keys in it yet, not even the cloud's own. */
  emptyServer: Started
  /** A console of the test's own as its first start leaves it: with the key that a cloud makes by itself. */
  newServer: Started
  /** A console whose clouds are a local KMS of its own that misbehaves on request. */
  faulty: { url: string; api: GatewayClient; upstream: Upstream }
  /** Console errors, failed scripts and policy violations; every test fails on one it did not expect. */
  complaints: string[]
}

const noDefaultKey = { KMS_EXOSCALE_SWITCHES: 'default-key=absent' }

export const test = base.extend<EachTest, Shared>({
  serverFor: [
    async ({}, use) => {
      let current: { file: string; server: Started } | undefined
      await use(async (file) => {
        if (current?.file === file) return current.server
        await current?.server.stop()
        current = { file, server: await startFresh('console') }
        return current.server
      })
      await current?.server.stop()
    },
    { scope: 'worker' },
  ],

  server: async ({ serverFor }, use, { file }) => use(await serverFor(file)),

  baseURL: async ({ server }, use) => use(server.url),

  api: async ({ server }, use) => use(gatewayClient(server.url)),

  emptyServer: async ({ page }, use) => {
    const server = await startFresh('console', noDefaultKey)
    await use(server)
    // The page goes first, or it would complain of what it asks of a server that is gone.
    await page.close()
    await server.stop()
  },

  newServer: async ({ page }, use) => {
    const server = await startFresh('console')
    await use(server)
    await page.close()
    await server.stop()
  },

  faulty: async ({ page }, use) => {
    const upstream = await startUpstream(noDefaultKey)
    const pick = (name: string) => ({ [name]: upstream.credentials[name] ?? '' })
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

/** All rules once, and those about colours, which alone can differ, in the other theme. */
const themes: readonly { theme: 'light' | 'dark'; rules: RunOptions }[] = [
  { theme: 'light', rules: {} },
  { theme: 'dark', rules: { runOnly: ['color-contrast', 'link-in-text-block'] } },
]

/** Its smaller form: a page that it is put into reads all of it. */
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Waits for what is closing to be gone, and for moves and fades to end, which lower contrast while they last. Those that
 * follow scrolling never finish.
 */
async function settled(page: Page) {
  await expect(page.locator('[data-ending-style]')).toHaveCount(0)
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ timeline }) => timeline === document.timeline)
        .map((animation) => animation.finished.catch(() => null)),
    ),
  )
}

/** No accessibility violation in either theme, the invisible focus guards of open dialogs apart. */
export async function expectAccessible(page: Page): Promise<void> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe)
  const context = JSON.stringify({ exclude: ['[data-base-ui-focus-guard]'] })
  for (const { theme, rules } of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await settled(page)
    // Only violations are read here, and no page has rules about style sheets: without the rest it takes a third of the time.
    const options = JSON.stringify({ resultTypes: ['violations'], preload: false, ...rules } satisfies RunOptions)
    const { violations } = await page.evaluate<AxeResults>(`axe.run(${context}, ${options})`)
    const told = violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect(told).toEqual([])
  }
}

/** A name that no other test uses. */
export const uniqueName = (stem: string): string => `${stem} ${Math.random().toString(36).slice(2, 8)}`
