import { expect, test } from 'vitest'
import { activityOf } from './audit-activity.ts'
import type { AuditEvent as PersonEvent } from './gateway/audit.ts'
import { type Logs, withPeople } from './people-activity.ts'
import { audited, auditTime, httpRecord } from './testing/audit.ts'

const SECOND = 1_000

const did = (members: Partial<PersonEvent> = {}): PersonEvent => ({
  seq: 1,
  at: auditTime,
  subject: 'ada',
  name: 'Ada Lovelace',
  by: 'session',
  operation: 'encrypt',
  provider: 'thalassa',
  location: 'nl-01',
  key: 'kms-1',
  outcome: 'ok',
  status: 200,
  request: 'request-1',
  hash: '',
  ...members,
})

const refusedHere = (members: Partial<PersonEvent> = {}): PersonEvent => {
  const { status, ...others } = did({ outcome: 'refused', ...members })
  return others
}

const signedIn = (): PersonEvent => {
  const { status, provider, location, key, ...others } = did({ operation: 'sign-in', seq: 9 })
  return others
}

const all: Logs = { isOwn: () => true, readSince: () => Number.NEGATIVE_INFINITY }

const encrypted = (members: Parameters<typeof audited>[0] = {}) =>
  audited({ key: 'kms-1', location: 'nl-01', succeeded: true, actor: 'gateway', ...members })

const joined = (entries: Parameters<typeof activityOf>[0], people: readonly PersonEvent[], logs: Partial<Logs> = {}) =>
  withPeople(activityOf(entries), people, { ...all, ...logs }).map(
    ({ id, personName }) => `${id}: ${personName ?? '–'}`,
  )

test('a cloud’s record has the person, with what the console’s log knows besides', () => {
  const [row, ...others] = withPeople(
    activityOf([encrypted()]),
    [did({ client: '192.0.2.7', at: auditTime + SECOND })],
    all,
  )
  expect(others).toEqual([])
  expect(row).toMatchObject({ id: 'thalassa evt-1', person: 'ada', personName: 'Ada Lovelace', actor: 'gateway' })
  expect(row?.details).toContainEqual(['Person’s address', '192.0.2.7'])
  expect(row?.details).toContainEqual(['Gateway request', 'request-1'])
})

test.each<[string, Partial<PersonEvent>]>([
  ['another key', { key: 'kms-2' }],
  ['another operation', { operation: 'decrypt' }],
  ['another cloud', { provider: 'exoscale' }],
  ['another location', { location: 'nl-02' }],
  ['another outcome', { outcome: 'failed', status: 409 }],
  ['another time', { at: auditTime + 5 * SECOND + 1 }],
])('%s is another call', (_what, members) => {
  expect(joined([encrypted()], [did(members)])).toHaveLength(2)
})

test('each record is taken once, the latest by the latest', () => {
  const entries = [0, 1, 2].map((place) => encrypted({ id: `evt-${place}`, at: auditTime + place * SECOND }))
  const people = [
    did({ seq: 2, name: 'Linus', at: auditTime + 2 * SECOND + 20 }),
    did({ seq: 1, name: 'Ada', at: auditTime + SECOND + 20 }),
  ]
  expect(joined(entries, people)).toEqual(['thalassa evt-2: Linus', 'thalassa evt-1: Ada', 'thalassa evt-0: –'])
})

test('the id of the request decides where the cloud’s log has it', () => {
  const entries = ['a', 'b'].map((request) => encrypted({ id: request, request }))
  const people = [did({ name: 'Linus', upstreamRequest: 'a' }), did({ seq: 2, name: 'Ada', upstreamRequest: 'b' })]
  expect(joined(entries, people).sort()).toEqual(['thalassa a: Linus', 'thalassa b: Ada'])
})

test('what another credential did has no person', () => {
  const isOwn: Logs['isOwn'] = ({ actor }) => actor === 'gateway'
  expect(joined([encrypted({ actor: 'robot' })], [did()], { isOwn })).toEqual([
    'thalassa evt-1: –',
    'console 1: Ada Lovelace',
  ])
})

test('a record of an HTTP call alone has the person, also of a key that is only being made', () => {
  const { key, ...created } = did({ operation: 'create', status: 201 })
  const record = httpRecord('', { path: '/v1/kms/nl-01/keys', key: 'kms-new', status: 201 })
  expect(joined([record], [created])).toEqual(['thalassa http-1: Ada Lovelace'])
  expect(joined([httpRecord('disable', { key: 'kms-1' })], [did({ operation: 'disable' })])).toEqual([
    'thalassa http-1: Ada Lovelace',
  ])
})

test('what the clouds don’t have are rows of the console: refusals, sign-ins, approvals', () => {
  const { status, ...approved } = did({ operation: 'approve', seq: 8, approval: 'approval-1', reason: 'agreed' })
  const rows = withPeople(activityOf([encrypted()]), [signedIn(), approved, refusedHere({ seq: 7 })], all)
  const own = rows.filter(({ consoleOnly }) => consoleOnly)
  expect(own).toMatchObject([
    { action: 'Sign in', result: 'ok', rawAction: 'sign-in' },
    { action: 'Approve', key: 'kms-1', cloud: 'thalassa' },
    { action: 'Encrypt', result: 'failed', refused: true },
  ])
  expect(own[0]).not.toHaveProperty('cloud')
  expect(own[1]?.details).toContainEqual(['Reason', 'agreed'])
  expect(rows.find(({ id }) => id === 'thalassa evt-1')).not.toHaveProperty('person')
})

test('a call that the cloud refused is the cloud’s record', () => {
  const record = encrypted({ succeeded: false, status: 403 })
  expect(joined([record], [did({ outcome: 'refused', status: 403 })])).toEqual(['thalassa evt-1: Ada Lovelace'])
})

test('a call has no row of its own where the cloud’s log is not read so far', () => {
  const readSince = () => auditTime
  expect(joined([], [did()], { readSince })).toEqual([])
  expect(joined([], [did({ at: auditTime + 6 * SECOND })], { readSince })).toEqual(['console 1: Ada Lovelace'])
  expect(joined([], [signedIn()], { readSince })).toEqual(['console 9: Ada Lovelace'])
})

test('a cloud that is not known any more is named among the facts', () => {
  const [row] = withPeople([], [did({ provider: 'former' })], all)
  expect(row).not.toHaveProperty('cloud')
  expect(row?.details).toContainEqual(['Cloud', 'former'])
})
