/** Chunks that can't be loaded when they are first needed: the page stays as it is. */
import type { Page } from '@playwright/test'
import { test as base, expect, expectAccessible, leavePage, uniqueName } from './fixtures.ts'
import { type Front, startFront } from './front.ts'
import { button, tab, thalassaPath } from './key-page.ts'
import { goOffline, goOnline } from './offline.ts'

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

/** Opens the page of a key and waits until it is shown and loads nothing more. */
async function openKey(page: Page, url: string): Promise<void> {
  await page.goto(url)
  // On a busy machine the network is idle before the first script runs.
  await expect(button(page, 'Rotate now')).toBeVisible()
  await page.waitForLoadState('networkidle')
}

/** Removes the messages of the browser about the file, and of React about the component. */
const dropLoadErrors = (complaints: string[]) => {
  const expected = /Failed to load resource|dynamically imported module|ERR_INTERNET_DISCONNECTED/
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !expected.test(text)))
}

test.afterEach(({ complaints }) => dropLoadErrors(complaints))

test('offline, a dialog, a tab and a page that can’t be loaded leave what is there, and come with the network', async ({
  page,
  api,
}) => {
  const name = uniqueName('parts')
  await openKey(page, `${thalassaPath(await api.thalassa.create({ name }))}?tab=rotation`)
  await page.getByRole('switch', { name: 'Rotate automatically' }).check()
  await page.getByRole('radio', { name: 'Other' }).check()
  const days = page.getByRole('textbox', { name: 'Period in days' })
  await days.fill('')
  await goOffline(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(missingChunk(page)).toBeVisible()
  // No palette waits for what is typed.
  await days.pressSequentially('45')
  await expect(days).toHaveValue('45')
  await button(page, 'Close').click()
  await button(page, 'Rotate now').click()
  await expect(missingChunk(page)).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await tab(page, 'Code').click()
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('This part could not be loaded')
  await goOnline(page)
  await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
  await expect(missingChunk(page)).toHaveCount(0)

  await goOffline(page)
  await page.getByRole('link', { name: 'Connections' }).click()
  const failed = page.getByRole('alert').filter({ hasText: 'This page could not be loaded' })
  await expect(failed).toContainText('drafts are kept')
  await expectAccessible(page)
  await goOnline(page)
  await expect(page.getByRole('region', { name: 'Exoscale', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/\/connections$/)
})

test('assets gone after an upgrade, and no session', async ({ page, api, front }) => {
  const key = await api.thalassa.create({ name: uniqueName('parts') })
  await openKey(page, front.url + thalassaPath(key))
  front.answer(/^\/assets\//, 404)
  await tab(page, 'Code').click()
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('reload the page')
  front.heal()
  front.drop(/^\/api\/session$/)
  await page.reload()
  const failed = page.getByRole('main').getByRole('alert')
  await expect(failed).toContainText('The console could not start')
  await expect(failed).toContainText('GET /api/session')
  await expectAccessible(page)
  front.heal()
  await failed.getByRole('button').click()
  await expect(page.getByRole('tab', { name: 'curl' })).toBeVisible()
})
