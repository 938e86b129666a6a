import { expect, test } from 'vitest'
import { CallError } from '../errors.ts'
import { inDays } from '../period.ts'
import { answerCalls } from '../testing/answers.ts'
import { keyWith } from '../testing/key.ts'
import { exoscale } from './cloud.ts'
import { iam } from './iam.ts'
import { operations } from './operations.ts'

const id = '019ef461-c0ae-7c9c-94bd-081e70fe2b08'
const path = `/api/exoscale/ch-gva-2/kms-key/${id}`
const on = `POST ${path}/enable-key-rotation`
const off = `POST ${path}/disable-key-rotation`

const rotated = keyWith({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id,
  rotation: { automatic: true, period: inDays(365) },
})
const rotation = { automatic: true, 'manual-count': 0, 'next-at': '2027-06-23T12:08:27Z', 'rotation-period': 90 }
const wireKey = {
  id,
  name: 'made',
  'multi-zone': false,
  'origin-zone': 'ch-gva-2',
  source: 'exoscale-kms',
  status: 'enabled',
  'status-since': '2026-06-23T12:08:27Z',
  'created-at': '2026-06-23T12:08:27Z',
  revision: { at: '2026-06-23T12:08:28Z', seq: 3 },
  usage: 'encrypt-decrypt',
}

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof CallError ? error.details : error),
  )

const setPeriod = (days: number) => operations.setRotation.run(rotated, { automatic: true, period: inDays(days) })

const newKey = {
  location: 'ch-gva-2',
  name: 'made',
  description: '',
  type: 'AES_256',
  labels: {},
  annotations: {},
  exportAllowed: false,
  multiZone: false,
  rotation: { automatic: true },
}
const material = { automatic: false, 'created-at': '2026-06-23T12:08:27Z', version: 1 }
const creation = 'POST /api/exoscale/ch-gva-2/kms-key'

test('the answer to a creation holds neither material nor rotation: the key is read again', async () => {
  const sent = answerCalls({
    [creation]: { body: wireKey },
    [`GET ${path}`]: { body: { ...wireKey, material, rotation: { ...rotation, 'rotation-period': 365 } } },
  })
  const { key } = await exoscale.create(newKey)
  expect(key.rotation.period).toEqual(inDays(365))
  expect(sent.map(({ call }) => call)).toEqual([creation, `GET ${path}`])
})

test('the rotation of a key that does not rotate is not set', async () => {
  const signing = { ...wireKey, usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256', material, rotation }
  const sent = answerCalls({ [creation]: { body: signing }, [`GET ${path}`]: { body: signing } })
  const asked = { type: 'ECC_NIST_P256', purpose: 'sign', rotation: { automatic: false } } as const
  expect(await exoscale.create({ ...newKey, ...asked })).not.toHaveProperty('warning')
  expect(sent.map(({ call, body }) => [call, body])).toEqual([
    [creation, { name: 'made', usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256', 'multi-zone': false }],
    [`GET ${path}`, undefined],
  ])
})

test('a service that ignores the key type is reported with the type of the key that it created', async () => {
  const made = { ...wireKey, material, rotation }
  answerCalls({ [creation]: { body: made }, [`GET ${path}`]: { body: made } })
  const { key, warning } = await exoscale.create({ ...newKey, type: 'RSA_3072', rotation: { automatic: false } })
  expect(key.type).toBe('AES_256')
  expect(warning).toMatch(/^ch-gva-2 does not know RSA_3072 and created an AES_256 key\./)
})

test.each([
  [{ title: 'Name Conflict', detail: 'there is already a key of that name' }, 'name-taken', 'name'],
  [{ title: 'Quota Exceeded', detail: 'ch-gva-2 already holds 1000 keys' }, 'limit', 'location'],
  [{ title: 'Bad Request', detail: 'key-spec must be one of RSA_3072 for sign-verify' }, 'invalid', 'type'],
  [{ title: 'Bad Request', detail: 'usage must be one of encrypt-decrypt' }, 'invalid', 'type'],
  [{ title: 'Bad Request', detail: 'the request is not valid' }, 'invalid', undefined],
])('a refused creation lands on its field: %o', async (body, reason, field) => {
  answerCalls({ [creation]: { status: 400, body: { ...body, status: 400 } } })
  const problem = await problemOf(exoscale.create(newKey))
  expect(problem).toMatchObject({ reason })
  expect(problem).toHaveProperty('field', field)
})

const refused = { status: 500, body: { message: 'no' } }

test('a change of the period that only the default key refuses marks it', async () => {
  const refusal = { type: '#/problem', title: 'Not on Default', status: 400, detail: 'it is managed' }
  answerCalls({ 'POST *': { status: 400, body: refusal } })
  const key = { ...rotated, id: '019ef461-0000-7000-8000-000000000009' }
  const { setRotation, disable } = operations
  expect(disable?.refusal(key)).toBeUndefined()
  expect(await problemOf(setRotation.run(key, { automatic: true, period: inDays(90) }))).toMatchObject({
    reason: 'managed',
  })
  expect(disable?.refusal(key)).toBe('This is the organisation’s default key, managed by Exoscale.')
})

test('a refused period restores the former one and reports it', async () => {
  const sent = answerCalls({ [off]: { body: { rotation } }, [on]: [refused, { body: { rotation } }] })
  const problem = await problemOf(setPeriod(90))
  expect(problem).toMatchObject({
    message: 'No.',
    advice: expect.stringMatching(/^The previous period of 365 days is set again\./),
  })
  expect(sent).toEqual([
    { call: off, body: undefined },
    { call: on, body: { 'rotation-period': 90 } },
    { call: on, body: { 'rotation-period': 365 } },
  ])
})

test('a former period that can’t be restored is reported as rotation off', async () => {
  answerCalls({ [off]: { body: { rotation } }, [on]: refused })
  expect(await problemOf(setPeriod(90))).toMatchObject({
    advice: expect.stringContaining('Automatic rotation is off'),
  })
})

test('a gateway’s wrong clock is named before the refusal that it causes', async () => {
  const headers = { 'x-clock-difference': '-720' }
  answerCalls({ [`GET ${path}`]: { status: 403, headers, body: { message: 'Request expired' } } })
  expect(await problemOf(exoscale.key({ cloud: 'exoscale', location: 'ch-gva-2', key: id }))).toMatchObject({
    message: 'The gateway’s clock is 12 minutes behind Exoscale’s. Correct it first.',
    advice: 'Exoscale answered: Request expired.',
  })
})

test('an encryption context is sent as base64', async () => {
  const sent = answerCalls({ [`POST ${path}/encrypt`]: { body: { ciphertext: 'AA==' } } })
  const [plaintext, context] = [Uint8Array.of(1), Uint8Array.of(0, 255)]
  await operations.encrypt.run(rotated, { plaintext, context })
  expect(sent[0]?.body).toEqual({ plaintext: 'AQ==', 'encryption-context': 'AP8=' })
})

test.each([
  [iam.apiKeys, 'api-key', 'list-api-keys'],
  [iam.roles, 'iam-role', 'list-iam-roles'],
])('a role without permission for IAM is told which operation it needs', async (read, path, operation) => {
  answerCalls({
    [`GET /api/exoscale/ch-gva-2/${path}`]: { status: 403, body: { message: 'Forbidden by role policy for iam' } },
  })
  expect(await problemOf(read('ch-gva-2'))).toMatchObject({
    message: 'Forbidden by role policy for iam.',
    advice: expect.stringContaining(`must allow the operation ${operation} of the service iam`),
  })
})
