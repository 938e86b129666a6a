import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { inDays } from '../../clouds/period.ts'
import { queries, queryKeys } from '../../clouds/queries.ts'
import { answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { store } from '../../lib/browser-storage.ts'
import { addDays } from '../../lib/dates.ts'
import { copiedText } from '../../testing/clipboard.ts'
import { blockStorage } from '../../testing/limited-browser.ts'
import { fillCache } from '../../testing/query-cache.ts'
import { render } from '../../testing/render.tsx'
import { expectNoOverflow } from '../../testing/window.ts'
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

afterEach(async () => {
  store('localStorage', 'acknowledged', undefined)
  await page.viewport(1280, 720)
})

const items = panel('Needs a decision').getByRole('listitem')

test('many pending deletions are shown step by step, each linked once under the chart', async () => {
  fillCache({ keys: [1, 2, 3, 4, 5, 6, 7].map(going) })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('7 items need a decision')
  await expect.element(items).toHaveLength(5)
  await page.getByRole('button', { name: 'Show 2 more items' }).click()
  await expect.element(items).toHaveLength(7)
  const deletions = page.getByRole('list', { name: 'Deletions' }).getByRole('link')
  await expect.element(deletions).toHaveLength(4)
  await expect.element(deletions.last()).toHaveTextContent('and 4 more')
})

test('what is acknowledged does not count, stays in reach, and comes back when its state changes', async () => {
  const ending = going(2)
  fillCache({ keys: [going(1), ending] })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('2 items need a decision')
  await page.getByRole('button', { name: 'Acknowledge old 1' }).click()
  await page.getByRole('button', { name: 'Acknowledge old 2' }).click()
  await expect.element(heading).toHaveTextContent('Nothing needs a decision')
  await page.getByText('2 acknowledged', { exact: true }).click()
  await page.getByRole('button', { name: 'Undo acknowledgement of old 1' }).click()
  await expect.element(heading).toHaveTextContent('1 item needs a decision')
  expect(localStorage.getItem('acknowledged')).toContain('kms-old 2')
  fillCache({ keys: [going(1), { ...ending, destroyedAt: addDays(Date.now(), 21) }] })
  await expect.element(heading).toHaveTextContent('2 items need a decision')
  // The key and the deletion of before: the cancelled one of between is forgotten.
  await page.getByRole('button', { name: 'Acknowledge old 1' }).click()
  await expect.poll(() => localStorage.getItem('acknowledged')).toContain('kms-old 1')
  fillCache({ keys: [newKey('old 1')] })
  await expect.poll(() => localStorage.getItem('acknowledged') ?? '').not.toContain('kms-old 1')
})

test('without storage an acknowledgement lasts until the page is loaded again', async () => {
  blockStorage()
  fillCache({ keys: [going(1)] })
  render(<OverviewPage />)
  await page.getByRole('button', { name: 'Acknowledge old 1' }).click()
  await expect.element(heading).toHaveTextContent('Nothing needs a decision')
})

test('the coming rotations and deletions are saved as a calendar file', async () => {
  let saved = ''
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved = this.download
  })
  fillCache({ keys: [rotating('card-vault', 100), going(1)] })
  render(<OverviewPage />)
  await page.getByRole('button', { name: 'Calendar (.ics)' }).click()
  await expect.element(page.getByText('Saved 4 events as kms-console.ics')).toBeInTheDocument()
  expect(saved).toBe('kms-console.ics')
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
    type: 'AES_256',
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

test('a location that refuses is an item with its reason, and the figures say what is missing', async () => {
  answerCalls({}, { status: 403, body: { message: 'Role may not list keys' } })
  fillCache({ keys: [newKey('still here')], without: 'bg-sof-1' })
  render(<OverviewPage />)
  await expect.element(heading).toHaveTextContent('1 item needs a decision')
  await expect.element(page.getByText('1 key in 2 of 3 locations, without bg-sof-1', { exact: true })).toBeVisible()
  await expect.element(panel('Locations').getByRole('row', { name: /bg-sof-1/ })).toMatchTextContent(/Refused/)
  await expect.element(items).toMatchTextContent(/bg-sof-1 did not answer.*Role may not list keys.*403/)
  await page.getByRole('button', { name: 'Acknowledge bg-sof-1' }).click()
  await expect.element(heading).toHaveTextContent('Nothing needs a decision')
  // An answer ends the state that was acknowledged.
  fillCache({ keys: [newKey('still here')] })
  await expect.poll(() => localStorage.getItem('acknowledged')).toBeNull()
})

test('no figure is shown or announced before everything has answered', async () => {
  answerCalls({}, 'none')
  fillCache({ keys: [newKey('still here'), going(1)], without: 'bg-sof-1' })
  render(<OverviewPage />)
  await expect.element(items).toMatchTextContent(/old 1 deletes in/)
  await expect.element(heading).toHaveTextContent('Overview')
  await expect.element(page.getByText('2 of 3 locations answered', { exact: true })).toBeVisible()
  await expect.element(panel('Locations').getByRole('row', { name: /bg-sof-1/ })).toMatchTextContent(/Waiting/)
  await expect.element(panel('Keys').getByRole('link', { name: /^\d/ })).not.toBeInTheDocument()
  await expect.element(page.getByText(/needs a decision/)).not.toBeInTheDocument()
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

test('a provider that fails as a whole is one row and one item', async () => {
  answerCalls({}, { status: 401, body: { message: 'unauthorized' } })
  fillCache({ keys: [newKey('still here', { cloud: 'exoscale', location: 'ch-gva-2', type: 'AES_256' })] })
  queryClient.removeQueries({ queryKey: queryKeys.locations('thalassa') })
  render(<OverviewPage />)
  await expect.element(page.getByText('1 key in 2 locations, without Thalassa Cloud', { exact: true })).toBeVisible()
  await expect
    .element(panel('Locations').getByRole('row', { name: /All regions of Thalassa Cloud/ }))
    .toMatchTextContent(/Refused/)
  await expect.element(items).toMatchTextContent(/Thalassa Cloud did not answer/)
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
  await expect.element(heading).toHaveTextContent('Nothing needs a decision')
})
