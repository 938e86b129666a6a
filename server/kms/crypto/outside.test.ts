/** What is signed and encrypted here is verified and decrypted outside, and vice versa. */
import {
  constants,
  createPublicKey,
  hash as digestOf,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { algorithmNamed } from '../../../src/clouds/algorithms.ts'
import { decryptRsa, encryptRsa } from './encryption.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { privateKeyIn } from './public-key.ts'
import { type SignatureScheme, signWith } from './signatures.ts'
import { opensslOaep, verifiers } from './testing/outside-verifiers.ts'

interface Case extends SignatureScheme {
  readonly name: string
  readonly prehashed: boolean
}

const hashed = (['sha256', 'sha384', 'sha512'] as const).flatMap((hash) =>
  ['rsa-3072', 'rsa-4096', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521'].flatMap((name) =>
    [false, true].map((prehashed): Case => ({ name, hash, prehashed, salt: 'digest' })),
  ),
)

const cases: readonly Case[] = [
  ...hashed,
  ...['ed25519', 'ml-dsa-65', 'ml-dsa-87'].map((name): Case => ({ name, hash: 'sha512', prehashed: false })),
  ...[false, true].map((prehashed): Case => ({ name: 'ed25519', hash: 'sha512', prehashed, ed25519ph: true })),
]

const keys = new Map<string, KeyObject>()
beforeAll(async () => {
  for (const name of new Set(cases.map((one) => one.name)))
    keys.set(name, privateKeyIn(await generateMaterial(knownAlgorithm(name))))
})

function keyNamed(name: string): KeyObject {
  const key = keys.get(name)
  if (!key) throw new Error(`no key ${name}`)
  return key
}

const message = Buffer.from('what was agreed')

const asked = cases.flatMap((one) =>
  verifiers
    .filter((verifier) => verifier.offers({ ...one, family: knownAlgorithm(one.name).family }))
    .map((verifier) => ({ ...one, verifier: verifier.name, verify: verifier.verify })),
)

describe('a signature made here', () => {
  it.each(asked)('$name, $hash, digest: $prehashed, is verified by $verifier', async ({ verify, ...one }) => {
    const { name, prehashed, ed25519ph = false } = one
    const key = keyNamed(name)
    const input = prehashed ? digestOf(one.hash, message, 'buffer') : message
    const signature = await signWith(knownAlgorithm(name), key, { ...one, input })
    const scheme = { family: knownAlgorithm(name).family, hash: one.hash, ed25519ph }
    const verified = (text: string) => verify(scheme, createPublicKey(key), Buffer.from(text), signature)
    expect(verified('what was agreed')).toBe(true)
    expect(verified('what was not')).toBe(false)
  })

  it('is verified by at least one tool for each scheme', () => {
    const without = ({ verifier: _, verify: __, ...one }: (typeof asked)[number]): Case => one
    expect(new Set(asked.map((one) => JSON.stringify(without(one))))).toEqual(
      new Set(cases.map((one) => JSON.stringify(one))),
    )
  })
})

/** Node's own OAEP with each parameter named, where OpenSSL's command is not installed. */
const nodeOaep: NonNullable<typeof opensslOaep> = {
  encrypt: (key, plaintext) =>
    publicEncrypt(
      { key: createPublicKey(key), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      plaintext,
    ),
  decrypt: (key, ciphertext) =>
    privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, ciphertext),
}

describe.each(['rsa-3072', 'rsa-4096'])('RSA-OAEP, %s', (name) => {
  const { encrypt, decrypt } = opensslOaep ?? nodeOaep
  const longest = algorithmNamed(name)?.maxPlaintext ?? 0

  it.each([0, 1, 32, longest])('%i bytes are decrypted by the other side, in both directions', (size) => {
    const key = keyNamed(name)
    const plaintext = Buffer.alloc(size, 0x5a)
    expect(decrypt(key, encryptRsa(key, plaintext))).toEqual(plaintext)
    expect(decryptRsa(key, encrypt(key, plaintext))).toEqual(plaintext)
  })
})
