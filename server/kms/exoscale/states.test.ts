import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { answered, at, type ExpectedProblem, expectProblem, revisions, withAes } from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

type Status = 'enabled' | 'disabled' | 'pending-deletion'

const pending: ExpectedProblem = {
  status: 400,
  slug: 'key-pending-deletion',
  title: 'Key is Pending Deletion',
  detail: 'the key ID is pending deletion',
}
const notPending = (status: Status): ExpectedProblem => ({
  status: 400,
  slug: 'not-pending-deletion',
  title: 'Not Pending Deletion',
  detail: `the key ID is not pending deletion, it is ${status}`,
})
const disabled = (status: Status): ExpectedProblem => ({
  status: 400,
  slug: 'key-disabled',
  title: 'Key is Disabled',
  detail: `the key ID is ${status}`,
})

interface Case {
  readonly operation: string
  readonly from: Status
  /** Resulting status, or the refusal. */
  readonly expected: Status | ExpectedProblem
  /** Number of revisions that the action adds. */
  readonly changes?: number
  readonly answer?: object
  /** Whether the answer names the algorithm, since November 2026. */
  readonly namesAlgorithm?: true
}

const success = { status: 'success' }
const applied = { status: 'already-applied' }
const some = expect.any(String)

/** State machine as documented by the provider. */
const machine: readonly Case[] = [
  { operation: 'enable', from: 'enabled', expected: 'enabled', answer: applied },
  { operation: 'enable', from: 'disabled', expected: 'enabled', changes: 1, answer: success },
  { operation: 'enable', from: 'pending-deletion', expected: pending },
  { operation: 'disable', from: 'enabled', expected: 'disabled', changes: 1, answer: success },
  { operation: 'disable', from: 'disabled', expected: 'disabled', answer: applied },
  { operation: 'disable', from: 'pending-deletion', expected: pending },
  { operation: 'schedule-deletion', from: 'enabled', expected: 'pending-deletion', changes: 1 },
  { operation: 'schedule-deletion', from: 'disabled', expected: 'pending-deletion', changes: 1 },
  { operation: 'schedule-deletion', from: 'pending-deletion', expected: 'pending-deletion', changes: 1 },
  { operation: 'cancel-deletion', from: 'enabled', expected: notPending('enabled') },
  { operation: 'cancel-deletion', from: 'disabled', expected: notPending('disabled') },
  { operation: 'cancel-deletion', from: 'pending-deletion', expected: 'disabled', changes: 1, answer: success },
  { operation: 'rotate', from: 'enabled', expected: 'enabled', changes: 1 },
  { operation: 'rotate', from: 'disabled', expected: disabled('disabled') },
  { operation: 'rotate', from: 'pending-deletion', expected: pending },
  { operation: 'disable-key-rotation', from: 'enabled', expected: 'enabled', changes: 1 },
  { operation: 'disable-key-rotation', from: 'disabled', expected: disabled('disabled') },
  { operation: 'disable-key-rotation', from: 'pending-deletion', expected: pending },
  { operation: 'enable-key-rotation', from: 'enabled', expected: 'enabled', changes: 1 },
  { operation: 'enable-key-rotation', from: 'disabled', expected: disabled('disabled') },
  { operation: 'enable-key-rotation', from: 'pending-deletion', expected: pending },
  { operation: 'encrypt', from: 'enabled', expected: 'enabled', answer: { ciphertext: some }, namesAlgorithm: true },
  { operation: 'encrypt', from: 'disabled', expected: disabled('disabled') },
  { operation: 'encrypt', from: 'pending-deletion', expected: disabled('pending-deletion') },
  {
    operation: 'generate-data-key',
    from: 'enabled',
    expected: 'enabled',
    answer: { plaintext: some, ciphertext: some },
  },
  { operation: 'generate-data-key', from: 'disabled', expected: disabled('disabled') },
  { operation: 'generate-data-key', from: 'pending-deletion', expected: disabled('pending-deletion') },
  {
    operation: 'decrypt',
    from: 'enabled',
    expected: 'enabled',
    answer: { plaintext: 'aGVsbG8=' },
    namesAlgorithm: true,
  },
  { operation: 'decrypt', from: 'disabled', expected: disabled('disabled') },
  { operation: 'decrypt', from: 'pending-deletion', expected: disabled('pending-deletion') },
]

