/** Signatures over a message and over its digest are the same thing. */
import { createPublicKey, hash as digestOf, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { privateKeyIn } from './public-key.ts'
import { MalformedSignatureError, type SignatureScheme, signWith, verifyWith } from './signatures.ts'
import { ed25519phVector } from './testing/signature-vectors.ts'

const hashes = ['sha256', 'sha384', 'sha512'] as const

const schemes: readonly (SignatureScheme & { readonly name: string })[] = [
  ...hashes.flatMap((hash) => [
    { name: 'rsa-3072', hash, salt: 'digest' } as const,
    { name: 'rsa-3072', hash, salt: 'longest' } as const,
    ...['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521'].map((name) => ({ name, hash })),
  ]),
  { name: 'ed25519', hash: 'sha512', ed25519ph: true },
]

const keys = new Map<string, KeyObject>()
beforeAll(async () => {
  for (const { name } of schemes)
    if (!keys.has(name)) keys.set(name, privateKeyIn(await generateMaterial(knownAlgorithm(name))))
})

/** What is done to a signature before it is verified. */
type Change = (signature: Buffer) => Buffer

const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array))

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((signature) => signature),
  fc.nat().map<Change>((bit) => (signature) => {
    const changed = Buffer.from(signature)
    const index = bit % (changed.length * 8)
    changed[index >> 3] = (changed[index >> 3] ?? 0) ^ (1 << (index & 7))
    return changed
  }),
  fc.nat().map<Change>((length) => (signature) => signature.subarray(0, length % signature.length)),
  bytes(8).map<Change>((more) => (signature) => Buffer.concat([signature, more])),
  fc.integer({ min: 0, max: 255 }).map<Change>((byte) => (signature) => Buffer.alloc(signature.length, byte)),
  bytes(600).map<Change>((other) => () => other),
)

describe.each(schemes)('$name, $hash, salt $salt', ({ name, ...scheme }) => {
  const algorithm = knownAlgorithm(name)

  it('message and digest give signatures that verify as the other, and any change has one verdict for both', async () => {
    const key = keys.get(name)
    if (!key) throw new Error('no key')
    const publicKey = createPublicKey(key)
    const inputs = (message: Buffer) => [
      { message, prehashed: false },
      { message: digestOf(scheme.hash, message, 'buffer'), prehashed: true },
    ]
    await fc.assert(
      fc.asyncProperty(bytes(100), fc.boolean(), changes, async (text, prehashed, change) => {
        const input = prehashed ? digestOf(scheme.hash, text, 'buffer') : text
        const signature = await signWith(algorithm, key, { ...scheme, input, prehashed })
        const verdicts = (given: Buffer) =>
          Promise.all(
            inputs(text).map((what) =>
              verifyWith(algorithm, publicKey, { ...scheme, ...what }, given).catch((error: unknown) =>
                error instanceof MalformedSignatureError ? 'malformed' : error,
              ),
            ),
          )
        expect(await verdicts(signature)).toEqual([true, true])
        const [ofMessage, ofDigest] = await verdicts(change(signature))
        expect(ofDigest).toBe(ofMessage)
        expect([true, false, 'malformed']).toContain(ofMessage)
      }),
      { numRuns: runs(100) },
    )
  })
})

describe('Ed25519ph', () => {
  const algorithm = knownAlgorithm('ed25519')
  const hex = (text: string) => Buffer.from(text, 'hex')
  const { secret, publicKey, signature } = ed25519phVector
  const message = hex(ed25519phVector.message)
  const digest = digestOf('sha512', message, 'buffer')
  const key = privateKeyIn(hex(`302e020100300506032b657004220420${secret}`))
  const info = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: hex(publicKey).toString('base64url') },
    format: 'jwk',
  })
  const scheme = { hash: 'sha512', ed25519ph: true } as const
  const both = [
    { input: message, prehashed: false },
    { input: digest, prehashed: true },
  ]

  it.each(both)('makes and verifies the published signature (RFC 8032), prehashed: $prehashed', async (what) => {
    const made = await signWith(algorithm, key, { ...scheme, ...what })
    expect(made.toString('hex')).toBe(signature)
    const { input, prehashed } = what
    expect(await verifyWith(algorithm, info, { ...scheme, message: input, prehashed }, made)).toBe(true)
  })

  it('is another scheme than Ed25519, of the message and of the digest', async () => {
    for (const { input } of both) {
      const pure = await signWith(algorithm, key, { hash: 'sha512', input, prehashed: false })
      expect(await verifyWith(algorithm, info, { hash: 'sha512', message: input }, hex(signature))).toBe(false)
      expect(await verifyWith(algorithm, info, { ...scheme, message: input }, pure)).toBe(false)
    }
  })

  it('refuses a digest of another length than 64 bytes', async () => {
    for (const size of [0, 32, 63, 65]) {
      const what = { ...scheme, prehashed: true }
      const input = Buffer.alloc(size)
      await expect(signWith(algorithm, key, { ...what, input })).rejects.toThrow(RangeError)
      await expect(verifyWith(algorithm, info, { ...what, message: input }, hex(signature))).rejects.toThrow(RangeError)
    }
  })
})
