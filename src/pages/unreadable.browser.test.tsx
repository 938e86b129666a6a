/** Items that can't be read: each list names them with the reason and shows the others. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../app/query-client.ts'
import { addressOf } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { cloudOf } from '../clouds/registry.ts'
import { answerCalls } from '../clouds/testing/answers.ts'
import { keyWith } from '../clouds/testing/key.ts'
import { expectAccessible } from '../testing/accessibility.ts'
import { cacheConsole } from '../testing/query-cache.ts'
import { render } from '../testing/render.tsx'
import { expectNoOverflow, narrowWindow } from '../testing/window.ts'
import ApiKeysPage from './api-keys/ApiKeysPage.tsx'
import { KeyContent } from './key/KeyContent.tsx'
import KeysPage from './keys/KeysPage.tsx'
import OverviewPage from './overview/OverviewPage.tsx'
import { linksIn } from './paths.ts'

const whole = keyWith({ id: 'kms-1', name: 'whole', location: 'nl-01' })
const reason = 'labels is missing or of another type.'

const unreadable = (noun: string) =>
  page.getByRole('list', { name: `What can’t be read of the ${noun}s` }).getByRole('listitem')

/** The list of a region has one key that can be read, and these that can't. */
function openKeys(...broken: readonly { readonly id?: string; readonly name?: string; readonly reason: string }[]) {
  cacheConsole([whole])
  queryClient.setQueryData(queries.keys('thalassa', 'nl-01').queryKey, { items: [whole], unreadable: broken })
  return render(<KeysPage />, { path: '/keys' })
}

test('keys: one row with id, name, place and reason; the search finds it', async () => {
  openKeys({ id: 'kms-2', name: 'broken', reason })
  await expect.element(page.getByRole('link', { name: 'whole' })).toBeVisible()
  await expect.element(unreadable('key')).toHaveTextContent(`broken kms-2 can’t be read: ${reason} Thalassa, nl-01`)
  await expectAccessible()
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await search.fill('whole')
  await expect.element(unreadable('key')).not.toBeInTheDocument()
  await search.fill('broken')
  await expect.element(unreadable('key')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'whole' })).not.toBeInTheDocument()
})

test('keys without a name and an id stay, also in a narrow window', async () => {
  await narrowWindow()
  openKeys({ reason }, { reason })
  await expect.poll(() => unreadable('key').all().length).toBe(2)
  await expect.element(unreadable('key').first()).toMatchTextContent(/^One key can’t be read/)
  await expectNoOverflow()
})

test('keys of a long list, which a worker reads', async () => {
  const wire = (place: number) => ({
    identity: `kms-${place}`,
    name: `key ${place}`,
    slug: `key-${place}`,
    description: 'x'.repeat(400),
    labels: null,
    keyType: 'aes256-gcm96',
    status: 'active',
    exportAllowed: false,
    keyRotationEnabled: false,
    createdAt: '0001-01-01T00:00:00Z',
    updatedAt: '2026-05-30T09:00:00Z',
  })
  const broken = { ...wire(1000), status: 7 }
  const list = Array.from({ length: 3000 }, (_, place) => (place === 1000 ? broken : wire(place)))
  answerCalls({ 'GET /api/thalassa/v1/kms/nl-01/keys': { body: list } })
  const { items, unreadable } = await cloudOf('thalassa').keys({ location: 'nl-01' })
  expect(unreadable).toEqual([{ id: 'kms-1000', name: 'key 1000', reason: 'status is missing or of another type.' }])
  expect(items).toHaveLength(2999)
  expect(items[0]).toMatchObject({ id: 'kms-0', labels: {} })
  expect(items[0]).not.toHaveProperty('createdAt')
})

test('the overview says how many are missing', async () => {
  cacheConsole([whole])
  queryClient.setQueryData(queries.keys('thalassa', 'nl-01').queryKey, {
    items: [whole],
    unreadable: [{ id: 'kms-2', reason }],
  })
  render(<OverviewPage />, { path: '/' })
  const notice = page.getByRole('status').filter({ hasText: '1 key can’t be read.' })
  await expect.element(notice.getByRole('link', { name: 'The list of keys' })).toHaveAttribute('href', '/keys')
})

test('API keys and roles', async () => {
  answerCalls({
    'GET /api/exoscale/ch-gva-2/api-key': { body: { 'api-keys': [{ name: 'keyless' }, { key: 'EXO1', name: 'ci' }] } },
    'GET /api/exoscale/ch-gva-2/iam-role': {
      body: { 'iam-roles': [{ name: 'nobody' }, { id: 'r-1', name: 'Owner' }] },
    },
  })
  cacheConsole()
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'exoscale', mode: 'live', zones: ['ch-gva-2'] }],
  })
  render(<ApiKeysPage />, { path: '/api-keys' })
  await expect
    .element(unreadable('API key'))
    .toHaveTextContent('keyless can’t be read: key is missing or of another type. Exoscale')
  await expect.element(page.getByRole('rowheader', { name: 'ci', exact: true })).toBeVisible()
  await userEvent.click(page.getByRole('tab', { name: /^Roles/ }))
  await expect
    .element(unreadable('role'))
    .toHaveTextContent('nobody can’t be read: id is missing or of another type. Exoscale')
})

test('versions whose time is not known, and those that can’t be read', async () => {
  const key = keyWith({ latestVersion: 3 })
  cacheConsole([key])
  queryClient.setQueryData(queries.versions(key).queryKey, {
    items: [{ version: 3 }, { version: 1, createdAt: Date.UTC(2026, 1, 1), trigger: 'created' }],
    unreadable: [{ id: '2', name: '2', reason: 'createdAt is missing or of another type.' }],
  })
  const path = linksIn().key(addressOf(key))
  render(<KeyContent kmsKey={key} stale={null} retrying={false} onRetry={() => {}} />, {
    path: `${path}?tab=versions`,
  })
  const row = (text: string) => page.getByRole('row').filter({ hasText: text })
  await expect.element(row('v3')).toMatchTextContent(/Unknown/)
  await expect.element(row('v1')).toMatchTextContent(/1 Feb 2026/)
  await expect.element(row('v2')).toHaveTextContent('v2 can’t be read: createdAt is missing or of another type.')
  await expect.element(page.getByText('The date of the next rotation is unknown')).toBeVisible()
})
