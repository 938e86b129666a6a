/** Code that comes when it is first wanted, and can't be had: the page that wanted it stays. */
import type { Page } from '@playwright/test'
import { test as base, expect, expectAccessible, uniqueName } from './fixtures.ts'
import { type Front, startFront } from './front.ts'
import { tab, thalassaPath } from './key-page.ts'
import { newKey, playground } from './playground-page.ts'

const test = base.extend<{ front: Front }>({
  front: async ({ page, server }, use) => {
    const front = await startFront(server.url)
    await use(front)
    await page.close()
    await front.stop()
  },
})

const told = (page: Page) => page.getByRole('alert').filter({ hasText: 'A part of the console could not be loaded.' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const goesOffline = (page: Page) => page.context().setOffline(true)
const comesBack = (page: Page) => page.context().setOffline(false)

/** The browser says itself that it could not load a file, and React that a part failed. */
const forgive = (complaints: string[]) => {
  const expected = /Failed to load resource|dynamically imported module|ERR_INTERNET_DISCONNECTED/
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !expected.test(text)))
}

test.afterEach(({ complaints }) => forgive(complaints))

test('a tooltip is missed by nobody: what was typed stays', async ({ page, api }) => {
  const b = playground(page)
  await newKey(api)
  await page.goto('/playground', { waitUntil: 'networkidle' })
  await b.plaintext.fill('typed before')
  await goesOffline(page)
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('TooltipPopup'))
  await b.encrypt.hover()
  await failed
  await b.plaintext.press('End')
  await page.keyboard.type(', and after')
  await expect(b.plaintext).toHaveValue('typed before, and after')
  await expect(told(page)).toHaveCount(0)
  await comesBack(page)
  // Beside the description that assistive technology reads.
  const sentence = page.getByText('Choose a key first.')
  const before = await sentence.count()
  await b.plaintext.hover()
  await b.encrypt.hover()
  await expect(sentence).toHaveCount(before + 1)
})

test('a dialog that can’t be had is told of, and comes when it is asked for again', async ({ page, api }) => {
  const name = uniqueName('parts')
  await page.goto(thalassaPath(await api.thalassa.create({ name })), { waitUntil: 'networkidle' })
  await goesOffline(page)
  await button(page, 'Rotate now').click()
  await expect(told(page)).toContainText('What is on this page stays.')
  await expectAccessible(page)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await button(page, 'Not now').click()
  await expect(told(page)).toHaveCount(0)
  await button(page, 'Rotate now').click()
  await expect(told(page)).toBeVisible()
  await comesBack(page)
  await expect(told(page)).toHaveCount(0)
  await button(page, 'Rotate now').click()
  await expect(page.getByRole('dialog', { name: `Rotate ${name} now` })).toBeVisible()
})

test('a tab that can’t be had says so in its place, and comes when the network is back', async ({ page, api }) => {
  await page.goto(thalassaPath(await api.thalassa.create({ name: uniqueName('parts') })), { waitUntil: 'networkidle' })
  await goesOffline(page)
  await tab(page, 'Code').click()
  const missing = page.getByRole('tabpanel').getByRole('alert')
  await expect(missing).toContainText('This part could not be loaded')
  await expect(told(page)).toHaveCount(0)
  await expectAccessible(page)
  await missing.getByRole('button', { name: 'Retry' }).click()
  await expect(missing).toBeVisible()
  await comesBack(page)
  await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
  await expect(missing).toHaveCount(0)
})

test('the menu of a narrow screen, and the palette: each opening fetches it anew', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto('/keys', { waitUntil: 'networkidle' })
  await goesOffline(page)
  await button(page, 'Menu').press('Enter')
  await expect(told(page)).toBeVisible()
  await expectAccessible(page)
  await button(page, 'Not now').click()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(told(page)).toBeVisible()
  // Nothing waits for what is typed.
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await search.pressSequentially('typed')
  await expect(search).toHaveValue('typed')
  await comesBack(page)
  await expect(told(page)).toHaveCount(0)
  await button(page, 'Menu').press('Enter')
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Overview' })).toBeVisible()
})

test('a page that can’t be had says so, and is loaded when the network is back', async ({ page }) => {
  await page.goto('/keys', { waitUntil: 'networkidle' })
  await goesOffline(page)
  await page.getByRole('link', { name: 'Connections' }).click()
  const failed = page.getByRole('alert').filter({ hasText: 'This page could not be loaded' })
  await expect(failed).toContainText('drafts are kept')
  await expectAccessible(page)
  await comesBack(page)
  await expect(page.getByRole('region', { name: 'Exoscale', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/connections$/)
})

test('after an upgrade the files of an old page are gone: it stays as it is, and loading it again brings the new ones', async ({
  page,
  api,
  front,
}) => {
  const key = await api.thalassa.create({ name: uniqueName('parts') })
  await page.goto(front.url + thalassaPath(key), { waitUntil: 'networkidle' })
  front.answer(/^\/assets\//, 404)
  await tab(page, 'Code').click()
  const missing = page.getByRole('tabpanel').getByRole('alert')
  await expect(missing).toContainText('load the page again')
  await missing.getByRole('button', { name: 'Retry' }).click()
  await expect(missing).toBeVisible()
  front.heal()
  await page.reload()
  await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
})

test('without the session there is no console, and Retry brings it', async ({ page, front }) => {
  front.drop(/^\/api\/session$/)
  await page.goto(`${front.url}/keys`)
  const failed = page.getByRole('main').getByRole('alert')
  await expect(failed).toContainText('The console could not start')
  await expect(failed).toContainText('GET /api/session')
  await expectAccessible(page)
  front.heal()
  await failed.getByRole('button').click()
  await expect(page.getByRole('searchbox', { name: 'Search keys' })).toBeVisible()
})
