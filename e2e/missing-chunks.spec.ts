/** Chunks that can't be loaded when they are first needed: the page stays as it is. */
import type { Page } from '@playwright/test'
import { test as base, expect, expectAccessible, leavePage, uniqueName } from './fixtures.ts'
import { type Front, startFront } from './front.ts'
import { tab, thalassaPath } from './key-page.ts'
import { goOffline, goOnline } from './offline.ts'
import { newKey, playground } from './playground-page.ts'

const test = base.extend<{ front: Front }>({
  front: async ({ page, server }, use) => {
    const front = await startFront(server.url)
    await use(front)
    await leavePage(page)
    await front.stop()
  },
})

const missingChunk = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'A part of the console could not be loaded.' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Removes the messages of the browser about the file, and of React about the component. */
const dropLoadErrors = (complaints: string[]) => {
  const expected = /Failed to load resource|dynamically imported module|ERR_INTERNET_DISCONNECTED/
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !expected.test(text)))
}

test.afterEach(({ complaints }) => dropLoadErrors(complaints))

test('offline: tooltip, dialog, tab, menu, palette and page that can’t be loaded', async ({ page, api }) => {
  await test.step('a tooltip', async () => {
    const b = playground(page)
    await newKey(api)
    await page.goto('/playground', { waitUntil: 'networkidle' })
    await b.plaintext.fill('typed before')
    await goOffline(page)
    const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('TooltipPopup'))
    await b.encrypt.hover()
    await failed
    await b.plaintext.press('End')
    await page.keyboard.type(', and after')
    await expect(b.plaintext).toHaveValue('typed before, and after')
    await expect(missingChunk(page)).toHaveCount(0)
    await goOnline(page)
    // The tooltip comes beside the description for assistive technology.
    const sentence = page.getByText('Choose a key first.')
    const before = await sentence.count()
    await b.plaintext.hover()
    await b.encrypt.hover()
    await expect(sentence).toHaveCount(before + 1)
  })

  await test.step('a dialog', async () => {
    const name = uniqueName('parts')
    await page.goto(thalassaPath(await api.thalassa.create({ name })), { waitUntil: 'networkidle' })
    await goOffline(page)
    await button(page, 'Rotate now').click()
    await expect(missingChunk(page)).toContainText('What is on this page stays.')
    await expectAccessible(page)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await button(page, 'Not now').click()
    await expect(missingChunk(page)).toHaveCount(0)
    await button(page, 'Rotate now').click()
    await expect(missingChunk(page)).toBeVisible()
    await goOnline(page)
    await expect(missingChunk(page)).toHaveCount(0)
    await button(page, 'Rotate now').click()
    await expect(page.getByRole('dialog', { name: `Rotate ${name} now` })).toBeVisible()
  })

  await test.step('a tab', async () => {
    await page.goto(thalassaPath(await api.thalassa.create({ name: uniqueName('parts') })), {
      waitUntil: 'networkidle',
    })
    await goOffline(page)
    await tab(page, 'Code').click()
    const missing = page.getByRole('tabpanel').getByRole('alert')
    await expect(missing).toContainText('This part could not be loaded')
    await expect(missingChunk(page)).toHaveCount(0)
    await missing.getByRole('button', { name: 'Retry' }).click()
    await expect(missing).toBeVisible()
    await goOnline(page)
    await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
    await expect(missing).toHaveCount(0)
  })

  await test.step('the menu of a narrow screen and the palette', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto('/keys', { waitUntil: 'networkidle' })
    await goOffline(page)
    await button(page, 'Menu').press('Enter')
    await expect(missingChunk(page)).toBeVisible()
    await button(page, 'Not now').click()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(missingChunk(page)).toBeVisible()
    // The palette that failed takes no input.
    const search = page.getByRole('searchbox', { name: 'Search keys' })
    await search.pressSequentially('typed')
    await expect(search).toHaveValue('typed')
    await goOnline(page)
    await expect(missingChunk(page)).toHaveCount(0)
    await button(page, 'Menu').press('Enter')
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Overview' })).toBeVisible()
  })

  await test.step('a page', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto('/keys', { waitUntil: 'networkidle' })
    await goOffline(page)
    await page.getByRole('link', { name: 'Connections' }).click()
    const failed = page.getByRole('alert').filter({ hasText: 'This page could not be loaded' })
    await expect(failed).toContainText('drafts are kept')
    await expectAccessible(page)
    await goOnline(page)
    await expect(page.getByRole('region', { name: 'Exoscale', exact: true })).toBeVisible()
    await expect(page).toHaveURL(/\/connections$/)
  })
})

test('assets gone after an upgrade, and no session', async ({ page, api, front }) => {
  await test.step('assets gone after an upgrade', async () => {
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

  await test.step('no session', async () => {
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
})
