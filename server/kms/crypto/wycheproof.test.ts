import { createPrivateKey, createPublicKey, hash as digestOf } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptRsa, UndecryptableError } from './encryption.ts'
import { knownAlgorithm } from './material.ts'
import { privateKeyIn } from './public-key.ts'
import { MalformedSignatureError, signWith, type VerifyInput, verifyWith } from './signatures.ts'
import { ecdsa } from './testing/wycheproof/ecdsa.ts'
import { ed25519 } from './testing/wycheproof/ed25519.ts'
import { mlDsa } from './testing/wycheproof/ml-dsa.ts'
import { mlDsaSeeds } from './testing/wycheproof/ml-dsa-seeds.ts'
import { oaep } from './testing/wycheproof/oaep.ts'
import { pss } from './testing/wycheproof/pss.ts'
import type { SignatureVectors } from './testing/wycheproof/vectors.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

const publicKeyIn = ({ publicKey }: Pick<SignatureVectors, 'publicKey'>) =>
  createPublicKey({ key: hex(publicKey), format: 'der', type: 'spki' })

/** Vectors with another verdict than the published one. */
async function disagreements(
  group: SignatureVectors,
  inputOf: (message: Buffer) => Pick<VerifyInput, 'message' | 'prehashed' | 'salt'>,
) {
  const found = []
  for (const { id, what, message, signature, isValid } of group.tests) {
    const input = { ...inputOf(hex(message)), hash: group.hash }
    const verdict = await verifyWith(knownAlgorithm(group.algorithm), publicKeyIn(group), input, hex(signature)).catch(
      (error: unknown) => (error instanceof MalformedSignatureError ? false : error),
    )
    if (verdict !== isValid) found.push({ id, what, verdict })
  }
  return found
}

describe.each([...pss, ...ecdsa])('$source, $algorithm', (group) => {
  const salt = group.algorithm.startsWith('rsa') ? ({ salt: 'digest' } as const) : {}

  it('verifies messages with the published verdicts', async () => {
    expect(await disagreements(group, (message) => ({ message, ...salt }))).toEqual([])
  })

  it('verifies digests with the same verdicts', async () => {
    const prehashed = (message: Buffer) => ({
      message: digestOf(group.hash, message, 'buffer'),
      prehashed: true,
      ...salt,
    })
    expect(await disagreements(group, prehashed)).toEqual([])
  })
})

it.each([...ed25519, ...mlDsa])('$source: messages have the published verdicts', async (group) => {
  expect(await disagreements(group, (message) => ({ message }))).toEqual([])
})

it('each group has valid and invalid signatures over all', () => {
  for (const groups of [pss, ecdsa, ed25519, mlDsa])
    expect(new Set(groups.flatMap(({ tests }) => tests.map(({ isValid }) => isValid)))).toEqual(new Set([true, false]))
})

it.each(pss)('$source, $algorithm: a salt of another length is valid only where any is asked for', async (group) => {
  const others = group.tests.filter(({ what }) => what.startsWith('s_len changed'))
  expect(others.length).toBeGreaterThan(0)
  const any = others.map((test) => ({ ...test, isValid: true }))
  for (const prehashed of [false, true]) {
    const input = (message: Buffer) =>
      prehashed ? { message: digestOf(group.hash, message, 'buffer'), prehashed } : { message }
    expect(await disagreements({ ...group, tests: any }, input)).toEqual([])
  }
})

it.each(pss)('$source, $algorithm: a signature is none with another hash', async (group) => {
  const valid = group.tests.filter(({ isValid }) => isValid).map((test) => ({ ...test, isValid: false }))
  for (const hash of ['sha256', 'sha384', 'sha512'] as const)
    if (hash !== group.hash)
      expect(await disagreements({ ...group, hash, tests: valid }, (message) => ({ message }))).toEqual([])
})

describe.each(oaep)('$source', ({ privateKey, tests }) => {
  const key = createPrivateKey({ key: hex(privateKey), format: 'der', type: 'pkcs8' })

  it.each(tests)('$id: $what', ({ ciphertext, plaintext }) => {
    if (plaintext === undefined) expect(() => decryptRsa(key, hex(ciphertext))).toThrow(UndecryptableError)
    else expect(decryptRsa(key, hex(ciphertext)).toString('hex')).toBe(plaintext)
  })
})

// Signatures made here are hedged, as OpenSSL makes them: only key and verdict can be compared with deterministic vectors.
describe.each(mlDsaSeeds)('$source', ({ algorithm: name, privateKey, message, signature, ...group }) => {
  const algorithm = knownAlgorithm(name)
  const key = privateKeyIn(hex(privateKey))

  it('gives the published public key, which verifies the published signature and those made here', async () => {
    const publicKey = createPublicKey(key)
    expect(publicKey.export({ format: 'der', type: 'spki' }).toString('hex')).toBe(group.publicKey)
    const input = { message: hex(message), hash: 'sha512' } as const
    const made = await signWith(algorithm, key, { input: input.message, hash: 'sha512', prehashed: false })
    for (const one of [made, hex(signature)])
      expect(await verifyWith(algorithm, publicKeyIn(group), input, one)).toBe(true)
    expect(made).toHaveLength(signature.length / 2)
    expect(made.toString('hex')).not.toBe(signature)
  })
})
