import { describe, expect, it } from 'vitest'
import type { KmsKey } from '../../../clouds/model.ts'
import { ed25519Key, opaqueKey, opaqueRsaKey, rsaKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import { describeOrigin, describeVersion, doubtOf } from './describe-ciphertext.ts'
import { matchKey, type ParsedCiphertext, parseCiphertext } from './parse-ciphertext.ts'

const body = (bytes: number) => new Uint8Array(bytes).fill(7).toBase64()

function readOf(text: string): ParsedCiphertext {
  const inspection = parseCiphertext(text)
  if (inspection.kind !== 'ciphertext') throw new Error(inspection.kind)
  return inspection
}

const match = (text: string, key: KmsKey = versionedKey) => matchKey(key, readOf(text))

describe('a pasted text', () => {
  it('tells its provider, version and length where it begins with a version', () => {
    const read = readOf(`thalassa:v7:${body(95)}\n`)
    expect(read).toEqual({
      kind: 'ciphertext',
      clouds: ['thalassa'],
      known: true,
      bytes: 95,
      versionPrefix: { prefix: 'thalassa', version: 7 },
    })
    expect(describeOrigin(read)).toBe('Ciphertext of Thalassa Cloud')
    expect(readOf(`vault:v2:${body(40)}`)).toMatchObject({ clouds: ['thalassa'], known: true })
    expect(describeOrigin(readOf(`acme:v2:${body(40)}`))).toContain('The prefix “acme” is not known')
  })

  it('tells its length alone where it is opaque', () => {
    const read = readOf(body(124))
    expect(read).toEqual({ kind: 'ciphertext', clouds: ['exoscale'], known: true, bytes: 124 })
    expect(describeOrigin(read)).toBe('Base64 without a version, as ciphertexts of Exoscale are')
  })

  it('has its fault shown with the characters around', () => {
    expect(parseCiphertext('thalassa:v7:AAECAAEC-AAECAAECAAEC')).toMatchObject({
      kind: 'faulty',
      fault: { at: 20 },
      excerpt: { before: '7:AAECAAEC', at: '-', after: 'AAECAAECAA' },
    })
    expect(parseCiphertext('thalassa:v7')).toMatchObject({ kind: 'faulty', fault: { at: 11 }, excerpt: { at: '' } })
    expect(parseCiphertext('thalassa:v7:')).toMatchObject({ kind: 'faulty' })
    expect(parseCiphertext('hello world!')).toMatchObject({ kind: 'faulty', fault: { at: 11 } })
  })

  it('is recognised where it is no ciphertext', () => {
    expect(parseCiphertext(' \n')).toEqual({ kind: 'empty' })
    expect(parseCiphertext('age-encryption.org/v1\n')).toMatchObject({ kind: 'other-format' })
    const der = new Uint8Array([0x30, 6, 2, 1, 5, 2, 1, 9])
    expect(parseCiphertext(`thalassa:v3:${der.toBase64()}`)).toMatchObject({
      kind: 'signature',
      versionPrefix: { version: 3 },
      bytes: 8,
    })
    expect(doubtOf(parseCiphertext(der.toBase64()), undefined)).toBe(
      'This is an ECDSA signature, not a ciphertext. Verify it on the tab Verify.',
    )
  })
})

describe('the match of a key', () => {
  it('depends on the version', () => {
    expect(match(`thalassa:v7:${body(95)}`)).toEqual({ likelihood: 'likely' })
    expect(match(`thalassa:v8:${body(95)}`)).toEqual({
      likelihood: 'no',
      reason: 'This ciphertext names version 8. billing archive has versions up to 7.',
    })
    const minimum = { ...versionedKey, minDecryptionVersion: 3 }
    expect(match(`thalassa:v2:${body(95)}`, minimum).reason).toContain('decrypts from version 3 on')
    expect(match(`thalassa:v3:${body(95)}`, minimum).likelihood).toBe('likely')
    expect(match(`thalassa:v0:${body(95)}`).likelihood).toBe('likely')
  })

  it('is certain where the ciphertext is shorter than the modulus', () => {
    expect(match(`thalassa:v1:${body(95)}`, rsaKey).likelihood).toBe('no')
    expect(match(body(384), opaqueRsaKey)).toEqual({ likelihood: 'likely' })
    expect(match(body(383), opaqueRsaKey).likelihood).toBe('no')
    expect(match(body(512), opaqueRsaKey).likelihood).toBe('unlikely')
    expect(match(body(384), opaqueKey).likelihood).toBe('possible')
  })

  it('depends on type and length, which are only expected', () => {
    expect(match(`thalassa:v1:${body(28)}`).likelihood).toBe('unlikely')
    expect(match(`thalassa:v1:${body(29)}`).likelihood).toBe('likely')
    expect(match(`thalassa:v1:${body(256)}`, rsaKey).likelihood).toBe('likely')
    expect(match(`thalassa:v1:${body(300)}`, rsaKey)).toEqual({
      likelihood: 'unlikely',
      reason: `The length does not fit ${rsaKey.name}: a key of type rsa-2048 makes 256 bytes, not 300.`,
    })
    expect(match(`thalassa:v1:${body(95)}`, ed25519Key).likelihood).toBe('no')
  })

  it('depends on the cloud', () => {
    expect(match(body(124), opaqueKey).likelihood).toBe('possible')
    expect(match(body(124)).reason).toContain('begin with a word and a version')
    expect(match(`thalassa:v1:${body(95)}`, opaqueKey).reason).toContain('This ciphertext names a version.')
  })

  it('is no doubt where it fits, and names the latest version beside another', () => {
    const read = readOf(`thalassa:v6:${body(95)}`)
    expect(doubtOf(read, versionedKey)).toBeUndefined()
    expect(doubtOf(read, undefined)).toBeUndefined()
    expect(describeVersion({ prefix: 'thalassa', version: 6 }, versionedKey)).toBe(
      '6; the latest version of billing archive is 7',
    )
  })
})
