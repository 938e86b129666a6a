import { createHash, createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type KeySpec,
  keySpecNames,
  type SigningAlgorithm,
  type SigningAlgorithmName,
  signingAlgorithms,
  signingAlgorithmsOf,
} from '../../../src/clouds/exoscale/key-specs.ts'
import { PublicKeyAnswer, SignAnswer, VerifyAnswer } from '../../../src/clouds/exoscale/wire.ts'
import {
  answered,
  badMember,
  type ExpectedProblem,
  expectProblem,
  keyNotFound,
  olderRevisions,
} from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64')
const idOf = (path: string) => path.split('/').at(-1) ?? ''
const message = base64('what was agreed')
const other = base64('what was not agreed')

const problem = (slug: string, title: string, detail?: string): ExpectedProblem => ({
  status: 400,
  slug,
  title,
  ...(detail === undefined ? {} : { detail }),
})
const invalidSignature = problem('invalid-signature', 'Invalid Signature')
const invalidUsage = problem('invalid-usage', 'Invalid Usage')
const disabled = problem('key-disabled', 'Key is Disabled')
const invalidArgument = (detail: string) => problem('invalid-argument', 'Invalid Argument', detail)

/** One of the two RSA specifications: the other one differs in its length only, and takes seconds to make. */
const signingSpecs = keySpecNames.filter((spec) => signingAlgorithmsOf(spec).length > 0 && spec !== 'RSA_4096')

const schemes = signingSpecs.flatMap((spec) => signingAlgorithmsOf(spec).map((algorithm) => [spec, algorithm] as const))
const hashing = schemes.filter(([, algorithm]) => 'digest' in signingAlgorithms[algorithm])
const pure = schemes.filter(([, algorithm]) => !('digest' in signingAlgorithms[algorithm]))

const schemeOf = (algorithm: SigningAlgorithmName): SigningAlgorithm => signingAlgorithms[algorithm]

function digestOf(algorithm: SigningAlgorithmName): string {
  const { hash = 'sha512' } = schemeOf(algorithm)
  return base64(createHash(hash).update(Buffer.from(message, 'base64')).digest())
}

let server: TestServer
const keys = new Map<KeySpec, string>()
let symmetric: string
let encrypting: string
beforeAll(async () => {
  server = await openTestServer({ revision: '2026-11' })
  for (const spec of signingSpecs) keys.set(spec, await server.newKeyOf({ usage: 'sign-verify', 'key-spec': spec }))
  symmetric = await server.newKey()
  encrypting = await server.newKeyOf({ 'key-spec': 'RSA_3072' })
})
afterAll(() => server.close())

const keyOf = (spec: KeySpec) => keys.get(spec) ?? ''
const p256 = () => keyOf('ECC_NIST_P256')
const ecdsa = { message, 'signing-algorithm': 'ECDSA_SHA_256' }

async function signatureOf(path: string, body: object): Promise<string> {
  return answered(await server.post(`${path}/sign`, body), 200, SignAnswer).signature
}

async function expectRefused(path: string, body: object | undefined, expected: ExpectedProblem): Promise<void> {
  expectProblem(await server.post(path, body), expected, '2026-11', path)
}

