import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DecryptAnswer, EncryptAnswer, ReEncryptAnswer } from '../../../src/clouds/exoscale/wire.ts'
import { answered, badMember, type ExpectedProblem, expectRefused } from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

const OAEP = 'RSAES_OAEP_SHA_256'
const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64')
const idOf = (path: string) => path.split('/').at(-1) ?? ''
const plaintext = base64('hello')

const invalidUsage: ExpectedProblem = { status: 400, slug: 'invalid-usage', title: 'Invalid Usage' }
const invalidAlgorithm = (detail: string): ExpectedProblem => ({
  status: 400,
  slug: 'invalid-algorithm',
  title: 'Invalid Algorithm',
  detail,
})
const failed: ExpectedProblem = { status: 400, slug: 'bad-request', title: 'Bad Request', detail: 'decryption failed' }
const badAt = (at: string, rule: string): ExpectedProblem => ({
  status: 400,
  slug: 'bad-request',
  title: 'Bad Request',
  detail: `${at} ${rule}`,
})

let server: TestServer
let small: string
let large: string
let other: string
let signing: string
let symmetric: string
beforeAll(async () => {
  server = await openTestServer({ revision: '2026-11' })
  symmetric = await server.newKey()
  ;[small, large, other, signing] = await Promise.all([
    server.newKeyOf({ 'key-spec': 'RSA_3072' }),
    server.newKeyOf({ 'key-spec': 'RSA_4096', usage: 'encrypt-decrypt' }),
    server.newKeyOf({ 'key-spec': 'RSA_3072' }),
    server.newKeyOf({ 'key-spec': 'RSA_3072', usage: 'sign-verify' }),
  ])
})
afterAll(() => server.close())

const rsa = { 'encryption-algorithm': OAEP }

async function encrypt(path: string, bytes: string, asked: object = rsa) {
  return answered(await server.post(`${path}/encrypt`, { plaintext: bytes, ...asked }), 200, EncryptAnswer)
}

async function decrypt(path: string, ciphertext: string, asked: object = rsa) {
  return answered(await server.post(`${path}/decrypt`, { ciphertext, ...asked }), 200, DecryptAnswer)
}

describe.each([
  ['RSA_3072', () => small, 384, 318],
  ['RSA_4096', () => large, 512, 446],
] as const)('%s', (spec, path, modulus, longest) => {
  test.each([0, 1, longest])('a plaintext of %i bytes is encrypted and decrypted', async (size) => {
    const bytes = base64(Buffer.alloc(size, 0xa5))
    const made = await encrypt(path(), bytes)
    expect(made).toEqual({ ciphertext: expect.any(String), 'encryption-algorithm': OAEP })
    expect(Buffer.from(made.ciphertext, 'base64')).toHaveLength(modulus)
    expect(await decrypt(path(), made.ciphertext)).toEqual({ plaintext: bytes, 'encryption-algorithm': OAEP })
  })

  test('a longer plaintext is refused', async () => {
    for (const size of [longest + 1, modulus, 65_536]) {
      const rule = `must hold at most ${longest} bytes of plaintext for ${spec}, it holds ${size}`
      const body = { plaintext: base64(Buffer.alloc(size)), ...rsa }
      await expectRefused(server, `${path()}/encrypt`, body, badMember('plaintext', rule))
    }
  })

  test('what a program encrypts with the public key is decrypted', async () => {
    const { body } = await server.get(`${path()}/get-public-key`)
    const key = createPublicKey({ key: Buffer.from(String(body['public-key']), 'base64'), format: 'der', type: 'spki' })
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
    const ciphertext = base64(publicEncrypt({ key, ...padding }, Buffer.from('hello')))
    expect(await decrypt(path(), ciphertext)).toMatchObject({ plaintext })
  })

  test.each(['wrong length', 'changed bit', 'largest number', 'another key’s', 'symmetric key’s'])(
    'a ciphertext that does not fit (%s) is refused with one message',
    async (what) => {
      const made = Buffer.from((await encrypt(path(), plaintext)).ciphertext, 'base64')
      const ciphertexts: Record<string, () => Promise<readonly Uint8Array[]>> = {
        'wrong length': async () =>
          [0, 1, modulus - 1, modulus + 1, 65_589].map((size) => Buffer.concat([made, Buffer.alloc(65_589)], size)),
        'changed bit': async () => [made.with(-1, (made.at(-1) ?? 0) ^ 1)],
        'largest number': async () => [Buffer.alloc(modulus, 0xff), Buffer.alloc(modulus)],
        'another key’s': async () => [Buffer.from((await encrypt(other, plaintext)).ciphertext, 'base64')],
        'symmetric key’s': async () => [Buffer.from((await encrypt(symmetric, plaintext, {})).ciphertext, 'base64')],
      }
      for (const ciphertext of (await ciphertexts[what]?.()) ?? [])
        await expectRefused(server, `${path()}/decrypt`, { ciphertext: base64(ciphertext), ...rsa }, failed)
    },
  )
})

