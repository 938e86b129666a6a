/** States of the activity list, with answers in place of a server. */
import { beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { queryClient } from '../../app/query-client.ts'
import { queries } from '../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../clouds/testing/answers.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { DAY, MINUTE } from '../../lib/dates.ts'
import { render } from '../../testing/render.tsx'
import ActivityPage from './ActivityPage.tsx'

const entry = (eventID: string, action: string, createdAt: string) => ({
  createdAt,
  eventID,
  action,
  resourceType: 'kms_key',
  resourceIdentity: 'kms-1',
  user: { name: 'Ada' },
  userIdentity: 'usr-1',
  context: { outcome: action === 'kms.encrypt' ? 'failure' : 'success', region: 'nl-01' },
})
const attested = entry('event-1', 'kms.attest', '2026-05-30T09:00:00Z')

const logCall = (page: number) => `GET /api/thalassa/v1/audit?page=${page}&limit=100&resourceType=kms_key`
const log = (pages: number, ...items: readonly object[]) => ({ body: { items, page: 1, totalPages: pages } })

function open(answers: Answers, path = '/activity') {
  answerCalls({
    'GET /api/thalassa/v1/kms/summary': { body: { featureEnabled: true, regions: [] } },
    'GET /api/thalassa/v1/me/organisation-memberships': { body: [{ user: { name: 'kms-gateway' } }] },
    ...answers,
  })
  return render(<ActivityPage />, { path })
}

beforeEach(async () => {
  await page.viewport(1280, 720)
  queryClient.setQueryData(queries.session().queryKey, {
    version: '1.0.0',
    readOnly: false,
    clouds: [{ id: 'thalassa', mode: 'live' }],
  })
})

const rows = () => page.getByRole('table', { name: 'Activity' }).getByRole('row')
const more = () => page.getByRole('button', { name: 'Load more' })

const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString()

test('a log is read as far as the chosen time and no further', async () => {
  const pages = [1, 40, 60, 120].map((days, index) => entry(`event-${index + 1}`, 'kms.encrypt', daysAgo(days)))
  const { navigate } = open(Object.fromEntries(pages.map((one, index) => [logCall(index + 1), log(10, one)])))
  await expect.element(rows().filter({ hasText: 'kms.encrypt' })).toHaveLength(1)
  await expect.element(more()).toBeVisible()
  await navigate('/activity?time=30d')
  await expect.element(page.getByText('Older operations are outside the chosen time.')).toBeVisible()
  await expect.element(rows().filter({ hasText: 'kms.encrypt' })).toHaveLength(1)
  await navigate('/activity?time=90d')
  await expect.element(rows().filter({ hasText: 'kms.encrypt' })).toHaveLength(3)
  await expect.element(page.getByText('Older operations are outside the chosen time.')).toBeVisible()
  await expect.element(more()).not.toBeInTheDocument()
})

test('any days are chosen from and to, and stand in the URL', async () => {
  const [old, late] = [
    entry('event-1', 'kms.sign', '2026-05-30T23:30:00Z'),
    entry('event-2', 'kms.encrypt', '2026-05-31T00:10:00Z'),
  ]
  const router = open({ [logCall(1)]: log(1, late, old) })
  await page.getByRole('combobox', { name: 'Time' }).click()
  await page.getByRole('option', { name: 'Choose dates' }).click()
  await page.getByLabelText('From', { exact: true }).fill('2026-05-01')
  await page.getByLabelText('To', { exact: true }).fill('2026-05-30')
  await expect.element(rows().filter({ hasText: 'kms.sign' })).toBeVisible()
  await expect.element(rows().filter({ hasText: 'kms.encrypt' })).not.toBeInTheDocument()
  expect(router.state.location.search).toBe('?time=dates&from=2026-05-01&to=2026-05-30')
})

test('one operation is one row, and who acts through the console is told', async () => {
  const rotated = {
    ...entry('event-2', 'kms.rotate', '2026-05-30T10:00:00Z'),
    context: { outcome: 'success', region: 'nl-01' },
  }
  const http = {
    ...rotated,
    eventID: 'event-1',
    action: 'POST',
    context: { method: 'POST', path: '/v1/kms/nl-01/keys/kms-1/rotate', status: 200 },
  }
  const automatic = {
    ...rotated,
    eventID: 'event-0',
    action: 'kms.rotate.scheduled',
    user: undefined,
    userIdentity: undefined,
  }
  open({ [logCall(1)]: log(1, rotated, http, automatic) }, '/activity?action=rotate')
  await expect.element(rows().filter({ hasText: 'nl-01' })).toHaveLength(2)
  await expect.element(rows().filter({ hasText: 'Automatic rotation' })).toMatchTextContent(/System/)
  await expect
    .element(page.getByText('All console users appear as kms-gateway (Thalassa): the gateway’s credential.'))
    .toBeVisible()
  await page.getByRole('button', { name: /^Action/ }).click()
  await expect.element(page.getByRole('menuitemcheckbox', { name: /^Rotate/ })).toMatchTextContent(/2/)
})

describe('where people sign in', () => {
  const person = { subject: 'linus', name: 'Linus Pauling', grants: [], canSignOut: true }
  const act = (seq: number, operation: string, members: object = {}) => ({
    seq,
    at: Date.parse('2026-05-30T10:00:01Z') + seq * MINUTE,
    subject: 'ada',
    name: 'Ada Lovelace',
    by: 'session',
    operation,
    outcome: 'ok',
    request: `request-${seq}`,
    hash: '',
    ...members,
  })
  const onKey = { provider: 'thalassa', location: 'nl-01', key: 'kms-1' }
  const acts = [
    act(3, 'export', { ...onKey, outcome: 'refused' }),
    act(2, 'sign-in'),
    act(0, 'sign', { ...onKey, status: 200 }),
  ]
  const signed = { ...entry('event-1', 'kms.sign', '2026-05-30T10:00:00Z'), user: { name: 'kms-gateway' } }
  const people = (...events: readonly object[]) => ({ body: { events } })
  const peopleCall = 'GET /api/audit?limit=200'

  beforeEach(() => {
    queryClient.setQueryData(queries.session().queryKey, {
      version: '1.0.0',
      readOnly: false,
      person,
      grants: [],
      clouds: [{ id: 'thalassa', mode: 'live' }],
    })
  })

  test('the person stands beside the cloud’s record, and the console’s own events are rows', async () => {
    const robot = { ...signed, eventID: 'event-0', createdAt: '2026-05-30T09:00:00Z', user: { name: 'robot' } }
    const router = open({ [logCall(1)]: log(1, signed, robot), [peopleCall]: people(...acts) })
    await expect.element(rows()).toHaveLength(5)
    await expect.element(rows().nth(1)).toMatchTextContent(/Export.*Console.*kms-1.*Ada Lovelace.*Refused/)
    await expect.element(rows().nth(2)).toMatchTextContent(/Sign in.*Console.*Ada Lovelace.*OK/)
    await expect.element(rows().nth(3)).toMatchTextContent(/Sign.*kms\.sign.*Ada Lovelace.*OK/)
    await expect.element(rows().nth(4)).not.toMatchTextContent(/Ada Lovelace/)
    await expect.element(page.getByText(/The clouds know everybody here as kms-gateway/)).toBeVisible()
    await page.getByRole('button', { name: /^Person/ }).click()
    await page.getByRole('menuitemcheckbox', { name: /^Ada Lovelace/ }).click()
    await expect.element(rows()).toHaveLength(4)
    expect(router.state.location.search).toBe('?person=ada')
  })

  test('of one key, its creation has the person too, which the console’s log knows by its time alone', async () => {
    const at = Date.parse('2026-05-30T10:00:00Z')
    const created = {
      ...signed,
      action: 'POST',
      context: { method: 'POST', path: '/v1/kms/nl-01/keys', status: 201 },
    }
    const own = `${logCall(1)}&resourceIdentity=kms-1`
    const near = `GET /api/audit?limit=200&provider=thalassa&from=${at - 5_000}&to=${at + 5_001}`
    const creation = act(0, 'create', { provider: 'thalassa', location: 'nl-01', status: 201 })
    open(
      {
        [own]: log(1, created),
        [`${peopleCall}&provider=thalassa&key=kms-1`]: people(),
        [near]: people(creation, act(1, 'rotate', onKey)),
      },
      '/activity?key=thalassa/nl-01/kms-1',
    )
    await expect.element(rows()).toHaveLength(2)
    await expect.element(rows().nth(1)).toMatchTextContent(/Create key.*Ada Lovelace.*OK/)
  })

  test('a log of people that can’t be read is told, and the clouds’ is shown', async () => {
    open({ [logCall(1)]: log(1, signed), [peopleCall]: { status: 503, body: { title: 'unavailable' } } })
    await expect.element(page.getByText('The audit log of this console could not be read.')).toBeVisible()
    await expect.element(rows()).toHaveLength(2)
  })

  test('on a narrow screen cards have the person', async () => {
    await page.viewport(390, 844)
    open({ [logCall(1)]: log(1, signed), [peopleCall]: people(...acts) })
    const cards = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
    await expect.element(cards.nth(2)).toMatchTextContent(/Sign.*kms\.sign.*Ada Lovelace.*OK/)
    expect(document.documentElement.scrollWidth).toBe(390)
  })
})

test('without sign-in no log of people is asked for', async () => {
  open({ [logCall(1)]: log(1, attested) })
  await expect.element(rows()).toHaveLength(2)
  await expect.element(page.getByRole('columnheader', { name: 'Person' })).not.toBeInTheDocument()
  await expect.element(page.getByText('could not be read', { exact: false })).not.toBeInTheDocument()
})

test('long names and names in other scripts are whole, and so are ids that no key has', async () => {
  const id = `kms-${'0123456789'.repeat(5)}`
  const name = 'مفتاح التشفير للدفع 支払い用の暗号化キーのとても長い名前'
  queryClient.setQueryData(queries.locations('thalassa').queryKey, [
    { cloud: 'thalassa', id: 'nl-01', available: true },
  ])
  queryClient.setQueryData(queries.keys('thalassa', 'nl-01').queryKey, { items: [keyWith({ name })], unreadable: [] })
  open({
    [logCall(1)]: log(1, attested, { ...attested, eventID: 'event-2', resourceIdentity: id }),
  })
  for (const whole of [page.getByRole('link', { name }), page.getByText(id)]) {
    await expect.element(whole).toBeVisible()
    const cell = whole.element().closest('td')
    expect(cell?.scrollWidth).toBe(cell?.clientWidth)
  }
})

test('no id stands for a name while the keys are read', async () => {
  open({ [logCall(1)]: log(1, attested), 'GET /api/thalassa/v1/kms/summary': 'none' })
  await expect.element(rows().filter({ hasText: 'kms.attest' })).toBeVisible()
  await expect.element(rows().filter({ hasText: 'kms-1' })).not.toBeInTheDocument()
})

test('a long list is drawn by parts, and filtered and counted as a whole', async () => {
  const many = Array.from({ length: 501 }, (_, index) => entry(`event-${index}`, 'kms.sign', daysAgo(index / 24)))
  open({ [logCall(1)]: log(1, ...many) }, '/activity?result=ok')
  await expect.element(rows().nth(500)).toBeInTheDocument()
  await expect.element(rows().nth(501)).not.toBeInTheDocument()
  await expect.element(page.getByText('501 of 501')).toBeVisible()
  await page.getByRole('button', { name: 'Show 1 more' }).click()
  await expect.element(rows().nth(501)).toBeInTheDocument()
  await expect.element(page.getByText('End of log')).toBeVisible()
})

test('a skeleton stands for a log on its way', async () => {
  open({ [logCall(1)]: 'none' })
  await expect.element(page.getByRole('table', { name: 'Activity' })).toHaveAttribute('aria-busy', 'true')
})

test('an empty list says whether older events may follow', async () => {
  open({ [logCall(1)]: log(2), [logCall(2)]: log(2) })
  await expect.element(page.getByRole('heading', { name: 'No operations found so far' })).toBeVisible()
  await more().click()
  await expect.element(page.getByRole('heading', { name: 'No operations yet' })).toBeVisible()
  await expect.element(more()).not.toBeInTheDocument()
})

test('on a narrow screen events are cards, and filters stand on a sheet', async () => {
  await page.viewport(390, 844)
  const encrypted = entry('event-2', 'kms.encrypt', '2026-05-30T10:00:00Z')
  const router = open({ [logCall(1)]: log(1, encrypted, attested) })
  const cards = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await expect.element(cards.first()).toMatchTextContent(/Encrypt.*nl-01.*UTC.*Ada.*Failed/)
  await cards
    .first()
    .getByRole('button', { name: /^Details of/ })
    .click()
  await expect.element(page.getByText('event-2')).toBeVisible()
  expect(document.documentElement.scrollWidth).toBe(390)
  await page.getByRole('button', { name: 'Filters', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByRole('checkbox', { name: /^Failed/ }).click()
  await sheet.getByRole('button', { name: 'Show 1 operation' }).click()
  await expect.element(cards).toHaveLength(1)
  expect(router.state.location.search).toBe('?result=failed')
})

test('details of an event are opened, closed and left with the keyboard', async () => {
  const encrypted = { ...entry('event-2', 'kms.encrypt', '2026-05-30T10:00:00Z'), context: { clientIP: '192.0.2.7' } }
  open({ [logCall(1)]: log(1, encrypted) })
  const details = rows().getByRole('button', { name: /^Details of/ })
  await expect.element(details).toBeVisible()
  details.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(details).toHaveAttribute('aria-expanded', 'true')
  await expect.element(page.getByText('event-2')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('event-2')).not.toBeInTheDocument()
  await userEvent.keyboard('{Tab}')
  await expect.element(details).not.toHaveFocus()
})
