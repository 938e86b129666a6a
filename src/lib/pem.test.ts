import { describe, expect, test } from 'vitest'
import { toBase64, toHex } from './encodings.ts'
import { fingerprintOf, fromPem, readPublicKey, toPem } from './pem.ts'

/** RFC 8410, section 10.1: the example of an Ed25519 public key. */
const rfc8410 = [
  '-----BEGIN PUBLIC KEY-----',
  'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  '-----END PUBLIC KEY-----',
  '',
].join('\n')
const rfc8410Raw = 'Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='

const exported = async (algorithm: EcKeyGenParams | RsaHashedKeyGenParams) => {
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  return new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
}

describe('public keys', () => {
  test('32 raw bytes become the PEM of RFC 8410', () => {
    expect(readPublicKey(rfc8410Raw)).toMatchObject({ pem: rfc8410, raw: rfc8410Raw })
  })

  test('PEM stays what it is, with or without the last line feed and with any line ends', () => {
    for (const text of [rfc8410, rfc8410.trimEnd(), rfc8410.replaceAll('\n', '\r\n')]) {
      expect(readPublicKey(text)?.pem).toBe(rfc8410)
      expect(readPublicKey(text)).not.toHaveProperty('raw')
    }
  })

  test('keys of WebCrypto survive the way there and back, and are imported again', async () => {
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-384' }
    const der = await exported(ecdsa)
    const pem = toPem(der)
    expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true)
    const read = readPublicKey(pem)
    expect([...(read?.der ?? [])]).toEqual([...der])
    await expect(
      crypto.subtle.importKey('spki', read?.der ?? new Uint8Array(), ecdsa, true, ['verify']),
    ).resolves.toBeDefined()
  })

  test('an Ed25519 key of raw bytes is imported by WebCrypto', async () => {
    const read = readPublicKey(rfc8410Raw)
    const key = await crypto.subtle.importKey('spki', read?.der ?? new Uint8Array(), 'Ed25519', true, ['verify'])
    expect(toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', key)))).toBe(rfc8410Raw)
  })

  test.each([
    '',
    'not a key',
    'AAAA',
    toBase64(new Uint8Array(33)),
    '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMCow!\n-----END PUBLIC KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PRIVATE KEY-----',
    '-----BEGIN CERTIFICATE-----\nMCow\n-----END CERTIFICATE-----',
  ])('%j is none', (text) => {
    expect(readPublicKey(text)).toBeUndefined()
    expect(fromPem(text)).toBeUndefined()
  })

  test('the fingerprint is SHA-256 of the DER', async () => {
    const bytes = new TextEncoder().encode('abc')
    // FIPS 180-2, appendix B.1.
    expect(toHex(await fingerprintOf(bytes))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
