/** Back from what a list leads to: the list is where it was left. */

import type { ReactElement } from 'react'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { addDays } from '../lib/dates.ts'
import ActivityPage from '../pages/activity/ActivityPage.tsx'
import ApiKeysPage from '../pages/api-keys/ApiKeysPage.tsx'
import ConnectionsPage from '../pages/connections/ConnectionsPage.tsx'
import KeysPage from '../pages/keys/KeysPage.tsx'
import OverviewPage from '../pages/overview/OverviewPage.tsx'
import { useLocation } from '../router/react.tsx'
import { fillCache } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { narrowWindow } from '../testing/window.ts'
import { useScrollRestoration } from './use-scroll-restoration.ts'

const rotation = { automatic: false } as const
const manyKeys = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const name = `key ${String(index).padStart(5, '0')}`
    return keyWith({ id: `kms-${index}`, name, rotation })
  })

const pages: Readonly<Record<string, ReactElement>> = {
  '/': <OverviewPage />,
  '/keys': <KeysPage />,
  '/activity': <ActivityPage />,
  '/api-keys': <ApiKeysPage />,
  '/connections': <ConnectionsPage />,
}

function Console() {
  useScrollRestoration()
  return pages[useLocation().pathname] ?? <main id="content">Another page</main>
}

const open = (path: string) => render(<Console />, { path })
const anotherPage = page.getByText('Another page')
const link = (name: string) => page.getByRole('link', { name, exact: true })

/** Scrolls as far as it goes, or by so many pixels. */
async function scroll(to = document.documentElement.scrollHeight): Promise<number> {
  scrollTo(0, to)
  await expect.poll(() => scrollY).toBeGreaterThan(0)
  return scrollY
}

/** Opens another page from the list, and returns from it. */
async function leaveAndReturn(router: ReturnType<typeof open>, leave: () => Promise<void>) {
  await leave()
  await expect.element(anotherPage).toBeVisible()
  expect(scrollY).toBe(0)
  await router.navigate(-1)
  await expect.element(anotherPage).not.toBeInTheDocument()
}

test.each(['wide', 'narrow'])('a list of 3,000 keys, %s: scroll, selection, search and focus', async (width) => {
  if (width === 'narrow') await narrowWindow()
  fillCache({ keys: manyKeys(3_000) })
  const router = open('/keys?q=key&sort=-name')
  await expect.element(link('key 02999')).toBeVisible()
  await scroll(20_000)
  const opened = link(width === 'narrow' ? 'key 02840' : 'key 02490')
  await expect.element(opened).toBeInViewport()
  await page.getByRole('checkbox', { name: new RegExp(`^Select ${opened.element().textContent},`) }).click()
  await expect.element(page.getByRole('toolbar')).toMatchTextContent(/1 selected/)
  const place = scrollY

  await leaveAndReturn(router, () => opened.click())
  await expect.element(opened).toBeInViewport()
  expect(scrollY).toBe(place)
  await expect.element(opened).toHaveFocus()
  await expect.element(page.getByRole('toolbar')).toMatchTextContent(/1 selected/)
  expect(router.state.location.search).toBe('?q=key&sort=-name')

  await router.navigate('/elsewhere')
  await expect.element(anotherPage).toBeVisible()
  await router.navigate('/keys')
  await expect.element(link('key 00000')).toBeVisible()
  await expect.element(page.getByRole('toolbar')).not.toBeInTheDocument()
  expect(scrollY).toBe(0)
})

