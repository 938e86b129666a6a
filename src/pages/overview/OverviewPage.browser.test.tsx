import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { inDays } from '../../clouds/period.ts'
import { queries, queryKeys } from '../../clouds/queries.ts'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { addDays } from '../../lib/dates.ts'
import { copiedText } from '../../testing/clipboard.ts'
import { fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow } from '../../testing/window.ts'
import { opaqueKeyAnswer } from '../shared/testing/provider-keys.ts'
import OverviewPage from './OverviewPage.tsx'

const wireKey = {
  identity: 'kms-9',
  name: 'made elsewhere',
  slug: 'made-elsewhere',
  keyType: 'aes256-gcm96',
  status: 'active',
  exportAllowed: false,
  keyRotationEnabled: false,
  createdAt: '2026-11-22T11:58:00Z',
  updatedAt: '2026-11-22T11:58:00Z',
}

const heading = page.getByRole('heading', { level: 1 })
const panel = (name: string) => page.getByRole('region', { name })

const newKey = (name: string, members: Partial<KmsKey> = {}) =>
  keyWith({ id: `kms-${name}`, name, createdAt: Date.now(), rotation: { automatic: false }, ...members })

const going = (number: number) =>
  newKey(`old ${number}`, { status: 'pending_deletion', destroyedAt: addDays(Date.now(), 20) })

const rotating = (name: string, days: number) =>
  newKey(name, { rotation: { automatic: true, period: inDays(days), nextAt: addDays(Date.now(), days) } })

afterEach(() => page.viewport(1280, 720))

test('many pending deletions are shown step by step, and as one day of the coming year', async () => {
  fillCache({ keys: [1, 2, 3, 4, 5, 6, 7].map(going) })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('7 keys need a decision')
  const items = panel('Waiting for you').getByRole('listitem')
  await expect.element(items).toHaveLength(5)
  await page.getByRole('button', { name: 'Show 2 more keys' }).click()
  await expect.element(items).toHaveLength(7)
  await expect
    .element(page.getByRole('list', { name: 'Deletions' }).getByRole('link'))
    .toHaveAccessibleName(/^7 keys are destroyed on/)
  await expect.element(panel('Next twelve months').getByRole('link', { name: 'and 4 more' })).toBeVisible()
})

test.each([1280, 390])('arrow keys move through the weeks of the coming year at %i px', async (width) => {
  await page.viewport(width, 844)
  fillCache({ keys: [rotating('card-vault', 100), rotating('jwt-sessions', 300)] })
  render(<OverviewPage />)
  await expect.element(panel('Next twelve months')).toMatchTextContent(/4 rotations, 0 deletions/)
  const weeks = page.getByRole('list', { name: /^Rotations per week, from/ }).getByRole('button')
  await expect.element(weeks).toHaveLength(3)
  weeks.first().element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(weeks.nth(1)).toHaveFocus()
  await userEvent.keyboard('{End}')
  await expect.element(weeks.last()).toHaveFocus()
  await expect.element(weeks.last()).toBeInViewport()
  await expect
    .element(weeks.last())
    .toHaveAccessibleName(/^Week of \d+ \w+ \d{4}: 2 rotations, of card-vault and jwt-sessions$/)
  await userEvent.keyboard('{Home}')
  await expect.element(weeks.first()).toHaveFocus()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
})

test('a console without keys offers a first key, and the demo of the local KMS', async () => {
  fillCache()
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('No keys yet')
  await expect.element(page.getByRole('link', { name: 'Create your first key' })).toBeVisible()
  await expect.element(page.getByText('npm run demo', { exact: true })).toBeVisible()
})

test('keys that a provider creates by itself are no keys of one’s own', async () => {
  const own = {
    cloud: 'exoscale',
    location: 'ch-gva-2',
    type: 'encrypt-decrypt',
    can: ['encrypt'],
    traits: [],
  } as const
  fillCache({ keys: [newKey('exoscale-default', own)] })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('No keys of your own yet')
})

