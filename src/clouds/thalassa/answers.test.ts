import { expect, test } from 'vitest'
import { emptyList } from '../answer.ts'
import { CallError } from '../errors.ts'
import { answerCalls } from '../testing/answers.ts'
import { keyWith } from '../testing/key.ts'
import { audit } from './audit.ts'
import { thalassa } from './cloud.ts'
import { operations } from './operations.ts'

const connection = { id: 'thalassa', mode: 'live' } as const
const list = 'GET /api/thalassa/v1/kms/nl-01/keys'
const path = '/api/thalassa/v1/kms/nl-01/keys/kms-1'

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof CallError ? error.details : error),
  )

test('a list may be null', async () => {
  answerCalls({ [list]: { body: null }, 'GET /api/thalassa/v1/projects': { body: null } })
  expect(await thalassa.keys({ location: 'nl-01' })).toEqual(emptyList)
  expect(await thalassa.projects?.()).toEqual(emptyList)
})

test('deletion and its cancellation may answer without a body', async () => {
  const sent = answerCalls({ [`DELETE ${path}`]: { status: 204 }, [`DELETE ${path}/cancel-deletion`]: { status: 204 } })
  await operations.scheduleDeletion?.run(keyWith(), {})
  await operations.cancelDeletion?.run(keyWith(), {})
  expect(sent).toHaveLength(2)
})

test.each([
  { status: 403, body: { message: 'kms is not enabled for this organisation' } },
  { status: 200, body: { featureEnabled: false } },
])('a disabled feature is named, answered with $status', async (answer) => {
  answerCalls({ 'GET /api/thalassa/v1/kms/summary': answer })
  expect(await problemOf(thalassa.locations(connection))).toMatchObject({
    reason: 'feature-off',
    message: 'KMS is not enabled for this organisation.',
    advice: 'Ask Thalassa to enable KMS for the organisation.',
    path: '/v1/kms/summary',
    status: answer.status,
  })
})

const future = {
  identity: 'kms-1',
  name: 'from the future',
  slug: 'from-the-future',
  keyType: 'slh-dsa-128s',
  status: 'suspended',
  exportAllowed: false,
  keyRotationEnabled: false,
  createdAt: '2026-05-30T09:00:00Z',
  updatedAt: '2026-05-30T09:00:00Z',
  quantumSafe: true,
  billing: { plan: 'early' },
}

test('new members, types and statuses are accepted, and missing versions count as one', async () => {
  answerCalls({ [list]: { body: [future] }, [`GET ${path}`]: { body: future } })
  const [key] = (await thalassa.keys({ location: 'nl-01' })).items
  expect(key).toMatchObject({ type: 'slh-dsa-128s', status: 'suspended', can: [], latestVersion: 1 })
  expect(await thalassa.key({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1' })).toEqual(key)
})

test('versions are text in requests and answers, and the type of a new key is sent', async () => {
  const sent = answerCalls({
    [`POST ${path}/encrypt`]: { body: { ciphertext: 'thalassa:v2:AA==', keyVersion: '2' } },
    [list.replace('GET', 'POST')]: { body: future },
  })
  const plaintext = new TextEncoder().encode('x')
  expect(await operations.encrypt.run(keyWith(), { plaintext, keyVersion: 2 })).toMatchObject({
    keyVersion: 2,
  })
  await thalassa.create({
    location: 'nl-01',
    name: 'new',
    description: '',
    type: 'aes256-gcm96',
    labels: {},
    annotations: {},
    exportAllowed: false,
    multiZone: false,
    rotation: { automatic: false },
  })
  expect(sent.map(({ body }) => body)).toEqual([
    { plaintext: 'eA==', keyVersion: '2' },
    { name: 'new', keyType: 'aes256-gcm96' },
  ])
})

test('429 with a wait says how long, and an error without a body its status', async () => {
  const answers = {
    [list]: { status: 429, headers: { 'retry-after': '30' }, body: { message: 'too many requests' } },
    [`GET ${path}`]: { status: 500 },
  }
  answerCalls(answers)
  expect(await problemOf(thalassa.keys({ location: 'nl-01' }))).toMatchObject({
    message: 'Too many requests.',
    advice: 'Wait 30 seconds, then try again.',
    retryAfter: 30_000,
  })
  const key = thalassa.key({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1' })
  expect(await problemOf(key)).toMatchObject({ message: 'Thalassa Cloud answered 500.', status: 500 })
})

test('entries of the audit log may have actions and members that are new', async () => {
  const entry = {
    createdAt: '2026-05-30T09:00:00Z',
    eventID: 'event-1',
    organization: { identity: 'o-1' },
    action: 'kms.attest',
    resourceIdentity: 'kms-elsewhere',
    context: { outcome: 'success', region: 'nl-01', quorum: 3 },
  }
  const body = { items: [entry], totalItems: 20, page: 1, totalPages: 10, cursor: null }
  answerCalls({ 'GET /api/thalassa/v1/audit?page=1&limit=100&resourceType=kms_key': { body } })
  expect(await audit({ page: 1 })).toMatchObject({
    events: { items: [{ action: 'kms.attest', key: 'kms-elsewhere', location: 'nl-01', succeeded: true }] },
    pages: 10,
  })
})