test('a list that is read again on the way back is waited for, until somebody takes over', async () => {
  fillCache({ keys: manyKeys(100) })
  const router = open('/keys')
  await expect.element(link('key 00000')).toBeVisible()
  const place = await scroll()
  await link('key 00095').click()
  await expect.element(anotherPage).toBeVisible()
  fillCache({ keys: [] })
  await router.navigate(-1)
  await expect.element(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()
  expect(scrollY).toBe(0)
  fillCache({ keys: manyKeys(100) })
  await expect.element(link('key 00095')).toHaveFocus()
  expect(scrollY).toBe(place)

  await router.navigate(1)
  fillCache({ keys: [] })
  await router.navigate(-1)
  await expect.element(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}')
  fillCache({ keys: manyKeys(100) })
  await expect.element(link('key 00000')).toBeVisible()
  expect(scrollY).toBe(0)
})

test('a list that is left before the frame that tells of its scrolling is where it was', async () => {
  fillCache({ keys: manyKeys(100) })
  const router = open('/keys')
  await expect.element(link('key 00000')).toBeVisible()
  await scroll()
  await expect.element(link('key 00095')).toBeVisible()
  const place = scrollY - 40
  const opened = link('key 00095').element()
  // As on a busy machine, where the frame comes after the next page.
  const holdBack = (event: Event) => event.stopImmediatePropagation()
  onTestFinished(() => removeEventListener('scroll', holdBack, true))
  await leaveAndReturn(router, async () => {
    addEventListener('scroll', holdBack, true)
    scrollTo(0, place)
    if (opened instanceof HTMLElement) opened.click()
    await expect.element(anotherPage).toBeVisible()
    removeEventListener('scroll', holdBack, true)
  })
  await expect.poll(() => scrollY).toBe(place)
})

const event = (number: number) => ({
  createdAt: new Date(Date.now() - number * 60_000).toISOString(),
  eventID: `event-${number}`,
  action: 'kms.rotate',
  resourceType: 'kms_key',
  resourceIdentity: 'kms-7',
  user: { name: 'Ada' },
  userIdentity: 'usr-1',
  context: { outcome: 'success', region: 'nl-01' },
})
const log = (first: number) => ({
  body: { items: Array.from({ length: 100 }, (_, index) => event(first + index)), page: 1, totalPages: 2 },
})
const logCall = (page: number) => `GET /api/thalassa/v1/audit?page=${page}&limit=100&resourceType=kms_key`

test('activity: older events that were read, opened details, and the event whose key was opened', async () => {
  answerCalls({ [logCall(1)]: log(0), [logCall(2)]: log(100) })
  fillCache({ keys: manyKeys(8), clouds: [{ id: 'thalassa', mode: 'live' }] })
  const router = open('/activity')
  await page.getByRole('button', { name: 'Load more' }).click()
  const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row')
  await expect.element(rows).toHaveLength(201)
  const details = rows.nth(150).getByRole('button', { name: /^Details of/ })
  await details.click()
  const opened = rows.nth(153).getByRole('link', { name: 'key 00007' })
  await opened.click({ trial: true })
  const place = scrollY
  await leaveAndReturn(router, () => opened.click())
  await expect.element(rows).toHaveLength(202)
  await expect.element(details).toHaveAttribute('aria-expanded', 'true')
  await expect.element(opened).toHaveFocus()
  expect(scrollY).toBe(place)
})

test('API keys and roles: the role that was opened, and from there the list of its API keys', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    id: `r-${index}`,
    name: `role ${index + 10}`,
    editable: true,
  }))
  const keys = many.map(({ id }, index) => ({ key: `EXO${index}`, name: `api key ${index + 10}`, 'role-id': id }))
  answerCalls({
    'GET /api/exoscale/ch-gva-2/api-key': { body: { 'api-keys': keys } },
    'GET /api/exoscale/ch-gva-2/iam-role': { body: { 'iam-roles': many } },
  })
  fillCache({ clouds: [{ id: 'exoscale', mode: 'live', endpoint: 'https://api-{zone}.kms.test/v2' }] })
  const router = open('/api-keys')
  const role = link('role 64')
  await role.click({ trial: true })
  const place = await scroll(scrollY)
  await role.click()
  await expect.element(page.getByRole('heading', { name: 'role 64' })).toBeVisible()
  await router.navigate(-1)
  await expect.element(role).toHaveFocus()
  await expect.poll(() => scrollY).toBe(place)
  await leaveAndReturn(router, () => router.navigate('/elsewhere'))
  await expect.element(role).toHaveFocus()
  expect(scrollY).toBe(place)
})

test('overview: all that needs a decision is still shown', async () => {
  const destroyedAt = addDays(Date.now(), 20)
  fillCache({ keys: manyKeys(40).map((key) => ({ ...key, status: 'pending_deletion', destroyedAt })) })
  const router = open('/')
  await page.getByRole('button', { name: 'Show 35 more items' }).click()
  const items = page.getByRole('region', { name: 'Needs a decision' }).getByRole('listitem')
  const opened = items.nth(30).getByRole('link').first()
  await opened.click({ trial: true })
  const place = scrollY
  await leaveAndReturn(router, () => opened.click())
  await expect.element(items).toHaveLength(40)
  await expect.element(opened).toHaveFocus()
  expect(scrollY).toBe(place)
})

test('connections: the report of the test and its regions', async () => {
  answerCalls({}, { status: 401, body: { message: 'unauthorized' } })
  fillCache({ clouds: [{ id: 'thalassa', mode: 'live', endpoint: 'https://api.thalassa.test' }] })
  const router = open('/connections')
  await page.getByRole('button', { name: 'Test connection to Thalassa Cloud' }).click()
  const verdict = page.getByRole('alert').filter({ hasText: 'Thalassa Cloud can’t be used.' })
  await expect.element(verdict).toBeVisible()
  await leaveAndReturn(router, () => router.navigate('/elsewhere'))
  await expect.element(verdict).toBeVisible()
})
