import { describe, expect, it } from 'vitest'
import { utf8 } from '../../lib/encodings.ts'
import { derOf } from '../../lib/offline-verify/testing/der.ts'
import { algorithmNamed } from '../algorithms.ts'
import type { KmsKey } from '../model.ts'
import { verifyOffline } from './offline.ts'

const keyOf = (type: string): KmsKey => ({
  cloud: 'thalassa',
  location: 'nl-01',
  id: 'kms-1',
  name: 'k',
  type,
  labels: {},
  annotations: {},
  purpose: 'sign',
  can: algorithmNamed(type)?.can ?? [],
  status: 'active',
  rotation: { automatic: false },
  latestVersion: 2,
  createdAt: 0,
  traits: [],
})

/** The seed is the bytes 0 to 31; the message is `hello`. */
const known = {
  publicKey: 'A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=',
  signature: 'thalassa:v1:4af8qUqDUSeIW5ni66cz1u5b9dxGPtg4Xrbx3KoRF8DxUXUKEPRvWzeWqRIDV49wLIXGfDNLVomlFihNSZ9xDw==',
}

describe('an Ed25519 signature', () => {
  const keys = new Map([
    [1, known.publicKey],
    [2, `${'A'.repeat(43)}=`],
  ])
  const check = (signature: string, text = 'hello') =>
    verifyOffline(keyOf('ed25519'), keys, { message: utf8(text), signature })

  it('is verified with the public key of its version', async () => {
    expect(await check(known.signature)).toEqual({ valid: true, scheme: 'Ed25519', keyVersion: 1 })
    expect(await check(known.signature.replace('thalassa', 'vault'))).toMatchObject({ valid: true })
    expect(await check(known.signature, 'hello.')).toEqual({ valid: false, keyVersion: 1 })
    expect(await check(known.signature.replace(':v1:', ':v2:'))).toEqual({ valid: false, keyVersion: 2 })
  })

  it.each(['', 'AAEC', 'thalassa:v1:', 'thalassa:x:AAEC', 'thalassa:v1:AAE', 'thalassa:v1:A-_='])(
    'is not %j',
    async (text) => expect(await check(text)).toHaveProperty('malformed'),
  )

  it('of a version without a public key is malformed', async () => {
    expect(await check('thalassa:v9:AAEC')).toEqual({
      malformed:
        'This signature names version 9, but this key has public keys of version 1 and 2. Choose the key that signed it.',
    })
  })
})

it('an ECDSA signature is verified with the curve of the key and the selected hash', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])
  const message = utf8('m')
  const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-512' }, pair.privateKey, message)
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)).toBase64()
  const keys = new Map([[1, `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----`]])
  const signature = `thalassa:v1:${derOf(new Uint8Array(raw)).toBase64()}`
  const check = (hash: string) => verifyOffline(keyOf('ecdsa-p384'), keys, { message, signature, hash })
  expect(await check('sha2-512')).toEqual({ valid: true, scheme: 'ECDSA on P-384', keyVersion: 1 })
  expect(await check('sha2-256')).toEqual({ valid: false, keyVersion: 1 })
  expect(await check('sha2-224')).toHaveProperty('unsupported')
})

it('a failed check gives no verdict', async () => {
  const input = { message: utf8('m'), signature: 'thalassa:v1:AAEC' }
  expect(await verifyOffline(keyOf('aes256-gcm96'), new Map(), input)).toHaveProperty('unsupported')
  await expect(verifyOffline(keyOf('ed25519'), new Map([[1, 'no key']]), input)).rejects.toThrow('public key')
  await expect(verifyOffline(keyOf('rsa-2048'), new Map([[1, known.publicKey]]), input)).rejects.toThrow('public key')
})
