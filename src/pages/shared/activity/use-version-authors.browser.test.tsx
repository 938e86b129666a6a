import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { queryClient } from '../../../app/query-client.ts'
import type { KeyVersion } from '../../../clouds/model.ts'
import { refreshKey } from '../../../clouds/queries.ts'
import { type Answers, answerCalls } from '../../../clouds/testing/answers.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { fillCache } from '../../../testing/query-cache.ts'
import { render } from '../../../testing/render.tsx'
import { useVersionAuthors } from './use-version-authors.ts'

const key = keyWith({ id: 'kms-1' })
const [second, third] = [Date.UTC(2026, 4, 1), Date.UTC(2026, 4, 30)]
const versions: KeyVersion[] = [
  { version: 3, createdAt: third },
  { version: 2, createdAt: second },
  { version: 1, createdAt: second - 1 },
]

const scheduled = {
  createdAt: new Date(second).toISOString(),
  eventID: 'event-2',
  action: 'kms.rotate.scheduled',
  resourceIdentity: 'kms-1',
  context: { outcome: 'success', keyVersion: '2' },
}
const manual = {
  ...scheduled,
  createdAt: new Date(third).toISOString(),
  eventID: 'event-3',
  action: 'kms.rotate',
  user: { name: 'Ada' },
  userIdentity: 'usr-1',
  context: { outcome: 'success', keyVersion: '3' },
}

function Authors() {
  const { authors, pending } = useVersionAuthors(key, versions)
  return <p>{pending ? 'Reading' : JSON.stringify([...authors].map(([version, { name }]) => `${version}: ${name}`))}</p>
}

beforeEach(() => fillCache())

test('one question to the log tells who made the versions, and is asked again after a change of the key', async () => {
  const log = (...items: readonly object[]) => ({ body: { items, page: 1, totalPages: 1 } })
  const answers = { 'GET /api/thalassa/v1/audit*': log(scheduled) }
  const calls = answerCalls(answers)
  render(<Authors />)
  await expect.element(page.getByText('["2: Automatic rotation"]')).toBeVisible()
  answers['GET /api/thalassa/v1/audit*'] = log(manual, scheduled)
  await refreshKey(queryClient, key)
  await expect.element(page.getByText('["3: Ada","2: Automatic rotation"]')).toBeVisible()
  const asked = new URL(calls[0]?.call.replace('GET ', '') ?? '', location.href).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    resourceIdentity: 'kms-1',
    action: 'kms.rotate,kms.rotate.scheduled',
  })
  expect(new Set(calls.map(({ call }) => call)).size).toBe(1)
})

test('where people sign in, the console’s log tells who used its credential', async () => {
  fillCache({ person: { subject: 'grace', name: 'Grace Hopper', grants: [], canSignOut: true }, grants: [] })
  const event = {
    ...{ seq: 7, hash: 'h', at: third, subject: 'grace', name: 'Grace Hopper', by: 'session' },
    ...{ operation: 'rotate', provider: 'thalassa', location: 'nl-01', key: 'kms-1', outcome: 'ok', status: 200 },
    request: 'r-1',
  }
  const people = 'GET /api/audit?limit=200&provider=thalassa&key=kms-1'
  const answers: Answers = {
    'GET /api/thalassa/v1/me/organisation-memberships': { body: [{ user: { name: 'Ada' } }] },
    'GET /api/thalassa/v1/audit*': { body: { items: [manual, scheduled], page: 1, totalPages: 1 } },
    [people]: { body: { events: [event] } },
  }
  answerCalls(answers)
  render(<Authors />)
  await expect.element(page.getByText('["3: Grace Hopper","2: Automatic rotation"]')).toBeVisible()
  answers[people] = { body: { events: [{ ...event, subject: 'linus', name: 'Linus Pauling' }] } }
  await refreshKey(queryClient, key)
  await expect.element(page.getByText('["3: Linus Pauling","2: Automatic rotation"]')).toBeVisible()
})

test('a log that can’t be read has no answer', async () => {
  answerCalls({})
  render(<Authors />)
  await expect.element(page.getByText('[]', { exact: true })).toBeVisible()
})
