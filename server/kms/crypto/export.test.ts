import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { exportMaterial } from './export.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { privateKeyIn, publicKeyText } from './public-key.ts'

/** The seed 00…1f as PKCS#8 (RFC 8410). Expected values computed with Python's cryptography package. */
const COUNTING = Buffer.from(
  '302e020100300506032b657004220420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  'hex',
)

describe('ed25519', () => {
  const algorithm = knownAlgorithm('ed25519')

  it('has a public key of 32 bytes in base64', () => {
    expect(publicKeyText(algorithm, privateKeyIn(COUNTING))).toBe('A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=')
  })

  it('exports the seed followed by the public key', () => {
    expect(exportMaterial(algorithm, COUNTING)).toBe(
      'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8DoQe/884Qvh1w3RjnS8CZZ+TWMJulDV8d3IZkElUxuA==',
    )
  })
})

it.each([
  ['rsa-2048', 'RSA PRIVATE KEY', '\n'],
  ['ecdsa-p256', 'EC PRIVATE KEY', ''],
  ['ecdsa-p384', 'EC PRIVATE KEY', ''],
  ['ecdsa-p521', 'EC PRIVATE KEY', ''],
])('%s is PEM of a %s, and a public key beside it', async (name, label, end) => {
  const algorithm = knownAlgorithm(name)
  const material = await generateMaterial(algorithm)
  const lines = '([A-Za-z0-9+/=]{1,64}\\n)+'
  const exported = exportMaterial(algorithm, material)
  expect(exported).toMatch(new RegExp(`^-----BEGIN ${label}-----\\n${lines}-----END ${label}-----${end}$`))
  expect(createPrivateKey(exported).export({ format: 'der', type: 'pkcs8' })).toEqual(Buffer.from(material))

  const text = publicKeyText(algorithm, privateKeyIn(material))
  expect(text).toMatch(new RegExp(`^-----BEGIN PUBLIC KEY-----\\n${lines}-----END PUBLIC KEY-----${end}$`))
  expect(createPublicKey(text).equals(createPublicKey(createPrivateKey(exported)))).toBe(true)
})

it.each(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305', 'hmac', 'hmac-sha256', 'hmac-sha512'])(
  '%s is exported as base64 of the raw key',
  async (name) => {
    const material = await generateMaterial(knownAlgorithm(name))
    expect(exportMaterial(knownAlgorithm(name), material)).toBe(Buffer.from(material).toString('base64'))
  },
)
