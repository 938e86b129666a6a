import { expect, it } from 'vitest'
import { ed25519Key, macKey, opaqueKey, rsaKey } from '../shared/testing/provider-keys.ts'
import type { EncodedText } from './fields/bytes-input.ts'
import { effectiveHash, hashesOf, hashInput, toDigestInput } from './hashing.ts'

const inputOf = (value: string, encoding: 'text' | 'hex' | 'base64' = 'text'): EncodedText => ({ value, encoding })

it('the hash is the chosen one where the key has it, else the key’s default', () => {
  expect(hashesOf(rsaKey).map(({ name }) => name)).toContain('sha1')
  expect(hashesOf(macKey('hmac')).map(({ name }) => name)).not.toContain('sha1')
  expect(effectiveHash(undefined, rsaKey)?.name).toBe('sha2-256')
  expect(effectiveHash('sha3-512', rsaKey)?.name).toBe('sha3-512')
  expect(effectiveHash('sha1', macKey('hmac'))?.name).toBe('sha2-256')
})

it('no hash is sent where the key’s type decides', () => {
  expect(hashInput('sha2-512', rsaKey)).toEqual({ hash: 'sha2-512' })
  expect(hashInput('sha2-512', ed25519Key)).toEqual({})
  expect(effectiveHash(undefined, macKey('hmac-sha512'))?.name).toBe('sha2-512')
  expect(hashInput('sha2-256', macKey('hmac-sha512'))).toEqual({})
  expect(hashesOf(opaqueKey)).toEqual([])
})

it('a text becomes a digest as hex, read as hex where it is valid hex', () => {
  expect(toDigestInput(inputOf('00ff'))).toEqual({ value: '00ff', encoding: 'hex' })
  expect(toDigestInput(inputOf('hello'))).toEqual({ value: '68656c6c6f', encoding: 'hex' })
  expect(toDigestInput(inputOf('AP8=', 'base64'))).toEqual(inputOf('AP8=', 'base64'))
})
