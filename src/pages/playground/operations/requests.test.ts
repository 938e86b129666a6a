import { describe, expect, it } from 'vitest'
import type { KmsKey } from '../../../clouds/model.ts'
import {
  ed25519Key,
  macKey,
  opaqueKey,
  opaqueRsaKey,
  opaqueSigningKey,
  rsaKey,
  versionedKey,
} from '../../shared/testing/provider-keys.ts'
import type { EncodedText } from '../fields/bytes-input.ts'
import { prepareRequest } from '../operation.ts'
import { decrypt } from './DecryptForm.tsx'
import { dataKey } from './data-key.ts'
import { encrypt, recommendsDataKey } from './EncryptForm.tsx'
import { reEncrypt } from './re-encrypt.ts'
import { type Drafts, registry } from './registry.ts'
import { hmac, sign } from './SignForm.tsx'
import { verify, verifyHmac } from './VerifyForm.tsx'

const hex = (value: string): EncodedText => ({ value, encoding: 'hex' })
const bytesInput = (value: string, encoding: 'text' | 'hex' = 'text') => ({ value, encoding }) as const
const a = new Uint8Array([97])

describe('the request to encrypt', () => {
  const draft = (value: string, context = ''): Drafts['encrypt'] => ({
    plaintext: bytesInput(value),
    context: hex(context),
    bound: {},
    version: 3,
  })

  it('names the version only where it can be chosen', () => {
    expect(encrypt.validate(draft('a'), versionedKey)).toEqual({ input: { plaintext: a, keyVersion: 3 } })
    expect(encrypt.validate(draft('a'), opaqueKey)).toEqual({ input: { plaintext: a } })
  })

  it('holds the context only where the provider takes one', () => {
    expect(encrypt.validate(draft('a', 'ff'), opaqueKey)).toEqual({
      input: { plaintext: a, context: new Uint8Array([255]) },
    })
    expect(encrypt.validate(draft('a', 'ff'), versionedKey)).not.toHaveProperty('input.context')
  })

  it('has its errors at their fields', () => {
    expect(encrypt.validate(draft('a'.repeat(65_537), 'f'), opaqueKey)).toEqual({
      errors: {
        plaintext: expect.stringContaining('65,537 bytes'),
        context: 'One hexadecimal digit is missing: two make a byte.',
      },
    })
    expect(encrypt.validate(draft('a', 'ff'.repeat(4097)), opaqueKey)).toEqual({
      errors: { context: 'This is 4,097 bytes, and a context has up to 4,096. Shorten it.' },
    })
  })

  it('is as short as the modulus allows, and has no context, for an RSA key', () => {
    expect(encrypt.validate(draft('a'.repeat(318), 'ff'), opaqueRsaKey)).toEqual({
      input: { plaintext: new Uint8Array(318).fill(97) },
    })
    expect(encrypt.validate(draft('a'.repeat(319)), opaqueRsaKey)).toHaveProperty(
      'errors.plaintext',
      'This is 319 bytes, and this key takes up to 318 in one call. Shorten it or choose another key.',
    )
    const larger = { ...opaqueRsaKey, type: 'RSA_4096' }
    expect(encrypt.validate(draft('a'.repeat(446)), larger)).toHaveProperty('input')
    expect(encrypt.validate(draft('a'.repeat(447)), larger)).toHaveProperty('errors.plaintext')
  })

  it('comes with advice to use a data key for much, where the provider makes them', () => {
    expect(recommendsDataKey(4096, opaqueKey)).toBe(false)
    expect(recommendsDataKey(4097, opaqueKey)).toBe(true)
    expect(recommendsDataKey(4097, versionedKey)).toBe(false)
    expect(recommendsDataKey(4097, opaqueRsaKey)).toBe(false)
    expect(recommendsDataKey(undefined, opaqueKey)).toBe(false)
  })
})

it('the request to decrypt holds no white space', () => {
  const draft = { ...decrypt.emptyDraft, ciphertext: ' thalassa:v1:AA\nEC \n' }
  expect(decrypt.validate(draft, versionedKey)).toEqual({ input: { ciphertext: 'thalassa:v1:AAEC' } })
})