describe('an algorithm that does not fit is refused by its member', () => {
  const must = (path: string, algorithm: string, spec: string) =>
    `must be ${algorithm} for the key ${idOf(path)}, which is ${spec}`

  test.each([{}, { 'encryption-algorithm': 'AES_256' }])('with an RSA key: %j', async (asked) => {
    const problem = invalidAlgorithm(`encryption-algorithm ${must(small, OAEP, 'RSA_3072')}`)
    await expectRefused(server, `${small}/encrypt`, { plaintext, ...asked }, problem)
    await expectRefused(server, `${small}/decrypt`, { ciphertext: plaintext, ...asked }, problem)
  })

  test('with a symmetric key', async () => {
    const problem = invalidAlgorithm(`encryption-algorithm ${must(symmetric, 'AES_256', 'AES_256')}`)
    await expectRefused(server, `${symmetric}/encrypt`, { plaintext, ...rsa }, problem)
    await expectRefused(server, `${symmetric}/decrypt`, { ciphertext: plaintext, ...rsa }, problem)
  })

  test('in both objects of a re-encryption', async () => {
    const { ciphertext } = await encrypt(symmetric, plaintext, {})
    const source = { key: idOf(symmetric), ciphertext }
    const target = `${symmetric}/re-encrypt`
    await expectRefused(
      server,
      target,
      { source: { ...source, ...rsa }, destination: { key: idOf(small), ...rsa } },
      invalidAlgorithm(`source.encryption-algorithm ${must(symmetric, 'AES_256', 'AES_256')}`),
    )
    for (const asked of [{}, { 'encryption-algorithm': 'AES_256' }])
      await expectRefused(
        server,
        target,
        { source, destination: { key: idOf(small), ...asked } },
        invalidAlgorithm(`destination.encryption-algorithm ${must(small, OAEP, 'RSA_3072')}`),
      )
  })

  test.each(['RSAES_OAEP_SHA_1', '', null, 256])('an unknown one: %j', async (algorithm) => {
    const problem = badMember('encryption-algorithm', `must be one of AES_256, ${OAEP}`)
    const body = { plaintext, 'encryption-algorithm': algorithm }
    for (const path of [small, symmetric]) await expectRefused(server, `${path}/encrypt`, body, problem)
  })
})

describe('an encryption context', () => {
  const given = { 'encryption-context': 'eA==' }
  const rule = "can't be given with an RSA key"

  test('is refused', async () => {
    const problem = badMember('encryption-context', rule)
    await expectRefused(server, `${small}/encrypt`, { plaintext, ...rsa, ...given }, problem)
    const { ciphertext } = await encrypt(small, plaintext)
    await expectRefused(server, `${small}/decrypt`, { ciphertext, ...rsa, ...given }, problem)
  })

  test('is refused by its object in a re-encryption', async () => {
    const { ciphertext } = await encrypt(small, plaintext)
    const source = { key: idOf(small), ciphertext, ...rsa }
    const target = `${small}/re-encrypt`
    const ofSource = { source: { ...source, ...given }, destination: { key: idOf(symmetric) } }
    await expectRefused(server, target, ofSource, badAt('source.encryption-context', rule))
    const ofDestination = { source, destination: { key: idOf(other), ...rsa, ...given } }
    await expectRefused(server, target, ofDestination, badAt('destination.encryption-context', rule))
  })

  test.each(['', null])('counts as absent if it is %j', async (context) => {
    const asked = { ...rsa, 'encryption-context': context }
    const { ciphertext } = await encrypt(small, plaintext, asked)
    expect(await decrypt(small, ciphertext, asked)).toMatchObject({ plaintext })
  })
})

