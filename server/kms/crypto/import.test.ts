import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importMaterialSync } from './import.ts'
import { knownAlgorithm } from './material.ts'
import { UnfitMaterialError } from './pkcs8.ts'
import { curvePkcs8 } from './testing/der.ts'

const der = { format: 'der', type: 'pkcs8' } as const
const load = (name: string, material: Uint8Array) => importMaterialSync(knownAlgorithm(name), material)
const bytesOf = (member: string | undefined) => Buffer.from(member ?? '', 'base64url')

const curves = [
  ['ecdsa-p256', 'P-256', '2a8648ce3d030107'],
  ['ecdsa-p384', 'P-384', '2b81040022'],
  ['ecdsa-p521', 'P-521', '2b81040023'],
] as const

/** NIST SP 800-186, section 3.2.1. */
const orders = {
  'ecdsa-p256': 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  'ecdsa-p384': 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  'ecdsa-p521':
    '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
}

describe('imported material', () => {
  it.each(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305'])('of %s must have the length of the key', (name) => {
    const right = knownAlgorithm(name).bits / 8
    const material = randomBytes(right)
    expect(load(name, material)).toEqual(material)
    for (const length of [0, 1, 15, 17, 31, 33, 64, 48 - right])
      expect(() => load(name, randomBytes(length))).toThrow(`hold ${right} bytes for ${name}`)
  })

  it.each(curves)('of %s may omit the public key, which is then added', (name, namedCurve, curve) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    const whole = privateKey.export(der)
    expect(load(name, whole)).toEqual(whole)
    const bare = curvePkcs8(curve, bytesOf(privateKey.export({ format: 'jwk' }).d))
    expect(bare.length).toBeLessThan(whole.length)
    expect(load(name, bare)).toEqual(whole)
  })

  it.each(curves)('of %s must contain the matching public key', (name, namedCurve) => {
    const [one, two] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve }).privateKey.export(der))
    const half = knownAlgorithm(name).bits / 4
    const mixed = Buffer.concat([one?.subarray(0, -half) ?? [], two?.subarray(-half) ?? []].map(Buffer.from))
    expect(() => load(name, mixed)).toThrow(UnfitMaterialError)
  })

  it.each(curves)('of %s must be below the order of the curve', (name, namedCurve, curve) => {
    const good = generateKeyPairSync('ec', { namedCurve }).privateKey.export(der)
    const order = Buffer.from(orders[name], 'hex')
    const above = Buffer.from(order)
    above[above.length - 1] = (above.at(-1) ?? 0) + 1
    for (const number of [Buffer.alloc(order.length), order, above, Buffer.alloc(order.length, 0xff)]) {
      expect(() => load(name, curvePkcs8(curve, number))).toThrow(UnfitMaterialError)
      expect(load(name, good)).toEqual(good)
    }
  })

  it('of ed25519 may include the public key (RFC 8410)', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const { d, x } = privateKey.export({ format: 'jwk' })
    const both = Buffer.concat([
      Buffer.from('3051020101300506032b657004220420', 'hex'),
      bytesOf(d),
      Buffer.from('812100', 'hex'),
      bytesOf(x),
    ])
    expect(load('ed25519', both)).toEqual(privateKey.export(der))
  })

  it('of rsa-2048 must be a consistent key', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const whole = privateKey.export(der)
    expect(load('rsa-2048', whole)).toEqual(whole)
    const jwk = privateKey.export({ format: 'jwk' })
    const { n = '', e = '', d = '', p = '', q = '', dp = '', dq = '', qi = '' } = jwk
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
    const members = { kty: 'RSA', n, e, d, p, q, dp, dq, qi }
    for (const mixed of [{ e: 'AAAB' }, { e: 'Aw' }, { d: other.d ?? '', dp: other.dp ?? '', dq: other.dq ?? '' }]) {
      const key = createPrivateKey({ key: { ...members, ...mixed }, format: 'jwk' })
      expect(() => load('rsa-2048', key.export(der))).toThrow(UnfitMaterialError)
      expect(load('rsa-2048', whole)).toEqual(whole)
    }
  })

  it('is refused for HMAC types', () => {
    expect(() => load('hmac-sha256', randomBytes(32))).toThrow(UnfitMaterialError)
  })
})

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey

describe('material of another type', () => {
  it.each([
    ['rsa-3072', () => rsa(2048)],
    ['rsa-2048', () => rsa(3072)],
    ['rsa-2048', () => rsa(2047)],
    ['rsa-2048', () => ec('P-256')],
    ['rsa-2048', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey],
    ['ecdsa-p256', () => ec('P-384')],
    ['ecdsa-p256', () => ec('secp256k1')],
    ['ecdsa-p384', () => ec('P-521')],
    ['ecdsa-p521', () => ec('P-256')],
    ['ecdsa-p256', () => generateKeyPairSync('ed25519').privateKey],
    ['ed25519', () => generateKeyPairSync('x25519').privateKey],
    ['ed25519', () => generateKeyPairSync('ed448').privateKey],
    ['ed25519', () => ec('P-256')],
  ])('is not taken for %s (%#)', (name, make) => {
    expect(() => load(name, make().export(der))).toThrow(`hold a private key of type ${name}`)
  })

  it.each([
    ['nothing', () => Buffer.alloc(0)],
    ['random bytes', () => randomBytes(138)],
    ['PEM', () => Buffer.from(ec('P-256').export({ format: 'pem', type: 'pkcs8' }).toString())],
    ['SEC 1', () => ec('P-256').export({ format: 'der', type: 'sec1' })],
    ['a public key', () => createPublicKey(ec('P-256')).export({ format: 'der', type: 'spki' })],
    ['encrypted PKCS#8', () => ec('P-256').export({ ...der, cipher: 'aes-256-cbc', passphrase: 'secret' })],
    ['a key that is cut', () => ec('P-256').export(der).subarray(0, 100)],
  ])('must be PKCS#8 in DER, not %s', (_name, make) => {
    expect(() => load('ecdsa-p256', make())).toThrow('hold an unencrypted PKCS#8 private key in DER')
  })
})