describe('a signature', () => {
  test.each(schemes)('%s with %s: verifies for its message, and for no other', async (spec, algorithm) => {
    const path = keyOf(spec)
    const asked = { 'signing-algorithm': algorithm }
    const made = answered(await server.post(`${path}/sign`, { message, ...asked }), 200, SignAnswer)
    expect(made).toEqual({ signature: expect.any(String), 'key-spec': spec, 'signing-algorithm': algorithm })
    const { signature } = made
    const reply = await server.post(`${path}/verify`, { message, signature, ...asked })
    expect(answered(reply, 200, VerifyAnswer)).toEqual({
      'signature-valid': true,
      'key-id': idOf(path),
      'key-spec': spec,
    })
    await expectRefused(`${path}/verify`, { message: other, signature, ...asked }, invalidSignature)
  })

  test.each(hashing)('%s with %s: is the same for a digest and for its message', async (spec, algorithm) => {
    const path = keyOf(spec)
    const raw = { message, 'message-type': 'raw', 'signing-algorithm': algorithm }
    const digest = { message: digestOf(algorithm), 'message-type': 'digest', 'signing-algorithm': algorithm }
    for (const [signs, verifies] of [
      [raw, digest],
      [digest, raw],
      [digest, digest],
    ] as const) {
      const signature = await signatureOf(path, signs)
      expect((await server.post(`${path}/verify`, { ...verifies, signature })).status).toBe(200)
    }
  })

  test.each([
    ['ECC_EDWARDS25519', 'EDDSA_ED25519', 64],
    ['ECC_EDWARDS25519', 'ED25519_PH_SHA_512', 64],
    ['RSA_3072', 'RSASSA_PSS_SHA_256', 384],
    ['ML_DSA_65', 'ML_DSA_SHAKE_256', 3309],
    ['ML_DSA_87', 'ML_DSA_SHAKE_256', 4627],
  ] as const)('%s with %s has %i bytes', async (spec, algorithm, length) => {
    const signature = await signatureOf(keyOf(spec), { message, 'signing-algorithm': algorithm })
    expect(Buffer.from(signature, 'base64')).toHaveLength(length)
  })

  test.each([1, 4096])('a message of %i bytes is signed', async (size) => {
    const body = { ...ecdsa, message: base64(Buffer.alloc(size)) }
    const signature = await signatureOf(p256(), body)
    expect((await server.post(`${p256()}/verify`, { ...body, signature })).status).toBe(200)
  })

  test('pure Ed25519 and Ed25519ph are different schemes', async () => {
    const path = keyOf('ECC_EDWARDS25519')
    const signature = await signatureOf(path, { message, 'signing-algorithm': 'EDDSA_ED25519' })
    const asked = { message, signature, 'signing-algorithm': 'ED25519_PH_SHA_512' }
    await expectRefused(`${path}/verify`, asked, invalidSignature)
  })
})

