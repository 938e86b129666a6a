import { describe, expect, test } from 'vitest'
import { auditFactLabel } from '../activity-vocabulary.ts'
import { readEvents as readList, spanOf } from './audit.ts'
import { type Event, EventList } from './wire-organisation.ts'

const readEvents = (...given: Parameters<typeof readList>) => readList(...given).items

const id = '019eef1b-c320-7416-89a2-8f65eb889ad1'

const event = (members: Partial<Event>): Event => ({
  timestamp: '2026-11-22T10:00:00.123Z',
  handler: 'encrypt',
  status: 200,
  zone: 'ch-gva-2',
  uri: `/v2/kms-key/${id}/encrypt`,
  'request-id': 'r-1',
  'iam-api-key': { key: 'EXO1', name: 'ci' },
  'iam-role': { id: 'role-1', name: 'kms-crypto' },
  ...members,
})

describe('an event', () => {
  test('has activity, key, caller and outcome', () => {
    expect(readEvents([event({})])).toEqual([
      {
        id: 'r-1',
        request: 'r-1',
        cloud: 'exoscale',
        at: Date.parse('2026-11-22T10:00:00.123Z'),
        action: 'encrypt',
        actor: 'EXO1',
        actorName: 'ci',
        key: id,
        location: 'ch-gva-2',
        status: 200,
        succeeded: true,
        facts: [
          ['status', '200'],
          ['role', 'kms-crypto'],
          ['uri', `/v2/kms-key/${id}/encrypt`],
        ],
      },
    ])
    const [failed] = readEvents([event({ status: 403, 'iam-api-key': undefined, 'iam-user': { email: 'a@b.test' } })])
    expect(failed).toMatchObject({ succeeded: false, actor: 'a@b.test' })
  })

  test('contains no plaintext, ciphertext or encryption context', () => {
    const content = {
      plaintext: 'c2VjcmV0',
      ciphertext: 'c2VjcmV0',
      'encryption-context': 'c2VjcmV0',
      source: { key: id, ciphertext: 'c2VjcmV0' },
      destination: { key: 'another', 'encryption-context': 'c2VjcmV0' },
    }
    const [read] = readEvents([event({ handler: 're-encrypt', 'body-params': content, plaintext: 'c2VjcmV0' })])
    expect(JSON.stringify(read)).not.toContain('c2VjcmV0')
    expect(read?.facts).toContainEqual(['destination.key', 'another'])
    const [flat] = readEvents([event({ handler: 're-encrypt', 'body-params': { 'destination.key': 'another' } })])
    expect(flat?.facts).toContainEqual(['destination.key', 'another'])
  })

  test('without a caller is a scheduled rotation', () => {
    const [read] = readEvents([
      event({
        handler: 'rotate-kms-key',
        message: 'automatic rotation',
        uri: undefined,
        'path-params': { id },
        'iam-api-key': undefined,
        'iam-role': undefined,
      }),
    ])
    expect(read).toMatchObject({ action: 'automatic rotation', key: id })
    expect(read).not.toHaveProperty('actor')
  })

  test('of another service is omitted; of access management it is kept without a key', () => {
    const events = [
      event({ handler: 'create-instance', uri: '/v2/instance' }),
      event({ handler: 'authenticate', uri: undefined }),
      event({ handler: 'delete-api-key', uri: '/v2/api-key/EXO2', 'path-params': { id: 'EXO2' } }),
      event({ handler: 'update-iam-role-policy', uri: '/v2/iam-role/x:policy', 'path-params': { id: 'x' } }),
    ]
    const read = readEvents(events)
    expect(read.map(({ action }) => action)).toEqual(['delete-api-key', 'update-iam-role-policy'])
    for (const one of read) expect(one).not.toHaveProperty('key')
  })

  test('of a creation names the key, whose id it does not have', () => {
    const [read] = readEvents([
      event({ handler: 'create-kms-key', uri: '/v2/kms-key', 'body-params': { name: 'app' } }),
    ])
    expect(read).toMatchObject({ action: 'create-kms-key', keyName: 'app' })
    expect(read).not.toHaveProperty('key')
  })

  test('may have no members', () => {
    expect(EventList.parse([{}])).toEqual([{}])
    expect(readEvents([{ handler: 'encrypt' }])).toMatchObject([{ id: 'encrypt', at: Number.NaN, facts: [] }])
  })
})

test('one that can’t be read is named, unless another service did it', () => {
  const broken = { status: 'OK', 'request-id': 'r-9' }
  const events = [event({}), { ...broken, handler: 'encrypt' }, { ...broken, handler: 'create-instance' }, null]
  const { items, unreadable } = readList(events)
  expect(items).toHaveLength(1)
  expect(unreadable).toEqual([
    { id: 'r-9', name: 'encrypt', reason: 'status is missing or of another type.' },
    { reason: 'All of it is missing or of another type.' },
  ])
})

test('events of one key, newest first', () => {
  const events = [
    event({ 'request-id': 'a' }),
    event({ 'request-id': 'b', uri: '/v2/kms-key/other/encrypt' }),
    event({ 'request-id': 'c', timestamp: '2026-11-22T10:00:01Z' }),
  ]
  expect(readEvents(events, id).map((one) => one.id)).toEqual(['c', 'a'])
})

test('pages meet at midnight and cover ninety days', () => {
  const now = Date.parse('2026-11-22T20:15:00Z')
  expect([1, 2, 3].map((page) => Object.fromEntries(spanOf(page, now)))).toEqual([
    { from: '2026-11-15T00:00:00.000Z', to: '2026-11-23T20:15:00.000Z' },
    { from: '2026-10-23T00:00:00.000Z', to: '2026-11-15T00:00:00.000Z' },
    { from: '2026-08-24T00:00:00.000Z', to: '2026-10-23T00:00:00.000Z' },
  ])
})

test('every fact has a label', () => {
  const all = event({
    message: 'm',
    'source-ip': '127.0.0.1',
    'elapsed-ms': 3,
    'body-params': { name: 'n', 'multi-zone': true, 'delay-days': 7, 'key-spec': 'AES-256' },
  })
  for (const [name] of readEvents([all])[0]?.facts ?? []) expect(auditFactLabel('exoscale', name)).not.toBe(name)
})
