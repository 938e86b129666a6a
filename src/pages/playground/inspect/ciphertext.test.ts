import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../../clouds/registry.ts'
import { opaqueKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import { ciphertextBytes, ciphertextError, readVersioned, signatureWarning } from './ciphertext.ts'

const problem = (text: string, key = versionedKey) => ciphertextError(text, cloudOf(key.cloud).capabilities)
const warning = (text: string, key = versionedKey) =>
  signatureWarning(text, key, cloudOf(key.cloud).capabilities, 'signature')

describe('a ciphertext that names its version', () => {
  it('is read in spite of the white space around and in it', () => {
    expect(readVersioned('  thalassa:v12:AAEC\n AwQ=\n')).toEqual({ prefix: 'thalassa', version: 12, body: 'AAECAwQ=' })
    expect(ciphertextBytes('thalassa:v12:AAECAwQ=')).toEqual(Uint8Array.of(0, 1, 2, 3, 4))
  })

  it.each(['', 'thalassa:v1', 'thalassa:x:AAEC', 'thalassa:v1:AA-_', 'v1:AAEC', 'AAEC'])('is not %j', (text) => {
    expect(readVersioned(text)).toBeUndefined()
  })

  it('is warned of when the key has no such version', () => {
    expect(warning('thalassa:v7:AAEC')).toBeUndefined()
    expect(warning('thalassa:v9:AAEC')).toBe(
      'This signature names version 9. billing archive has versions up to 7. Choose the key that made it.',
    )
    expect(warning('thalassa:v2:AAEC', { ...versionedKey, minDecryptionVersion: 3 })).toContain('from version 3 on')
  })

  it('is warned of when it has another form, and left to the cloud', () => {
    expect(warning('AAEC')).toContain('does not look like')
    expect(problem('AAEC')).toBeUndefined()
    expect(warning('  ')).toBeUndefined()
  })

  it('is warned of where its base64 is broken', () => {
    expect(warning(' thalassa:v7:AA\nE-')).toContain('Character 18 is “-”')
    expect(warning('thalassa:v7:')).toContain('This is not base64')
  })
})

describe('an opaque ciphertext', () => {
  it('has to be whole base64', () => {
    expect(problem('RVhPSwE=', opaqueKey)).toBeUndefined()
    expect(problem('RVhPSwE', opaqueKey)).toContain('standard base64, and this is not')
    expect(problem('RVhPSw-_', opaqueKey)).toContain('standard base64, and this is not')
    expect(problem('thalassa:v1:AAEC', opaqueKey)).toContain('Choose the key that made it')
  })

  it('has no version to warn of', () => expect(warning('RVhPSwE=', opaqueKey)).toBeUndefined())
})

it('an empty ciphertext is never sent', () => {
  expect(problem(' \n')).toContain('nothing to decrypt')
  expect(problem('', opaqueKey)).toContain('nothing to decrypt')
})
