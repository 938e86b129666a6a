/** The client of proxies against a real proxy that misbehaves. */
import { randomBytes } from 'node:crypto'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned } from '../../../testing/certificate.ts'
import { type LookUp, systemLookUp } from './addresses.ts'
import type { ProxyFailure } from './failure.ts'
import { createXksProxies, type ExternalUse, type ProxyTarget } from './proxy.ts'
import { type Behaviour, startXksProxy, type XksProxy } from './testing/xks-proxy.ts'

const proxies = createXksProxies({ allowPrivate: true, lookUp: systemLookUp, deadline: 1000 })
const targetOf = ({ endpoint, auth }: XksProxy): ProxyTarget => ({ endpoint, accessKey: auth.key, secret: auth.secret })
const use: ExternalUse = { externalKeyId: 'key-1', keyId: 'k', zone: 'ch-gva-2', operation: 'Encrypt' }
const associated = Buffer.from('associated')

let proxy: XksProxy
let target: ProxyTarget
beforeAll(async () => {
  proxy = await startXksProxy()
  target = targetOf(proxy)
})
afterEach(() => proxy.behave({ kind: 'works' }))
afterAll(() => proxy.close())

const failureOf = (call: Promise<unknown>): Promise<ProxyFailure> =>
  call.then(
    () => expect.unreachable(),
    (error: ProxyFailure) => error,
  )

test.each([0, 1, 4300])('%i bytes are encrypted and decrypted', async (length) => {
  const plaintext = randomBytes(length)
  const sealed = await proxies.encrypt(target, use, plaintext, associated)
  expect(await proxies.decrypt(target, use, sealed, associated)).toEqual(plaintext)
  const failure = await failureOf(proxies.decrypt(target, use, sealed, Buffer.from('other')))
  expect(failure.answered).toEqual({ 'error-name': 'InvalidCiphertextException' })
})

test('requests say what they are for, and name the key by its id only', async () => {
  await proxies.requireUsable(target, { externalKeyId: 'key-1', zone: 'ch-gva-2', operation: 'CreateKey' })
  expect(proxy.seen.at(-1)).toEqual({
    path: '/tenant/kms/xks/v1/keys/key-1/metadata',
    body: {
      requestMetadata: {
        awsPrincipalArn: 'arn:exoscale:iam:::service/kms',
        kmsOperation: 'CreateKey',
        kmsRequestId: expect.any(String),
      },
    },
  })
})

test.each(['keySpec', 'keyStatus', 'keyUsage'])('an external key with another %s is refused', async (member) => {
  const members = { keySpec: 'RSA_2048', keyStatus: 'DISABLED', keyUsage: ['ENCRYPT'] }
  proxy.behave({ kind: 'members', members: { [member]: members[member as keyof typeof members] } })
  expect((await failureOf(proxies.requireUsable(target, use))).message).toMatch(/^it must be AES_256, ENABLED/)
})

describe('answers that break the API', () => {
  const raw = (body: string, more: object = {}): Behaviour => ({ kind: 'raw', body, ...more })
  test.each<[string, Behaviour, RegExp]>([
    ['no JSON', raw('<html>'), /not application\/json/],
    ['no UTF-8', raw('"\u{d800}'), /not application\/json/],
    ['another type', raw('{}', { headers: { 'content-type': 'text/html' } }), /not application\/json/],
    ['no members', raw('{}'), /no valid xksProxyFleetSize/],
    ['a list', raw('[]'), /no valid content/],
    ['an error without a name', raw('{}', { status: 500 }), /status 500 and no error/],
    [
      'an error in HTML',
      raw('<h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
      /status 502 and no error/,
    ],
    ['another status', raw('{}', { status: 204 }), /status 204 and no error/],
    ['a long answer', raw(`"${'x'.repeat(70_000)}"`), /longer than 65536 bytes/],
    ['a compressed answer', raw('{}', { headers: { 'content-encoding': 'gzip' } }), /no valid/],
  ])('%s', async (_, behaviour, words) => {
    proxy.behave(behaviour)
    const failure = await failureOf(proxies.health(target, 'KmsHealthCheck'))
    expect(failure).toMatchObject({ reason: 'invalid-answer', message: expect.stringMatching(words) })
  })

  test.each([301, 302, 307, 308])('a redirect with %i is not followed', async (status) => {
    const other = await startXksProxy()
    const location = `${other.endpoint}/kms/xks/v1/health`
    proxy.behave({ kind: 'raw', status, headers: { location }, body: '{}' })
    expect(await failureOf(proxies.health(target, 'KmsHealthCheck'))).toMatchObject({
      reason: 'invalid-answer',
      message: `it answers with a redirect (${status}), which is not followed`,
    })
    expect(other.seen).toEqual([])
    await other.close()
  })

  const short = Buffer.alloc(11).toString('base64')
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no base64', { ciphertext: '%' }, /no valid ciphertext/],
    ['a short ciphertext', { ciphertext: '' }, /not as long as the plaintext/],
    ['a short vector', { initializationVector: short }, /no valid initializationVector/],
    ['a short tag', { authenticationTag: short }, /no valid authenticationTag/],
    ['long metadata', { ciphertextMetadata: Buffer.alloc(21).toString('base64') }, /no valid ciphertextMetadata/],
    ['changed metadata', { ciphertextMetadata: short }, /another integrity value/],
    ['no integrity value', { ciphertextDataIntegrityValue: undefined }, /no valid ciphertextDataIntegrityValue/],
  ])('encryption with %s', async (_, members, words) => {
    proxy.behave({ kind: 'members', members })
    const failure = await failureOf(proxies.encrypt(target, use, Buffer.from('text'), associated))
    expect(failure).toMatchObject({ reason: 'invalid-answer', message: expect.stringMatching(words) })
  })

  test('a plaintext of another length', async () => {
    const sealed = await proxies.encrypt(target, use, Buffer.from('text'), associated)
    proxy.behave({ kind: 'members', members: { plaintext: '' } })
    expect((await failureOf(proxies.decrypt(target, use, sealed, associated))).message).toMatch(/not as long/)
  })
})