describe('a signature that does not hold is refused as Invalid Signature', () => {
  const changes: ReadonlyArray<readonly [what: string, change: (bytes: Buffer) => Uint8Array]> = [
    ['a changed bit', (bytes) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)],
    ['a byte less', (bytes) => bytes.subarray(0, -1)],
    ['a byte more', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['the largest number', (bytes) => Buffer.alloc(bytes.length, 0xff)],
    ['one byte', () => Buffer.of(0x30)],
    ['the longest signature', () => Buffer.alloc(6144, 0x30)],
  ]
  const cases = schemes.flatMap(([spec, algorithm]) =>
    changes.map(([what, change]) => [spec, algorithm, what, change] as const),
  )

  test.each(cases)('%s with %s: %s', async (spec, algorithm, _, change) => {
    const asked = { message, 'signing-algorithm': algorithm }
    const made = Buffer.from(await signatureOf(keyOf(spec), asked), 'base64')
    await expectRefused(`${keyOf(spec)}/verify`, { ...asked, signature: base64(change(made)) }, invalidSignature)
  })

  test('of another key', async () => {
    const signature = await signatureOf(
      await server.newKeyOf({ usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' }),
      ecdsa,
    )
    await expectRefused(`${p256()}/verify`, { ...ecdsa, signature }, invalidSignature)
  })

  test('of another hash', async () => {
    const path = keyOf('RSA_3072')
    const signature = await signatureOf(path, { message, 'signing-algorithm': 'RSASSA_PSS_SHA_256' })
    const asked = { message, signature, 'signing-algorithm': 'RSASSA_PSS_SHA_384' }
    await expectRefused(`${path}/verify`, asked, invalidSignature)
  })
})

describe.each(['sign', 'verify'])('%s refuses', (operation) => {
  const send = (path: string, body: object, expected: ExpectedProblem) => {
    const signed = operation === 'verify' ? { signature: 'MAA=' } : {}
    return expectRefused(`${path}/${operation}`, { ...signed, ...body }, expected)
  }

  test.each(signingSpecs)('an algorithm of another family with a key %s', async (spec) => {
    const fitting = signingAlgorithmsOf(spec)
    const wrong = schemes.map(([, algorithm]) => algorithm).filter((algorithm) => !fitting.includes(algorithm))
    const list = `${fitting.length > 1 ? 'one of ' : ''}${fitting.join(', ')}`
    for (const algorithm of new Set(wrong))
      await send(
        keyOf(spec),
        { message, 'signing-algorithm': algorithm },
        invalidArgument(`signing-algorithm must be ${list} for ${spec}`),
      )
  })

  test.each(hashing)('%s with %s: a digest of another length', async (spec, algorithm) => {
    const { digest = 0 } = schemeOf(algorithm)
    for (const size of [1, digest - 1, digest + 1, 4096])
      await send(
        keyOf(spec),
        { message: base64(Buffer.alloc(size)), 'message-type': 'digest', 'signing-algorithm': algorithm },
        invalidArgument(`message must be a digest of ${digest} bytes for ${algorithm}, it has ${size}`),
      )
  })

  test.each(pure)('%s with %s: a digest', async (spec, algorithm) => {
    const body = { message: base64(Buffer.alloc(64)), 'message-type': 'digest', 'signing-algorithm': algorithm }
    await send(keyOf(spec), body, invalidArgument(`message-type must be raw: ${algorithm} takes no digest`))
  })

  test.each([
    [{ message: '' }, 'message', 'must be at least 1 byte'],
    [{ message: base64(Buffer.alloc(4097)) }, 'message', 'must be at most 4096 bytes'],
    [{ message: 'a-b_' }, 'message', 'must be base64 in the standard alphabet, with padding'],
    [{ message: undefined }, 'message', 'is required'],
    [{ 'message-type': 'DIGEST' }, 'message-type', 'must be one of raw, digest'],
    [{ 'signing-algorithm': undefined }, 'signing-algorithm', 'is required'],
    [
      { 'signing-algorithm': 'RSASSA_PKCS1_V1_5_SHA_256' },
      'signing-algorithm',
      `must be one of ${Object.keys(signingAlgorithms).join(', ')}`,
    ],
  ])('%.50j', async (change, member, rule) => {
    await send(p256(), { ...ecdsa, ...change }, badMember(member, rule))
  })

  test('keys of another usage', async () => {
    const body = { message, 'signing-algorithm': 'RSASSA_PSS_SHA_256' }
    for (const path of [symmetric, encrypting]) await send(path, body, invalidUsage)
  })

  test('an unknown key', async () => {
    const id = '019eef1b-c320-7416-89a2-8f65eb889ad1'
    await send(`/v2/kms-key/${id}`, ecdsa, { ...keyNotFound, detail: `there is no key ${id} in ch-gva-2` })
  })
})

test.each([
  ['', 'must be at least 1 byte'],
  [base64(Buffer.alloc(6145)), 'must be at most 6144 bytes'],
  ['???', 'must be base64 in the standard alphabet, with padding'],
  [undefined, 'is required'],
])('verify refuses the signature %.10j', async (signature, rule) => {
  await expectRefused(`${p256()}/verify`, { ...ecdsa, signature }, badMember('signature', rule))
})

describe('a public key', () => {
  test.each([...signingSpecs, 'encrypting' as const])('of %s is SubjectPublicKeyInfo in DER', async (spec) => {
    const isEncrypting = spec === 'encrypting'
    const path = isEncrypting ? encrypting : keyOf(spec)
    const answer = answered(await server.get(`${path}/get-public-key`), 200, PublicKeyAnswer)
    expect(answer).toEqual({
      'key-id': idOf(path),
      'key-spec': isEncrypting ? 'RSA_3072' : spec,
      usage: isEncrypting ? 'encrypt-decrypt' : 'sign-verify',
      'public-key': expect.any(String),
    })
    const der = Buffer.from(answer['public-key'] ?? '', 'base64')
    expect(createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'der', type: 'spki' })).toEqual(
      der,
    )
  })

  test('of a symmetric key is refused', async () => {
    const target = `${symmetric}/get-public-key`
    expectProblem(await server.get(target), invalidUsage, '2026-11', target)
  })
})

