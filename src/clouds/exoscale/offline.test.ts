import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { utf8 } from '../../lib/encodings.ts'
import type { OfflineInput } from '../cloud.ts'
import type { KmsKey } from '../model.ts'
import { keyWith } from '../testing/key.ts'
import type { KeySpec, SigningAlgorithmName } from './key-specs.ts'
import { verifyOffline } from './offline.ts'

const keyOf = (type: string): KmsKey => keyWith({ cloud: 'exoscale', location: 'ch-gva-2', type, can: ['sign'] })

const message = utf8('what was agreed')

const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const ed25519 = generateKeyPairSync('ed25519')
const mlDsa = generateKeyPairSync('ml-dsa-65')

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const publicKeysOf = ({ publicKey }: Pair) => new Map([[1, String(publicKey.export({ type: 'spki', format: 'pem' }))]])

const pss = (hash: string, salt: number) =>
  sign(hash, message, {
    key: rsa.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: salt,
  }).toString('base64')

const plain = (pair: Pair, hash: string | null = null) => sign(hash, message, pair.privateKey).toString('base64')

it.each<[KeySpec, SigningAlgorithmName, Pair, string, string]>([
  ['RSA_3072', 'RSASSA_PSS_SHA_256', rsa, pss('sha256', 32), 'RSA-PSS'],
  ['RSA_3072', 'RSASSA_PSS_SHA_512', rsa, pss('sha512', 64), 'RSA-PSS'],
  ['ECC_NIST_P384', 'ECDSA_SHA_256', p384, plain(p384, 'sha256'), 'ECDSA on P-384'],
  ['ECC_EDWARDS25519', 'EDDSA_ED25519', ed25519, plain(ed25519), 'Ed25519'],
  ['ML_DSA_65', 'ML_DSA_SHAKE_256', mlDsa, plain(mlDsa), 'ML-DSA-65'],
])('a signature of %s with %s is verified', async (type, hash, pair, signature, scheme) => {
  const check = (change: Partial<OfflineInput> = {}) =>
    verifyOffline(keyOf(type), publicKeysOf(pair), { message, signature, hash, ...change })
  expect(await check()).toEqual({ valid: true, scheme, keyVersion: 1 })
  expect(await check({ message: utf8('another') })).toEqual({ valid: false, keyVersion: 1 })
  expect(await check({ signature: `AAAA${signature.slice(4)}` })).not.toHaveProperty('valid', true)
})

it('the first algorithm of the type stands for one that is left out', async () => {
  const input = { message, signature: plain(p384, 'sha384') }
  expect(await verifyOffline(keyOf('ECC_NIST_P384'), publicKeysOf(p384), input)).toMatchObject({ valid: true })
})

it('another salt than the digest’s length and another padding do not match', async () => {
  const check = (signature: string) =>
    verifyOffline(keyOf('RSA_3072'), publicKeysOf(rsa), { message, signature, hash: 'RSASSA_PSS_SHA_256' })
  expect(await check(pss('sha256', 20))).toEqual({ valid: false, keyVersion: 1 })
  expect(await check(plain(rsa, 'sha256'))).toEqual({ valid: false, keyVersion: 1 })
})

it('what Web Cryptography can’t check is said, with the way out', async () => {
  const digest = new Uint8Array(createHash('sha384').update(message).digest())
  const signature = plain(p384, 'sha384')
  const ofDigest = { message: digest, signature, prehashed: true }
  expect(await verifyOffline(keyOf('ECC_NIST_P384'), publicKeysOf(p384), ofDigest)).toHaveProperty(
    'unsupported',
    expect.stringContaining('not of digests'),
  )
  const ofPh = { message, signature: plain(ed25519), hash: 'ED25519_PH_SHA_512' }
  expect(await verifyOffline(keyOf('ECC_EDWARDS25519'), publicKeysOf(ed25519), ofPh)).toHaveProperty(
    'unsupported',
    expect.stringContaining('Ed25519ph'),
  )
  expect(await verifyOffline(keyOf('SLH_DSA_128S'), new Map(), ofPh)).toHaveProperty('unsupported')
})

it('a signature that is no base64 is malformed, and a missing or foreign public key is an error', async () => {
  const key = keyOf('RSA_3072')
  const signature = pss('sha256', 32)
  expect(await verifyOffline(key, publicKeysOf(rsa), { message, signature: 'A-_=' })).toHaveProperty('malformed')
  await expect(verifyOffline(key, new Map(), { message, signature })).rejects.toThrow('public key')
  await expect(verifyOffline(key, publicKeysOf(p384), { message, signature })).rejects.toThrow('public key')
})
