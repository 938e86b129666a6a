/** A console that people open at the address of a proxy, under a path of it. */
import { request as callUpstream, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { button, field, radio, toNext } from './create-key-page.ts'
import { test as base, expect } from './fixtures.ts'
import { startFresh } from './server.ts'

interface Proxied {
  /** Address of the console on the proxy, with its path. */
  readonly at: string
}

/** Starts a proxy, and behind it a console that knows its address. The proxy takes the path away, and `Host` stays. */
const test = base.extend<{ proxied: Proxied }>({
  proxied: async ({ page }, use) => {
    let upstream = ''
    const proxy = createServer((incoming, outgoing) => {
      const { method, url = '', headers } = incoming
      if (!url.startsWith('/kms/')) return outgoing.writeHead(404).end('another site')
      const passed = callUpstream(upstream + url.slice('/kms'.length), { method, headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
      })
      passed.on('error', () => outgoing.destroy())
      incoming.pipe(passed)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/kms/`
    const console = await startFresh('console', { PUBLIC_URL: at, KMS_EXOSCALE_SWITCHES: 'default-key=absent' })
    upstream = console.url
    await use({ at })
    await page.goto('about:blank')
    proxy.closeAllConnections()
    proxy.close()
    await console.stop()
  },
})

test('under a path of a proxy, pages open, reload and link to each other, and calls pass', async ({
  page,
  proxied: { at },
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const held = Promise.withResolvers<void>()
  await page.route(/\/assets\/main-/, async (route) => {
    await held.promise
    await route.continue()
  })
  await page.goto(`${at}keys`, { waitUntil: 'commit' })
  // The frame, before the app's code is there.
  await expect(page.locator('#frame-title')).toHaveText('Keys')
  await expect(page.locator('#frame-tools')).toBeVisible()
  await expect(page.locator('#frame-screens [aria-current=page]')).toHaveText('Keys')
  // Focus or a click on it would be lost when the app takes its place.
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveCount(0)
  held.resolve()
  await expect(page.getByRole('table', { name: 'Keys' }).or(page.getByText('No keys yet'))).toBeVisible()
  await page.unrouteAll()
  await navigation.getByRole('link', { name: 'Overview' }).click()
  await expect(page).toHaveURL(at)
  await navigation.getByRole('link', { name: 'Keys', exact: true }).click()
  await expect(page).toHaveURL(`${at}keys`)
  await page.getByRole('link', { name: 'Create key' }).first().click()
  await radio(page, 'Thalassa Cloud').check()
  await radio(page, 'nl-01').check()
  await toNext(page)
  await field(page, 'Name').fill('behind a proxy')
  await button(page, 'Create key').click()
  const title = page.getByRole('heading', { level: 1, name: 'behind a proxy' })
  await expect(title).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`^${at}keys/thalassa/`))

  await page.reload()
  await expect(title).toBeVisible()
  await button(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  const crumb = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Keys' })
  await expect(crumb).toHaveAttribute('href', '/kms/keys')
})