test('key managers that are all unavailable make the proxy unhealthy; a degraded one does not', async () => {
  const detail = { id: 'hsm', model: 'Memory' }
  const answering = (...states: readonly string[]) =>
    proxy.behave({
      kind: 'members',
      members: { ekmFleetDetails: states.map((healthStatus) => ({ ...detail, healthStatus })) },
    })
  answering('UNAVAILABLE', 'DEGRADED')
  await proxies.health(target, 'KmsHealthCheck')
  answering('UNAVAILABLE', 'UNAVAILABLE')
  expect((await failureOf(proxies.health(target, 'KmsHealthCheck'))).reason).toBe('key-manager-unavailable')
})

describe('a proxy that can’t be reached', () => {
  test('silence ends at the deadline', async () => {
    proxy.behave({ kind: 'silent' })
    const hasty = createXksProxies({ allowPrivate: true, lookUp: systemLookUp, deadline: 50 })
    const failure = await failureOf(hasty.health(target, 'KmsHealthCheck'))
    expect(failure).toMatchObject({ reason: 'unreachable', message: 'it did not answer within 50 ms' })
  })

  test('no server listens', async () => {
    const gone = await startXksProxy()
    await gone.close()
    const failure = await failureOf(proxies.health(targetOf(gone), 'KmsHealthCheck'))
    expect(failure).toMatchObject({ reason: 'unreachable', message: "it can't be reached: ECONNREFUSED" })
  })

  test('its name has no address', async () => {
    const nowhere = { ...target, endpoint: 'https://nowhere.invalid' }
    expect((await failureOf(proxies.health(nowhere, 'KmsHealthCheck'))).reason).toBe('unreachable')
  })
})

describe('a name that is looked up again', () => {
  test('connects to the address that was checked, whatever else the name means', async () => {
    const names: string[] = []
    const lookUp: LookUp = async (name) => {
      names.push(name)
      return [{ address: '127.0.0.1', family: 4 }]
    }
    const named = createXksProxies({ allowPrivate: true, lookUp, deadline: 1000 })
    await named.health({ ...target, endpoint: target.endpoint.replace('127.0.0.1', 'xks.invalid') }, 'KmsHealthCheck')
    expect(names).toEqual(['xks.invalid'])
  })

  test('is refused when it has moved to a private address', async () => {
    const answers = ['192.0.3.1', '127.0.0.1']
    const lookUp: LookUp = async () => [{ address: answers.shift() ?? '', family: 4 }]
    const strict = createXksProxies({ allowPrivate: false, lookUp, deadline: 1000 })
    await strict.checkEndpoint('https://moving.example')
    const moved = { ...target, endpoint: 'https://moving.example' }
    expect(await failureOf(strict.health(moved, 'KmsHealthCheck'))).toMatchObject({ reason: 'endpoint' })
  })
})

test('over TLS, a certificate that Node does not trust is refused', async () => {
  const certificate = selfSigned('localhost')
  const secure = await startXksProxy({ tls: certificate })
  const failure = await failureOf(proxies.health(targetOf(secure), 'KmsHealthCheck'))
  expect(failure).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('SELF_SIGNED_CERT') })
  expect(secure.seen).toEqual([])
  const trusted = tls.getCACertificates('default')
  tls.setDefaultCACertificates([...trusted, certificate.cert])
  try {
    await proxies.health(targetOf(secure), 'KmsHealthCheck')
    expect(secure.seen).toHaveLength(1)
  } finally {
    tls.setDefaultCACertificates(trusted)
    await secure.close()
  }
})