describe('the request to re-encrypt', () => {
  const draft = { ...reEncrypt.emptyDraft, ciphertext: ' AA\nEC ' }
  const ledger = { ...opaqueKey, id: '0198b1c4-0000-7000-8000-000000000001', name: 'ledger' }

  it('is for the key itself unless another is chosen', () => {
    expect(reEncrypt.validate(draft, opaqueKey)).toEqual({ input: { ciphertext: 'AAEC', destination: opaqueKey.id } })
    expect(reEncrypt.validate({ ...draft, destination: ledger }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', destination: ledger.id, destinationType: 'AES_256' },
    })
  })

  it('has a context only for the side that takes one, and the algorithm of each RSA key', () => {
    const bound = { ...draft, context: hex('ff'), destinationContext: hex('ff') }
    const toRsa = reEncrypt.validate({ ...bound, destination: opaqueRsaKey }, opaqueKey)
    expect(toRsa).toEqual({
      input: {
        ciphertext: 'AAEC',
        context: new Uint8Array([255]),
        destination: opaqueRsaKey.id,
        destinationType: 'RSA_3072',
      },
    })
    expect(reEncrypt.validate({ ...bound, destination: opaqueKey }, opaqueRsaKey)).toEqual({
      input: {
        ciphertext: 'AAEC',
        destination: opaqueKey.id,
        destinationType: 'AES_256',
        destinationContext: new Uint8Array([255]),
      },
    })
    const algorithmsOf = (key: KmsKey, destination: KmsKey | undefined) => {
      const { code } = prepareRequest('reEncrypt', registry.reEncrypt, { ...draft, destination }, key)
      const curl = code().find(({ label }) => label === 'curl')
      return curl?.code.match(/(source|destination|encryption-algorithm)(?=":)/g)
    }
    expect(algorithmsOf(opaqueKey, opaqueRsaKey)).toEqual(['source', 'destination', 'encryption-algorithm'])
    expect(algorithmsOf(opaqueRsaKey, opaqueKey)).toEqual(['source', 'encryption-algorithm', 'destination'])
    expect(algorithmsOf(opaqueRsaKey, undefined)).toHaveLength(4)
  })

  it('holds both contexts apart: neither stands for the other', () => {
    expect(reEncrypt.validate({ ...draft, context: hex('ff') }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', context: new Uint8Array([255]), destination: opaqueKey.id },
    })
    expect(reEncrypt.validate({ ...draft, destinationContext: hex('ff') }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', destination: opaqueKey.id, destinationContext: new Uint8Array([255]) },
    })
  })

  it('has its errors at their fields', () => {
    const wrong = { ...draft, ciphertext: '', context: hex('f'), destinationContext: hex('ff'.repeat(4097)) }
    expect(reEncrypt.validate(wrong, opaqueKey)).toEqual({
      errors: {
        ciphertext: 'There is nothing to re-encrypt yet. Paste a ciphertext.',
        context: 'One hexadecimal digit is missing: two make a byte.',
        destinationContext: 'This is 4,097 bytes, and a context has up to 4,096. Shorten it.',
      },
    })
  })

  it('names the destination in the code before there is a ciphertext', () => {
    const empty = { ...reEncrypt.emptyDraft, destination: ledger }
    expect(prepareRequest('reEncrypt', registry.reEncrypt, empty, opaqueKey).code()[0]?.code).toContain(ledger.id)
  })
})

describe('the request for a data key', () => {
  const draft = dataKey.emptyDraft
  const ofSize = (bytes: string) => dataKey.validate({ ...draft, size: 'chosen', bytes }, opaqueKey)

  it('names no size where it is the standard one', () => {
    expect(dataKey.validate({ ...draft, bytes: '77' }, opaqueKey)).toEqual({ input: {} })
    const context: EncodedText = { value: 'a', encoding: 'text' }
    expect(dataKey.validate({ ...draft, context }, opaqueKey)).toEqual({ input: { context: a } })
  })

  it('names whole bytes in range where they are chosen', () => {
    expect(ofSize('1')).toEqual({ input: { bytes: 1 } })
    expect(ofSize(' 1024 ')).toEqual({ input: { bytes: 1024 } })
  })

  it.each(['', '0', '1025', '-1', '1.5', '1e2', '0x10', 'many', '9'.repeat(20)])('has an error for %j', (bytes) => {
    expect(ofSize(bytes)).toEqual({ errors: { bytes: 'Choose whole bytes, from 1 to 1,024.' } })
  })
})

describe('the request to sign or authenticate', () => {
  const draft = { ...sign.emptyDraft, message: bytesInput('a') }

  it('names hash and version only where the key has a choice', () => {
    expect(sign.validate({ ...draft, hash: 'sha2-512' }, rsaKey)).toEqual({ input: { input: a, hash: 'sha2-512' } })
    expect(sign.validate({ ...draft, hash: 'sha2-512', version: 1 }, ed25519Key)).toEqual({
      input: { input: a, keyVersion: 1 },
    })
    expect(hmac.validate({ ...draft, hash: 'sha2-256' }, macKey('hmac-sha512'))).toEqual({ input: { input: a } })
  })

  it('takes a digest as long as its hash makes them', () => {
    const ofDigest = (value: string, hash?: string) =>
      sign.validate({ ...draft, prehashed: true, message: bytesInput(value, 'hex'), hash }, rsaKey)
    expect(ofDigest('00'.repeat(32))).toEqual({
      input: { input: new Uint8Array(32), hash: 'sha2-256', prehashed: true },
    })
    expect(ofDigest('00'.repeat(32), 'sha2-512')).toEqual({
      errors: {
        message:
          'The digest for sha2-512 has 64 bytes, and this has 32. Choose what fits it, or clear Prehashed and give the message.',
      },
    })
    expect(ofDigest('')).toEqual({
      errors: { message: 'There is no digest yet. Paste its 32 bytes.' },
    })
    expect(ofDigest('0')).toHaveProperty('errors.message')
  })

  it('says what to do with a long message: only some algorithms take a digest', () => {
    const long = bytesInput('a'.repeat(4097))
    const errorOf = (key: KmsKey, hash?: string) => sign.validate({ ...draft, message: long, hash }, key)
    const tooLong = 'This is 4,097 bytes, and this key takes up to 4,096 in one call.'
    const ed25519 = opaqueSigningKey('ECC_EDWARDS25519')
    for (const [key, hash, way] of [
      [opaqueSigningKey('RSA_4096'), undefined, 'Sign its digest instead.'],
      [ed25519, undefined, 'Choose ED25519_PH_SHA_512 and sign its digest.'],
      [ed25519, 'ED25519_PH_SHA_512', 'Sign its digest instead.'],
      [opaqueSigningKey('ML_DSA_65'), undefined, 'Shorten it: this key signs no digests.'],
    ] as const)
      expect(errorOf(key, hash)).toEqual({ errors: { message: `${tooLong} ${way}` } })
  })

  it('takes no digest for Ed25519 and for HMACs', () => {
    expect(sign.validate({ ...draft, prehashed: true }, ed25519Key)).toEqual({ input: { input: a } })
    expect(hmac.validate({ ...draft, prehashed: true }, macKey('hmac'))).toEqual({
      input: { input: a, hash: 'sha2-256' },
    })
  })
})

describe('the request to verify', () => {
  const draft = { ...verify.emptyDraft, message: bytesInput('a'), signature: ' thalassa:v1:AA\nEC ' }

  it('holds no white space in its signature', () => {
    expect(verify.validate(draft, rsaKey)).toEqual({
      input: { input: a, signature: 'thalassa:v1:AAEC', hash: 'sha2-256' },
    })
    expect(verifyHmac.validate(draft, macKey('hmac'))).toEqual({
      input: { input: a, hmac: 'thalassa:v1:AAEC', hash: 'sha2-256' },
    })
  })

  it('may hold a digest where the provider verifies them', () => {
    const ofDigest = { ...draft, prehashed: true, message: hex('00'.repeat(32)), signature: 'AAEC' }
    const input = { signature: 'AAEC', hash: 'ECDSA_SHA_256', prehashed: true }
    const key = opaqueSigningKey('ECC_NIST_P256')
    expect(verify.validate(ofDigest, key)).toEqual({ input: { input: new Uint8Array(32), ...input } })
    expect(verify.offline?.validate(ofDigest, key)).toEqual({ input: { message: new Uint8Array(32), ...input } })
    expect(verify.validate({ ...ofDigest, hash: 'ECDSA_SHA_384' }, key)).toHaveProperty('errors.message')
    expect(verify.validate({ ...ofDigest, signature: 'thalassa:v1:AAEC' }, rsaKey)).not.toHaveProperty(
      'input.prehashed',
    )
  })

  it('is not sent with a signature that is no base64, where those of the key are', () => {
    const errorOf = (signature: string) => verify.validate({ ...draft, signature }, opaqueSigningKey('RSA_3072'))
    expect(errorOf('AAEC-')).toEqual({
      errors: { signature: expect.stringContaining('Character 5 is “-”, of the URL-safe alphabet.') },
    })
    expect(errorOf('thalassa:v1:AAEC')).toEqual({
      errors: { signature: 'This signature names a version. Those of this key never do. Choose the key that made it.' },
    })
    expect(errorOf(' AA\nEC ')).toHaveProperty('input.signature', 'AAEC')
  })

  it('has its errors at their fields', () => {
    expect(verify.validate(verify.emptyDraft, rsaKey)).toEqual({
      errors: {
        message: 'The message is missing. Type or paste what was signed.',
        signature: 'There is no signature yet. Paste one.',
      },
    })
  })

  it('may have a longer message in the browser than in the KMS', () => {
    const long = { ...draft, message: bytesInput('a'.repeat(65_536)) }
    expect(verify.validate(long, rsaKey)).toEqual({
      errors: {
        message: 'This is 65,536 bytes, and this key takes up to 65,535 in one call. Verify offline takes more.',
      },
    })
    expect(verify.offline?.validate(long, rsaKey)).toHaveProperty('input.message.length', 65_536)
    expect(verify.offline?.validate({ ...draft, signature: '' }, rsaKey)).toHaveProperty('errors.signature')
  })
})
