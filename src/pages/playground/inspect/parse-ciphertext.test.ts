import { describe, expect, it } from 'vitest'
import type { KmsKey } from '../../../clouds/model.ts'
import { ed25519Key, opaqueKey, rsaKey, versionedKey } from '../test-keys.ts'
import { describeKeyMatch, describeOrigin, describeVersion, summarizeInspection } from './describe-ciphertext.ts'
import { matchKey, type ParsedCiphertext, parseCiphertext } from './parse-ciphertext.ts'

const body = (bytes: number) => new Uint8Array(bytes).fill(7).toBase64()

function readOf(text: string): ParsedCiphertext {
  const inspection = parseCiphertext(text)
  if (inspection.kind !== 'ciphertext') throw new Error(inspection.kind)
  return inspection
}

const verdict = (text: string, key: KmsKey = versionedKey) => matchKey(key, readOf(text))

describe('what a text says of itself', () => {
  it('is cloud, version and length where it names its version', () => {
    const read = readOf(`thalassa:v7:${body(95)}\n`)
    expect(read).toEqual({
      kind: 'ciphertext',
      clouds: ['thalassa'],
      known: true,
      bytes: 95,
      mark: { prefix: 'thalassa', version: 7 },
    })
    expect(describeOrigin(read)).toBe('A ciphertext of Thalassa Cloud')
    expect(readOf(`vault:v2:${body(40)}`)).toMatchObject({ clouds: ['thalassa'], known: true })
    expect(describeOrigin(readOf(`acme:v2:${body(40)}`))).toContain('“acme” is not a word that it is known to use')
  })

  it('is the length alone where it is opaque', () => {
    const read = readOf(body(124))
    expect(read).toEqual({ kind: 'ciphertext', clouds: ['exoscale'], known: true, bytes: 124 })
    expect(describeOrigin(read)).toBe('Base64 without a version, as ciphertexts of Exoscale are')
  })

  it('is where it is broken, with what stands around', () => {
    expect(parseCiphertext('thalassa:v7:AAECAAEC-AAECAAECAAEC')).toMatchObject({
      kind: 'faulty',
      fault: { at: 20 },
      around: { before: '7:AAECAAEC', at: '-', after: 'AAECAAECAA' },
    })
    expect(parseCiphertext('thalassa:v7')).toMatchObject({ kind: 'faulty', fault: { at: 11 }, around: { at: '' } })
    expect(parseCiphertext('thalassa:v7:')).toMatchObject({ kind: 'faulty' })
    expect(parseCiphertext('hello world!')).toMatchObject({ kind: 'faulty', fault: { at: 11 } })
  })

  it('is that it is something else', () => {
    expect(parseCiphertext(' \n')).toEqual({ kind: 'nothing' })
    expect(parseCiphertext('age-encryption.org/v1\n')).toMatchObject({ kind: 'foreign' })
    const der = new Uint8Array([0x30, 6, 2, 1, 5, 2, 1, 9])
    expect(parseCiphertext(`thalassa:v3:${der.toBase64()}`)).toMatchObject({
      kind: 'signature',
      mark: { version: 3 },
      bytes: 8,
    })
    expect(summarizeInspection(parseCiphertext(der.toBase64()), undefined)).toBe(
      'This is an ECDSA signature, not a ciphertext. Check it under Verify.',
    )
  })
})

describe('whether a key could open it', () => {
  it('depends on the version', () => {
    expect(verdict(`thalassa:v7:${body(95)}`)).toEqual({
      could: 'yes',
      why: 'It has version 7, its latest, and the length fits aes256-gcm96. Only decrypting tells whether this key made it.',
    })
    expect(verdict(`thalassa:v8:${body(95)}`)).toEqual({
      could: 'no',
      why: 'It names version 8, and billing archive has versions up to 7.',
    })
    const minimum = { ...versionedKey, minDecryptionVersion: 3 }
    expect(verdict(`thalassa:v2:${body(95)}`, minimum).why).toContain('decrypts from version 3 on')
    expect(verdict(`thalassa:v3:${body(95)}`, minimum).could).toBe('yes')
    expect(verdict(`thalassa:v0:${body(95)}`).could).toBe('yes')
  })

  it('depends on type and length, which are only expected', () => {
    expect(verdict(`thalassa:v1:${body(28)}`).could).toBe('unlikely')
    expect(verdict(`thalassa:v1:${body(29)}`).could).toBe('yes')
    expect(verdict(`thalassa:v1:${body(256)}`, rsaKey).could).toBe('yes')
    expect(verdict(`thalassa:v1:${body(95)}`, rsaKey)).toEqual({
      could: 'unlikely',
      why: 'By its length it is not: a key of type rsa-2048 makes 256 bytes, not 95.',
    })
    expect(verdict(`thalassa:v1:${body(95)}`, ed25519Key).could).toBe('no')
  })

  it('depends on the cloud', () => {
    expect(verdict(body(124), opaqueKey).could).toBe('yes')
    expect(verdict(body(124)).why).toContain('begin with a word and a version')
    expect(verdict(`thalassa:v1:${body(95)}`, opaqueKey).why).toContain('never name a version')
  })

  it('is said together with the state that stands in the way', () => {
    const read = readOf(`thalassa:v6:${body(95)}`)
    const disabled: KmsKey = { ...versionedKey, status: 'disabled', providerStatus: 'disabled' }
    expect(describeKeyMatch(disabled, read).title).toBe('Could open it, but not now')
    expect(describeKeyMatch(disabled, read).why).toContain('The key is disabled. Enable it first.')
    expect(describeVersion({ prefix: 'thalassa', version: 6 }, versionedKey)).toBe(
      '6; the latest of billing archive is 7',
    )
    expect(summarizeInspection(read, versionedKey)).toBe(
      'A ciphertext of Thalassa Cloud, version 6, 95 bytes. billing archive could open it.',
    )
  })
})