test('live connections without keys offer no demo', async () => {
  fillCache({
    clouds: [
      { id: 'thalassa', mode: 'live' },
      { id: 'exoscale', mode: 'live' },
    ],
  })
  render(<OverviewPage />)
  await expect
    .element(page.getByText('KMS Console manages the keys of Thalassa Cloud and Exoscale.', { exact: true }))
    .toBeVisible()
  await expect.element(page.getByText('npm run demo')).not.toBeInTheDocument()
})

test('a location that refuses is named with its reason, and does not count', async () => {
  answerCalls({}, { status: 403, body: { message: 'Role may not list keys' } })
  fillCache({ keys: [newKey('still here')], without: 'bg-sof-1' })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('Nothing needs you in the locations that answered')
  await expect.element(page.getByText('1 key, 2 of 3 locations answered', { exact: true })).toBeVisible()
  const row = panel('Locations').getByRole('row', { name: /bg-sof-1/ })
  await expect.element(row).toMatchTextContent(/Refused.*Role may not list keys/)
})

test('at 320 px a location has its name, its keys and how long its list took', async () => {
  await page.viewport(320, 844)
  const found = opaqueKeyAnswer({ 'origin-zone': 'bg-sof-1' })
  answerCalls({ 'GET /api/exoscale/bg-sof-1/kms-key': { body: { 'kms-keys': [found] } } }, 'none')
  fillCache({
    without: 'bg-sof-1',
    locations: [{ cloud: 'exoscale', id: 'bg-sof-1', label: 'Sofia', available: true }],
  })
  render(<OverviewPage />)
  const row = panel('Locations').getByRole('row', { name: /bg-sof-1/ })
  await expect.element(row).toMatchTextContent(/Sofia.*Available.*1 key, [\d.,]+ m?s$/)
  await expect.element(row.getByText('Sofia', { exact: true })).toBeVisible()
  await expectNoOverflow()
})

test('a location that is still asked is marked', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [newKey('still here')], without: 'bg-sof-1' })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('Nothing needs you so far')
  await expect.element(panel('Locations').getByRole('row', { name: /bg-sof-1/ })).toMatchTextContent(/Asking/)
})

test('at 320 px a location with very many keys fits', async () => {
  await page.viewport(320, 844)
  const many = Array.from({ length: 20_000 }, () => newKey('one of many'))
  const nl = { cloud: 'thalassa', id: 'nl-01', available: true }
  fillCache({ locations: [nl] })
  queryClient.setQueryData(queries.keys('thalassa', 'nl-01').queryKey, { items: many, unreadable: [] })
  render(<OverviewPage />)
  await expect.element(panel('Locations').getByRole('link', { name: '20,000 keys' })).toBeVisible()
  await expectNoOverflow()
})

test('a provider that fails as a whole is one row, and does not count', async () => {
  answerCalls({}, { status: 401, body: { message: 'unauthorized' } })
  fillCache({ keys: [newKey('still here', { cloud: 'exoscale', location: 'ch-gva-2', type: 'encrypt-decrypt' })] })
  queryClient.removeQueries({ queryKey: queryKeys.locations('thalassa') })
  render(<OverviewPage />)
  await expect.element(page.getByText('1 key, 2 of 2 locations answered', { exact: true })).toBeVisible()
  await expect
    .element(panel('Locations').getByRole('row', { name: /All regions of Thalassa Cloud/ }))
    .toMatchTextContent(/Refused/)
  await expect.element(page.getByRole('status').filter({ hasText: 'Thalassa Cloud is missing' })).toBeVisible()
})

test('Refresh finds a key made elsewhere, and the command of the demo is copied', async () => {
  answerCalls({ 'GET /api/thalassa/v1/kms/nl-01/keys': { body: [wireKey] } })
  fillCache({ clouds: [{ id: 'thalassa', mode: 'embedded' }] })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('No keys yet')
  await page.getByRole('button', { name: 'Copy command' }).click()
  await expect.element(page.getByText('Copied', { exact: true }).first()).toBeInTheDocument()
  expect(copiedText()).toBe('npm run demo')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect.element(heading).toHaveTextContent('Nothing needs you')
})
