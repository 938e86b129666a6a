import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import { type GatewayClient, gatewayClient } from './gateway-client.ts'
import { type Started, startFresh } from './server.ts'
import { startUpstream, type Upstream } from './upstream.ts'

/** Starts what a worker needs once, by name, and gives the same one afterwards. */
type Once = <Service extends { stop: () => Promise<void> }>(
  name: string,
  start: () => Promise<Service>,
) => Promise<Service>

export interface EachWorker {
  /** Services that all tests of a worker use, one after the other; stopped with the worker. */
  once: Once
  serverFor: (file: string) => Promise<Started>
}

/** A console whose providers are a local KMS that fails on request. */
export interface Faulty {
  readonly url: string
  readonly api: GatewayClient
  readonly upstream: Upstream
}

export interface EachTest {
  /**
   * The real gateway with the real local KMS inside, with a data folder of its own: one for all tests of a file, so that
   * its lists stay short.
   */
  server: Started
  api: GatewayClient
  /** A console of the test's own, with no keys in it yet, not even the provider's own. */
  emptyServer: Started
  /** A console of the test's own after its first start: with the key that a provider creates by itself. */
  newServer: Started
  /** A console whose local KMS is back at its start, without keys and faults. */
  faulty: Faulty
  /** Console errors, failed scripts and policy violations; every test fails on one it did not expect. */
  complaints: string[]
}

const noDefaultKey = { KMS_EXOSCALE_SWITCHES: 'default-key=absent' }

async function startFaulty() {
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
  const stop = async () => {
    await console.stop()
    await upstream.stop()
  }
  return { url: console.url, api: gatewayClient(console.url), upstream, stop }
}

/** Ends requests of the page, before its server ends or is reset. */
export const leavePage = async (page: Page): Promise<void> => {
  if (!page.isClosed()) await page.goto('about:blank')
}

export const test = base.extend<EachTest, EachWorker>({
  once: [
    async ({}, use) => {
      const services = new Map<string, { stop: () => Promise<void> }>()
      await use(async (name, start) => {
        const running = services.get(name)
        // Each name belongs to one `start`, so that the service is of its type.
        if (running) return running as Awaited<ReturnType<typeof start>>
        const service = await start()
        services.set(name, service)
        return service
      })
      for (const { stop } of services.values()) await stop()
    },
    { scope: 'worker' },
  ],

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

  /** The worker's page. Playwright resets it between tests, apart from what this removes. */
  page: async ({ page, context }, use) => {
    const origins = new Set<string>()
    page.on('framenavigated', (frame) => {
      const { protocol, origin } = new URL(frame.url())
      if (protocol === 'http:') origins.add(origin)
    })
    await use(page)
    await context.setOffline(false)
    await context.clearPermissions()
    if (page.isClosed()) return
    const devtools = await context.newCDPSession(page)
    for (const origin of origins) await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
    await devtools.detach()
  },

  server: async ({ serverFor }, use, { file }) => use(await serverFor(file)),

  baseURL: async ({ server }, use) => use(server.url),

  api: async ({ server }, use) => use(gatewayClient(server.url)),

  emptyServer: async ({ page }, use) => {
    const server = await startFresh('console', noDefaultKey)
    await use(server)
    await leavePage(page)
    await server.stop()
  },

  newServer: async ({ page }, use) => {
    const server = await startFresh('console')
    await use(server)
    await leavePage(page)
    await server.stop()
  },

  faulty: async ({ page, once }, use) => {
    const faulty = await once('faulty', startFaulty)
    await faulty.upstream.reset()
    await use(faulty)
    await leavePage(page)
    await faulty.upstream.heal()
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
      page.on('console', (message) => {
        // An answer with an error status is logged by the browser itself; tests check what the page makes of it.
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

/** The minified form: each page parses all of it. */
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Waits for closing elements and for animations, which lower contrast. Animations that follow scrolling never finish. */
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

async function violations(page: Page, theme: 'light' | 'dark', rules: RunOptions): Promise<string[]> {
  // Code of a page arrives after its document: rules about headings and landmarks are true of the loaded page only.
  await expect(page.locator('h1')).not.toHaveCount(0)
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe)
  const context = JSON.stringify({ exclude: ['[data-base-ui-focus-guard]'] })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  await settled(page)
  // Only violations are read here, and no page has rules about style sheets: without the rest it takes a third of the time.
  const options = JSON.stringify({ resultTypes: ['violations'], preload: false, ...rules } satisfies RunOptions)
  const results = await page.evaluate<AxeResults>(`axe.run(${context}, ${options})`)
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** No accessibility violation in the light theme, the invisible focus guards of open dialogs apart. */
export const expectAccessible = async (page: Page): Promise<void> =>
  expect(await violations(page, 'light', {})).toEqual([])

/** No colour that is hard to read in the dark theme; the other rules don't depend on the theme. */
export async function expectReadableInDark(page: Page): Promise<void> {
  expect(await violations(page, 'dark', { runOnly: ['color-contrast', 'link-in-text-block'] })).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

/** A name that no other test uses. */
export const uniqueName = (stem: string): string => `${stem} ${Math.random().toString(36).slice(2, 8)}`
