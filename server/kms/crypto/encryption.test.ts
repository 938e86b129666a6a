import { createPublicKey, type KeyObject, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decryptRsa, encryptRsa, openAead, sealAead, UndecryptableError } from './encryption.ts'
import { generateMaterial, knownAlgorithm } from './material.ts'
import { privateKeyIn } from './public-key.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

/** Published test vectors. They are only decrypted, because encryption chooses its nonce itself. */
const vectors = [
  {
    source: 'McGrew and Viega, The Galois/Counter Mode of Operation, test case 4',
    name: 'aes128-gcm96',
    key: 'feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    associated: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ciphertext:
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
    tag: '5bc94fbc3221a5db94fae95ae7121a47',
  },
  {
    source: 'McGrew and Viega, The Galois/Counter Mode of Operation, test case 16',
    name: 'aes256-gcm96',
    key: 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308',
    nonce: 'cafebabefacedbaddecaf888',
    associated: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ciphertext:
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
  {
    source: 'RFC 8439, section 2.8.2',
    name: 'chacha20-poly1305',
    key: '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f',
    nonce: '070000004041424344454647',
    associated: '50515253c0c1c2c3c4c5c6c7',
    plaintext: Buffer.from(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    ).toString('hex'),
    ciphertext:
      'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116',
    tag: '1ae10b594f09e26a7e902ecbd0600691',
  },
]

describe.each(vectors)('$name', ({ name, key, nonce, associated, plaintext, ciphertext, tag }) => {
  const algorithm = knownAlgorithm(name)
  const sealed = hex(nonce + ciphertext + tag)

  it('decrypts the published vector', () => {
    expect(openAead(algorithm, hex(key), sealed, hex(associated)).toString('hex')).toBe(plaintext)
  })

  it('decrypts its own ciphertext, with the same associated data only', () => {
    const material = fc.uint8Array({ minLength: algorithm.bits / 8, maxLength: algorithm.bits / 8 })
    fc.assert(
      fc.property(material, fc.uint8Array(), fc.uint8Array(), (secret, message, data) => {
        const text = sealAead(algorithm, secret, message, data)
        expect(text).toHaveLength(12 + message.length + 16)
        expect(openAead(algorithm, secret, text, data)).toEqual(Buffer.from(message))
        expect(() => openAead(algorithm, secret, text, Buffer.from([...data, 0]))).toThrow(UndecryptableError)
      }),
    )
  })

  it('refuses a flipped bit, a truncated ciphertext and another key', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 7) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openAead(algorithm, hex(key), changed, hex(associated))).toThrow(UndecryptableError)
    }
    for (const length of [0, 1, 12, 27, 28, sealed.length - 1])
      expect(() => openAead(algorithm, hex(key), sealed.subarray(0, length), hex(associated))).toThrow(
        UndecryptableError,
      )
    const another = hex(key).fill(0)
    expect(() => openAead(algorithm, another, sealed, hex(associated))).toThrow(UndecryptableError)
  })
})

it('uses no nonce twice, for more nonces than the pool holds', () => {
  const algorithm = knownAlgorithm('aes256-gcm96')
  const key = Buffer.alloc(32, 1)
  const empty = new Uint8Array()
  const seen = Array.from({ length: 5000 }, () => sealAead(algorithm, key, empty, empty).toString('hex', 0, 12))
  expect(new Set(seen).size).toBe(5000)
})

describe('RSA-OAEP', () => {
  let material: Uint8Array
  let key: KeyObject
  beforeAll(async () => {
    material = await generateMaterial(knownAlgorithm('rsa-2048'))
    key = privateKeyIn(material)
  })
  const scheme = { name: 'RSA-OAEP', hash: 'SHA-256' }

  it('uses the same hash and mask function as Web Cryptography, in both directions', async () => {
    const message = Buffer.from('hello')
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    const decrypting = await webcrypto.subtle.importKey('pkcs8', Buffer.from(material), scheme, false, ['decrypt'])
    const encrypting = await webcrypto.subtle.importKey('spki', Buffer.from(spki), scheme, false, ['encrypt'])
    const theirs = await webcrypto.subtle.decrypt(scheme, decrypting, Buffer.from(encryptRsa(key, message)))
    expect(Buffer.from(theirs)).toEqual(message)
    const ours = await webcrypto.subtle.encrypt(scheme, encrypting, message)
    expect(decryptRsa(key, Buffer.from(ours))).toEqual(message)
  })

  it('encrypts at most 190 bytes with a modulus of 2048 bits', () => {
    expect(decryptRsa(key, encryptRsa(key, Buffer.alloc(190, 5)))).toEqual(Buffer.alloc(190, 5))
    expect(() => encryptRsa(key, Buffer.alloc(191))).toThrow()
  })

  it('refuses a flipped bit, a truncated and an empty ciphertext', () => {
    const sealed = encryptRsa(key, Buffer.from('hello'))
    const changed = Buffer.from(sealed)
    changed[40] = (changed[40] ?? 0) ^ 1
    for (const wrong of [changed, sealed.subarray(1), Buffer.alloc(0), Buffer.alloc(256, 0xff), Buffer.alloc(5000)])
      expect(() => decryptRsa(key, wrong)).toThrow(UndecryptableError)
  })
})
