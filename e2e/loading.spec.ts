/** Screens while a provider doesn't answer yet: content has its place already, and nothing moves when it comes. */
import type { Locator, Page } from '@playwright/test'
import { radio } from './create-key-page.ts'
import { expect, test } from './fixtures.ts'
import { startOver } from './navigation.ts'

/** Positions in px of elements, once the font is loaded. */
const placesOf = async (page: Page, parts: readonly Locator[]) => {
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()))
  return boxes.map((box) => box && { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width) })
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const skeleton = (page: Page) => page.getByRole('main').locator('div[aria-busy="true"]')

test('content on its way has its place already: Overview, Keys and the wizard', async ({ page, faulty }) => {
  await test.step('Overview', async () => {
    for (const name of ['card-vault', 'ledger']) await faulty.api.thalassa.create({ name })
    await faulty.api.exoscale.create({ name: 'jwt-sessions' })
    await faulty.upstream.hang('**')
    await page.goto(faulty.url)
    const parts = [
      ...['Status', 'Rotation', 'Material', 'Waiting for you', 'Locations', 'Next twelve months'].map((name) =>
        heading(page, name),
      ),
      page.getByText('Pending deletion', { exact: true }),
      page.getByRole('main').getByRole('link', { name: 'Create key' }),
    ]
    await expect(skeleton(page)).toBeVisible()
    const before = await placesOf(page, parts)
    await faulty.upstream.heal()
    await expect(page.getByText('3 keys, all 9 locations answered', { exact: true })).toBeVisible()
    await expect.poll(() => placesOf(page, parts)).toEqual(before)
  })

  await test.step('regions of the wizard', async () => {
    await startOver(page, faulty.upstream)
    await faulty.upstream.hang('**')
    await page.goto(`${faulty.url}/keys/new`)
    await radio(page, 'Thalassa Cloud').check()
    await expect(skeleton(page)).toBeVisible()
    const parts = [
      page.getByRole('radiogroup', { name: 'Cloud' }),
      page.getByRole('button', { name: 'Continue to what for' }),
    ]
    const before = await placesOf(page, parts)
    await faulty.upstream.heal()
    await expect(radio(page, 'nl-02')).toBeVisible()
    await expect.poll(() => placesOf(page, parts)).toEqual(before)
  })

  await test.step('Keys as a table and as cards', async () => {
    await startOver(page, faulty.upstream)
    for (const name of ['app-config', 'card-vault', 'ledger']) await faulty.api.thalassa.create({ name })
    await faulty.upstream.hang('**')
    await page.goto(`${faulty.url}/keys`)
    const table = page.getByRole('table', { name: 'Keys' })
    const heads = ['Name', 'Cloud', 'Location', 'Type', 'Status', 'Rotation', 'Version'].map((name) =>
      table.getByRole('columnheader', { name, exact: true }),
    )
    // Skeleton rows are hidden from assistive technology.
    const rows = [table.locator('tbody tr').nth(0), table.locator('tbody tr').nth(1)]
    const toolbar = [
      page.getByRole('searchbox', { name: 'Search keys' }),
      page.getByRole('main').getByRole('link', { name: 'Create key' }),
    ]
    await expect(table).toHaveAttribute('aria-busy', 'true')
    const empty = await placesOf(page, [...heads, ...rows, ...toolbar])
    await faulty.upstream.heal()
    await expect(table.getByRole('row')).toHaveCount(4)
    await expect.poll(() => placesOf(page, [...heads, ...rows, ...toolbar])).toEqual(empty)

    await page.setViewportSize({ width: 390, height: 844 })
    await faulty.upstream.hang('**')
    await page.goto(`${faulty.url}/keys`)
    const list = page.getByRole('list', { name: 'Keys', exact: true })
    const cards = list.getByRole('listitem')
    await expect(list).toHaveAttribute('aria-busy', 'true')
    const coming = await placesOf(page, [cards.nth(0), cards.nth(1), cards.nth(2)])
    await faulty.upstream.heal()
    await expect(cards).toHaveCount(3)
    await expect.poll(() => placesOf(page, [cards.nth(0), cards.nth(1), cards.nth(2)])).toEqual(coming)
  })
})
