import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DecryptAnswer, EncryptAnswer, ReEncryptAnswer } from '../../../src/clouds/exoscale/wire.ts'
import {
  answered,
  badMember,
  type ExpectedProblem,
  expectRefused,
  keyNotFound,
  revisions,
  withAes,
} from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

const missing = '019eef1b-c320-7416-89a2-8f65eb889ad1'
const idOf = (path: string) => path.split('/').at(-1) ?? ''

const nested = (at: readonly string[], rule: string): ExpectedProblem => ({
  status: 400,
  slug: 'bad-request',
  title: 'Bad Request',
  detail: `${at.join('.')} ${rule}`,
  errors: [
    {
      path: at.join('.'),
      pointer: `/${at.join('/')}`,
      location: `$${at.map((name) => (name.includes('-') ? `['${name}']` : `.${name}`)).join('')}`,
      detail: rule,
    },
  ],
})

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  let from: string
  let to: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    from = await server.newKey('from')
    to = await server.newKey('to')
  })
  afterAll(() => server.close())

  const encrypt = async (path: string, context?: string) => {
    const given = context === undefined ? {} : { 'encryption-context': context }
    return answered(await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=', ...given }), 200, EncryptAnswer)
  }
  const body = async (more: { source?: object; destination?: object } = {}) => ({
    source: { key: idOf(from), ...(await encrypt(from)), ...more.source },
    destination: { key: idOf(to), ...more.destination },
  })
  const failed = { status: 400, slug: 'bad-request', title: 'Bad Request', detail: 'decryption failed' }

  test('re-encrypts under another key, without context unless one is given', async () => {
    const sealed = await encrypt(from, 'b2xk')
    const source = { key: idOf(from), ...sealed, 'encryption-context': 'b2xk' }
    for (const context of [undefined, null, 'bmV3']) {
      const destination = { key: idOf(to), ...(context === undefined ? {} : { 'encryption-context': context }) }
      const moved = answered(await server.post(`${from}/re-encrypt`, { source, destination }), 200, ReEncryptAnswer)
      const opened = await server.post(`${to}/decrypt`, { ...moved, ...(context && { 'encryption-context': context }) })
      expect(answered(opened, 200, DecryptAnswer)).toEqual({ plaintext: 'aGVsbG8=', ...withAes(revision) })
      await expectRefused(server, `${from}/decrypt`, { ...moved, 'encryption-context': 'b2xk' }, failed)
      await expectRefused(server, `${to}/decrypt`, { ...moved, 'encryption-context': 'b2xk' }, failed)
    }
  })

  test('with the same key as destination uses its newest version', async () => {
    const path = await server.newKey()
    const key = idOf(path)
    const versionOf = ({ ciphertext }: { ciphertext: string }) => Buffer.from(ciphertext, 'base64').readUInt32BE(21)
    const before = await encrypt(path)
    await server.post(`${path}/rotate`)
    const reply = await server.post(`${path}/re-encrypt`, { source: { key, ...before }, destination: { key } })
    const after = answered(reply, 200, ReEncryptAnswer)
    expect([versionOf(before), versionOf(after)]).toEqual([1, 2])
    expect((await server.post(`${path}/decrypt`, after)).body).toEqual({ plaintext: 'aGVsbG8=', ...withAes(revision) })
  })

  test('accepts ids in upper case', async () => {
    const key = idOf(from).toUpperCase()
    const reply = await server.post(`/v2/kms-key/${key}/re-encrypt`, await body({ source: { key } }))
    expect(reply.status).toBe(200)
  })

  test('gives one message for a wrong key, a wrong context, a changed and a foreign ciphertext', async () => {
    const right = await body()
    const bytes = Buffer.from(right.source.ciphertext, 'base64')
    const changed = Buffer.from(bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)).toString('base64')
    const wrongs = [
      await encrypt(to),
      { 'encryption-context': 'eA==' },
      { ciphertext: changed },
      { ciphertext: 'aGVsbG8=' },
      { ciphertext: '' },
    ]
    for (const wrong of wrongs)
      await expectRefused(server, `${from}/re-encrypt`, { ...right, source: { ...right.source, ...wrong } }, failed)
  })

  const base64 = 'must be base64 in the standard alphabet, with padding'
  test.each([
    ['source', undefined, ['source'], 'is required'],
    ['source', null, ['source'], 'must be an object'],
    ['source', [], ['source'], 'must be an object'],
    ['destination', undefined, ['destination'], 'is required'],
    ['destination', 'x', ['destination'], 'must be an object'],
    ['source', { key: undefined }, ['source', 'key'], 'is required'],
    ['source', { key: 'x' }, ['source', 'key'], 'must be a UUID'],
    ['source', { key: 5 }, ['source', 'key'], 'must be a UUID'],
    ['source', { ciphertext: undefined }, ['source', 'ciphertext'], 'is required'],
    ['source', { ciphertext: 'a-b_' }, ['source', 'ciphertext'], base64],
    ['source', { 'encryption-context': 'x' }, ['source', 'encryption-context'], base64],
    ['destination', { key: undefined }, ['destination', 'key'], 'is required'],
    ['destination', { key: `${missing}0` }, ['destination', 'key'], 'must be a UUID'],
    ['destination', { 'encryption-context': 1 }, ['destination', 'encryption-context'], base64],
  ])('refuses %s %j', async (member, value, at, rule) => {
    const right: Record<string, object> = await body()
    const isPatch = typeof value === 'object' && value !== null && !Array.isArray(value)
    const wrong = { ...right, [member]: isPatch ? { ...right[member], ...value } : value }
    await expectRefused(server, `${from}/re-encrypt`, wrong, nested(at, rule))
  })

  test('requires the source key in the path', async () => {
    const detail = 'must be the key in the path'
    await expectRefused(server, `${to}/re-encrypt`, await body(), nested(['source', 'key'], detail))
  })

  test('requires both keys in the zone of the call', async () => {
    const elsewhere = idOf(await server.newKey(undefined, 'de-muc-1'))
    for (const key of [missing, elsewhere]) {
      const problem = { ...keyNotFound, detail: `there is no key ${key} in ch-gva-2` }
      await expectRefused(server, `${from}/re-encrypt`, await body({ destination: { key } }), problem)
      await expectRefused(server, `/v2/kms-key/${key}/re-encrypt`, await body({ source: { key } }), problem)
    }
  })

  test.each(['disable', 'schedule-deletion'])('requires both keys enabled, and is refused after %s', async (action) => {
    const stopped = await server.newKey()
    const sealed = await encrypt(stopped)
    await server.post(`${stopped}/${action}`, {})
    const key = idOf(stopped)
    const status = action === 'disable' ? 'disabled' : 'pending-deletion'
    const problem = {
      status: 400,
      slug: 'key-disabled',
      title: 'Key is Disabled',
      detail: `the key ${key} is ${status}`,
    }
    await expectRefused(server, `${from}/re-encrypt`, await body({ destination: { key } }), problem)
    await expectRefused(server, `${stopped}/re-encrypt`, await body({ source: { key, ...sealed } }), problem)
  })

  describe('a data key', () => {
    test.each([
      [{ 'key-spec': 'AES-256' }, 32],
      [{ 'bytes-count': 1 }, 1],
      [{ 'bytes-count': 1024 }, 1024],
    ])('made by %j has %i bytes and is opened by decryption', async (size, length) => {
      for (const context of [{}, { 'encryption-context': null }, { 'encryption-context': 'Y3R4' }]) {
        const { body: made } = await server.post(`${from}/generate-data-key`, { ...size, ...context })
        expect(Object.keys(made).sort()).toEqual(['ciphertext', 'plaintext'])
        expect(Buffer.from(String(made.plaintext), 'base64')).toHaveLength(length)
        const opened = await server.post(`${from}/decrypt`, { ciphertext: made.ciphertext, ...context })
        expect(opened.body).toEqual({ plaintext: made.plaintext, ...withAes(revision) })
        const other = { ciphertext: made.ciphertext, 'encryption-context': 'eA==' }
        await expectRefused(server, `${from}/decrypt`, other, failed)
      }
    })

    test('is different each time', async () => {
      const made = await Promise.all(
        Array.from({ length: 20 }, () => server.post(`${from}/generate-data-key`, { 'key-spec': 'AES-256' })),
      )
      expect(new Set(made.map(({ body }) => body.plaintext)).size).toBe(20)
    })

    const count = 'must be an integer from 1 to 1024'
    test.each([
      [{}, 'bytes-count', 'or key-spec is required'],
      [{ 'encryption-context': null }, 'bytes-count', 'or key-spec is required'],
      [{ 'key-spec': 'AES-256', 'bytes-count': 32 }, 'bytes-count', "can't be given together with key-spec"],
      [{ 'key-spec': 'AES-128' }, 'key-spec', 'must be AES-256'],
      [{ 'key-spec': null, 'bytes-count': 32 }, 'key-spec', 'must be AES-256'],
      [{ 'bytes-count': 0 }, 'bytes-count', count],
      [{ 'bytes-count': 1025 }, 'bytes-count', count],
      [{ 'bytes-count': 1.5 }, 'bytes-count', count],
      [{ 'bytes-count': '32' }, 'bytes-count', count],
      [{ 'bytes-count': null }, 'bytes-count', count],
      [{ 'bytes-count': 1, 'encryption-context': '#' }, 'encryption-context', base64],
    ])('is refused for %j', async (wrong, member, rule) => {
      await expectRefused(server, `${from}/generate-data-key`, wrong, badMember(member, rule))
    })
  })
})
