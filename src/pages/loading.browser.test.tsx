/** Content has its place while a provider doesn't answer yet, and nothing moves when it comes. */
import { afterEach, expect, test } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import type { Location } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import CreateKeyPage from './create-key/CreateKeyPage.tsx'
import KeysPage from './keys/KeysPage.tsx'
import OverviewPage from './overview/OverviewPage.tsx'

const keys = ['app-config', 'card-vault', 'ledger'].map((name) => keyWith({ id: `kms-${name}`, name, traits: [] }))

/** As many as the providers have, without which a panel has another height. */
const locations: readonly Location[] = [
  { cloud: 'thalassa', id: 'nl-01', label: 'Amsterdam', available: true },
  { cloud: 'thalassa', id: 'nl-02', label: 'Utrecht', available: false, reason: 'KMS is not available in nl-02.' },
  ...['ch-gva-2', 'ch-dk-2', 'de-fra-1', 'de-muc-1', 'at-vie-1', 'at-vie-2', 'bg-sof-1', 'hr-zag-1'].map((id) => ({
    cloud: 'exoscale',
    id,
    label: 'City',
    available: true,
  })),
]

const heading = (name: string) => page.getByRole('heading', { name, exact: true })

const places = (parts: readonly Locator[]) =>
  parts.map((part) => {
    const { x, y, width } = part.element().getBoundingClientRect()
    return { x: Math.round(x), y: Math.round(y), width: Math.round(width) }
  })

/** Only the session is known; whatever else is asked never ends. */
function knowNothing() {
  answerCalls({}, 'none')
  fillCache()
  const session = queryClient.getQueryData(queries.session().queryKey)
  queryClient.clear()
  queryClient.setQueryData(queries.session().queryKey, session)
}

afterEach(async () => {
  document.documentElement.style.removeProperty('--rail')
  await page.viewport(1280, 720)
})

test('Overview', async () => {
  knowNothing()
  render(<OverviewPage />)
  await expect.element(heading('Locations')).toBeVisible()
  await document.fonts.ready
  const parts = [heading('Locations'), page.getByText('Pending deletion', { exact: true })]
  const before = places(parts)
  fillCache({ keys, locations })
  await expect.element(page.getByText('3 keys in 9 locations', { exact: true })).toBeVisible()
  await expect.poll(() => places(parts)).toEqual(before)
})

test('regions of the wizard', async () => {
  knowNothing()
  render(<CreateKeyPage />, { path: '/keys/new' })
  await page.getByRole('radio', { name: 'Thalassa Cloud' }).click()
  const parts = [page.getByRole('radiogroup', { name: 'Cloud' }), page.getByRole('button', { name: 'Continue' })]
  const before = places(parts)
  fillCache({ keys, locations })
  await expect.element(page.getByRole('radio', { name: 'nl-01' })).toBeInTheDocument()
  await expect.poll(() => places(parts)).toEqual(before)
})

test('Keys as a table', async () => {
  // The page stands alone, without the navigation beside it.
  document.documentElement.style.setProperty('--rail', '0px')
  knowNothing()
  render(<KeysPage />, { path: '/keys' })
  const table = page.getByRole('table', { name: 'Keys' })
  await expect.element(table).toHaveAttribute('aria-busy', 'true')
  await document.fonts.ready
  const heads = ['Name', 'Location', 'Type', 'Status', 'Rotation'].map((name) =>
    table.getByRole('columnheader', { name, exact: true }),
  )
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  // Skeleton rows are hidden from assistive technology.
  const rows = table.getByRole('row', { includeHidden: true })
  const parts = [...heads, rows.nth(1), rows.nth(2), search]
  const before = places(parts)
  fillCache({ keys, locations })
  await expect.element(table.getByRole('row')).toHaveLength(4)
  await expect.poll(() => places(parts)).toEqual(before)
})

test('Keys as cards', async () => {
  await page.viewport(390, 844)
  knowNothing()
  render(<KeysPage />, { path: '/keys' })
  const list = page.getByRole('list', { name: 'Keys', exact: true })
  await expect.element(list).toHaveAttribute('aria-busy', 'true')
  await document.fonts.ready
  const cards = list.getByRole('listitem', { includeHidden: true })
  const parts = [cards.nth(0), cards.nth(1), cards.nth(2)]
  const before = places(parts)
  fillCache({ keys, locations })
  await expect.element(cards).toHaveLength(3)
  await expect.poll(() => places(parts)).toEqual(before)
})