describe('re-encryption', () => {
  const aes = { 'encryption-algorithm': 'AES_256' }

  test('moves a plaintext from a symmetric key to RSA keys and back', async () => {
    const context = { 'encryption-context': 'dGVuYW50PTQy' }
    let held = (await encrypt(symmetric, plaintext, context)).ciphertext
    const steps: ReadonlyArray<readonly [from: string, asked: object, to: string, asked: object]> = [
      [symmetric, context, small, rsa],
      [small, rsa, large, rsa],
      [large, rsa, large, rsa],
      [large, rsa, symmetric, { ...aes, ...context }],
    ]
    for (const [from, asked, to, askedThere] of steps) {
      const source = { key: idOf(from), ciphertext: held, ...asked }
      const destination = { key: idOf(to), ...askedThere }
      const moved = answered(await server.post(`${from}/re-encrypt`, { source, destination }), 200, ReEncryptAnswer)
      expect(moved).toEqual({
        ciphertext: expect.any(String),
        'source-encryption-algorithm': from === symmetric ? 'AES_256' : OAEP,
        'destination-encryption-algorithm': to === symmetric ? 'AES_256' : OAEP,
      })
      held = moved.ciphertext
    }
    expect(await decrypt(symmetric, held, context)).toMatchObject({ plaintext })
  })

  test('refuses what is too long for the destination, by the member that holds it', async () => {
    const { ciphertext } = await encrypt(symmetric, base64(Buffer.alloc(319)), {})
    const body = { source: { key: idOf(symmetric), ciphertext }, destination: { key: idOf(small), ...rsa } }
    const rule = 'must hold at most 318 bytes of plaintext for RSA_3072, it holds 319'
    await expectRefused(server, `${symmetric}/re-encrypt`, body, badAt('source.ciphertext', rule))
  })

  test('refuses a key that signs, on both sides', async () => {
    const { ciphertext } = await encrypt(symmetric, plaintext, {})
    const from = { source: { key: idOf(symmetric), ciphertext }, destination: { key: idOf(signing), ...rsa } }
    await expectRefused(server, `${symmetric}/re-encrypt`, from, invalidUsage)
    const to = { source: { key: idOf(signing), ciphertext, ...rsa }, destination: { key: idOf(symmetric) } }
    await expectRefused(server, `${signing}/re-encrypt`, to, invalidUsage)
  })
})

test('data keys need a symmetric key', async () => {
  for (const path of [small, signing])
    await expectRefused(server, `${path}/generate-data-key`, { 'key-spec': 'AES-256' }, invalidUsage)
})

test('a key that signs does not encrypt', async () => {
  await expectRefused(server, `${signing}/encrypt`, { plaintext, ...rsa }, invalidUsage)
  await expectRefused(server, `${signing}/decrypt`, { ciphertext: plaintext, ...rsa }, invalidUsage)
})

test.each(['disable', 'schedule-deletion'])('after %s a key is refused before every other reason', async (action) => {
  const disabled = { status: 400, slug: 'key-disabled', title: 'Key is Disabled' }
  await server.post(`${other}/${action}`, {})
  for (const asked of [rsa, {}, { ...rsa, 'encryption-context': 'eA==' }]) {
    await expectRefused(server, `${other}/encrypt`, { plaintext, ...asked }, disabled)
    await expectRefused(server, `${other}/decrypt`, { ciphertext: plaintext, ...asked }, disabled)
  }
  await server.post(`${other}/cancel-deletion`)
  await server.post(`${other}/enable`)
  await encrypt(other, plaintext)
})

test('the log has the algorithms, and neither plaintext nor ciphertext', async () => {
  const secret = base64('the secret of the log')
  const { ciphertext } = await encrypt(large, secret)
  await decrypt(large, ciphertext)
  const source = { key: idOf(large), ciphertext, ...rsa }
  await server.post(`${large}/re-encrypt`, { source, destination: { key: idOf(symmetric) } })
  const { text } = await server.get('/v2/event')
  const [moved, opened, sealed]: ReadonlyArray<Record<string, unknown>> = JSON.parse(text)
  expect([moved, opened, sealed].map((event) => event?.['body-params'])).toEqual([
    { 'source.key': idOf(large), 'source.encryption-algorithm': OAEP, 'destination.key': idOf(symmetric) },
    rsa,
    rsa,
  ])
  for (const content of [secret, ciphertext]) expect(text).not.toContain(content)
})