describe.each([
  ['disable', 'enable'],
  ['schedule-deletion', 'cancel-deletion'],
])('after %s', (action, reverse) => {
  test('sign, verify and get-public-key are refused, before every other reason', async () => {
    for (const path of [p256(), encrypting, symmetric]) {
      await server.post(`${path}/${action}`, {})
      await expectRefused(`${path}/sign`, ecdsa, disabled)
      await expectRefused(`${path}/verify`, { ...ecdsa, signature: 'MAA=' }, disabled)
      const target = `${path}/get-public-key`
      expectProblem(await server.get(target), disabled, '2026-11', target)
      await server.post(`${path}/${reverse}`)
      await server.post(`${path}/enable`)
    }
    await signatureOf(p256(), ecdsa)
  })
})

test('the log has algorithm and kind of input, and neither message nor signature', async () => {
  const path = await server.newKeyOf({ usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' })
  const body = { ...ecdsa, message: digestOf('ECDSA_SHA_256'), 'message-type': 'digest' }
  const signature = await signatureOf(path, body)
  await server.post(`${path}/verify`, { ...body, signature })
  await expectRefused(`${path}/verify`, { ...body, message: base64(Buffer.alloc(32, 7)), signature }, invalidSignature)
  const { text } = await server.get('/v2/event')
  const all: ReadonlyArray<Record<string, unknown>> = JSON.parse(text)
  const mine = all.filter(({ 'path-params': at }) => JSON.stringify(at) === JSON.stringify({ id: idOf(path) }))
  const parameters = { 'message-type': 'digest', 'signing-algorithm': 'ECDSA_SHA_256' }
  expect(mine.map((event) => [event.handler, event.message, event['body-params']])).toEqual([
    ['verify', 'Invalid Signature', parameters],
    ['verify', 'success', parameters],
    ['sign', 'success', parameters],
  ])
  for (const secret of [body.message, signature]) expect(text).not.toContain(secret)
})

test.each(olderRevisions)('revision %s does not know the paths', async (revision) => {
  const older = await openTestServer({ revision })
  const path = await older.newKey()
  const replies = [
    await older.post(`${path}/sign`, ecdsa),
    await older.post(`${path}/verify`, { ...ecdsa, signature: 'MAA=' }),
    await older.get(`${path}/get-public-key`),
  ]
  expect(replies.map(({ status, body }) => [status, body])).toEqual(
    Array.from({ length: 3 }, () => [404, { message: 'Not Found' }]),
  )
  await older.close()
})

test('more signatures than may wait are refused with a time to wait, and do not stop other keys', async () => {
  const target = `${keyOf('RSA_3072')}/sign`
  const body = JSON.stringify({ message, 'signing-algorithm': 'RSASSA_PSS_SHA_512' })
  const authorization = await server.authorize({ method: 'POST', target, body })
  const headers = { authorization, 'content-type': 'application/json' }
  // Without the network, so that all of them wait at the same time.
  const all = Array.from({ length: 300 }, () =>
    server.fetch(new Request(server.base + target, { method: 'POST', headers, body })),
  )
  expect((await server.post(`${symmetric}/encrypt`, { plaintext: message })).status).toBe(200)
  const replies = await Promise.all(all)
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(100)
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(replies.length - refused.length)
  for (const reply of refused) {
    expect(reply.headers.get('retry-after')).toBe('1')
    expect(await reply.json()).toEqual({ message: 'too many operations of this API key are waiting; try again' })
  }
  expect((await server.post(target, body)).status).toBe(200)
})