const lead: Record<Status, string | undefined> = {
  enabled: undefined,
  disabled: 'disable',
  'pending-deletion': 'schedule-deletion',
}

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  const read = async (path: string) => answered(await server.get(path), 200, KmsKey)

  /** Key in a status, with one of its ciphertexts. */
  async function keyIn(status: Status, operation: string) {
    const path = await server.newKey()
    const { body } = await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=' })
    if (operation === 'enable-key-rotation') await server.post(`${path}/disable-key-rotation`)
    server.advance(1000)
    const action = lead[status]
    if (action !== undefined) expect((await server.post(`${path}/${action}`, {})).status).toBe(200)
    server.advance(1000)
    return { path, body: { plaintext: 'aGVsbG8=', ciphertext: body.ciphertext, 'bytes-count': 8 } }
  }

  test.each(machine)(
    '$operation of a key that is $from',
    async ({ operation, from, expected, changes = 0, answer, namesAlgorithm }) => {
      const { path, body } = await keyIn(from, operation)
      const before = await read(path)
      expect(before.status).toBe(from)
      const target = `${path}/${operation}`
      const reply = await server.post(target, body)
      const after = await read(path)
      if (typeof expected !== 'string') {
        const detail = expected.detail?.replace('ID', before.id) ?? ''
        expectProblem(reply, { ...expected, detail }, revision, target)
        expect(after).toEqual(before)
        return
      }
      expect(reply.status).toBe(200)
      if (answer) expect(reply.body).toEqual({ ...answer, ...(namesAlgorithm ? withAes(revision) : {}) })
      const now = at(server.clock.now())
      expect(after).toMatchObject({
        status: expected,
        'status-since': expected === from ? before['status-since'] : now,
        revision: changes > 0 ? { seq: before.revision.seq + 1, at: now } : before.revision,
      })
      expect('delete-at' in after).toBe(expected === 'pending-deletion')
    },
  )

  test.each<Status>(['enabled', 'disabled', 'pending-deletion'])('a key that is %s can be read', async (status) => {
    const { path } = await keyIn(status, '')
    const key = await read(path)
    const { body } = await server.get('/v2/kms-key')
    expect(body['kms-keys']).toContainEqual(key)
    expect(await server.get(`${path}/list-key-rotations`)).toMatchObject({ status: 200, body: { rotations: [] } })
  })

  test('scheduling again replaces the date', async () => {
    const { path } = await keyIn('pending-deletion', '')
    const before = await read(path)
    const { body } = await server.post(`${path}/schedule-deletion`, { 'delay-days': 7 })
    expect(body).not.toEqual({ 'delete-at': before['delete-at'] })
    expect(await read(path)).toMatchObject(body)
  })

  test('refusals for pending deletion and disabled precede all others', async () => {
    for (const status of ['disabled', 'pending-deletion'] as const) {
      const { path } = await keyIn(status, '')
      const title = status === 'disabled' ? 'Key is Disabled' : 'Key is Pending Deletion'
      expect((await server.post(`${path}/enable-key-rotation`, {})).body).toMatchObject({ title })
      const crypto = await server.post(`${path}/decrypt`, { ciphertext: 'aGVsbG8=' })
      expect(crypto.body).toMatchObject({ title: 'Key is Disabled' })
    }
  })

  test.each(['{}', 'no JSON at all', '{"name":'])('operations without a body ignore %s', async (body) => {
    const { path } = await keyIn('enabled', '')
    const operations = ['rotate', 'disable-key-rotation', 'disable', 'enable']
    for (const operation of operations) expect((await server.post(`${path}/${operation}`, body)).status).toBe(200)
    await server.post(`${path}/schedule-deletion`, {})
    expect((await server.post(`${path}/cancel-deletion`, body)).status).toBe(200)
  })
})
