import { describe, expect, it } from 'vitest'
import type { BytesInput } from './fields/bytes-input.ts'
import { digestHash, effectiveHash, hashesOf, toDigestInput } from './hashing.ts'
import { emptyPlayground, type SignState } from './playground-state.ts'
import { ed25519Key, macKey, opaqueKey, rsaKey } from './test-keys.ts'
import { offlineInput, signInput, verifyHmacInput, verifyInput } from './validate.ts'

const typed = (text: string, encoding: 'text' | 'hex' | 'base64' = 'text'): BytesInput => ({
  from: 'typed',
  typed: { text, encoding },
})
const make = (change: Partial<SignState>) => ({ ...emptyPlayground.sign, message: typed('a'), ...change })
const check = { ...emptyPlayground.verify, message: typed('a'), proof: ' thalassa:v1:AA\nEC ' }
const a = new Uint8Array([97])

describe('the hash', () => {
  it('is the key’s default until the key has the chosen one', () => {
    expect(hashesOf(rsaKey).map(({ name }) => name)).toContain('sha1')
    expect(hashesOf(macKey('hmac')).map(({ name }) => name)).not.toContain('sha1')
    expect(effectiveHash(undefined, rsaKey)?.name).toBe('sha2-256')
    expect(effectiveHash('sha3-512', rsaKey)?.name).toBe('sha3-512')
    expect(effectiveHash('sha1', macKey('hmac'))?.name).toBe('sha2-256')
  })

  it('is not sent where the type decides', () => {
    expect(signInput('sign', make({ hash: 'sha2-512' }), rsaKey)).toEqual({ input: { input: a, hash: 'sha2-512' } })
    expect(signInput('sign', make({ hash: 'sha2-512', version: 1 }), ed25519Key)).toEqual({
      input: { input: a, keyVersion: 1 },
    })
    expect(effectiveHash(undefined, macKey('hmac-sha512'))?.name).toBe('sha2-512')
    expect(signInput('hmac', make({ hash: 'sha2-256' }), macKey('hmac-sha512'))).toEqual({ input: { input: a } })
    expect(hashesOf(opaqueKey)).toEqual([])
  })
})

describe('a digest', () => {
  it('has to be as long as its hash makes them', () => {
    const sign = (text: string, hash?: string) =>
      signInput('sign', make({ prehashed: true, message: typed(text, 'hex'), hash }), rsaKey)
    expect(sign('00'.repeat(32))).toEqual({
      input: { input: new Uint8Array(32), hash: 'sha2-256', prehashed: true },
    })
    expect(sign('00'.repeat(32), 'sha2-512')).toEqual({
      problems: {
        main: 'A sha2-512 digest has 64 bytes, and this has 32. Choose the hash that made it, or sign the message itself.',
      },
    })
    expect(sign('')).toEqual({ problems: { main: 'There is no digest yet. Paste the 32 bytes that sha2-256 made.' } })
    expect(sign('0')).toHaveProperty('problems.main')
  })

  it('is no matter of Ed25519 and of HMACs', () => {
    expect(digestHash('sign', make({ prehashed: true }), ed25519Key)).toBeUndefined()
    expect(digestHash('hmac', make({ prehashed: true }), macKey('hmac'))).toBeUndefined()
    expect(signInput('sign', make({ prehashed: true }), ed25519Key)).toEqual({ input: { input: a } })
  })

  it('is read from a text as hex where it can be', () => {
    expect(toDigestInput(typed('00ff')).typed).toEqual({ text: '00ff', encoding: 'hex' })
    expect(toDigestInput(typed('hello')).typed).toEqual({ text: '68656c6c6f', encoding: 'hex' })
    expect(toDigestInput({ ...typed('AP8=', 'base64'), from: 'file' })).toEqual(typed('AP8=', 'base64'))
  })
})

describe('what is checked', () => {
  it('holds no white space in its signature', () => {
    expect(verifyInput(check, rsaKey)).toEqual({
      input: { input: a, signature: 'thalassa:v1:AAEC', hash: 'sha2-256' },
    })
    expect(verifyHmacInput(check, macKey('hmac'))).toEqual({
      input: { input: a, hmac: 'thalassa:v1:AAEC', hash: 'sha2-256' },
    })
  })

  it('is told apart by field when it is wrong', () => {
    expect(verifyInput(emptyPlayground.verify, rsaKey)).toEqual({
      problems: {
        main: 'The message is missing. Type or paste what was signed.',
        proof: 'There is no signature yet. Paste one.',
      },
    })
  })

  it('may be longer in the browser than in the cloud', () => {
    const long = { ...check, message: typed('a'.repeat(65_536)) }
    expect(verifyInput(long, rsaKey)).toEqual({
      problems: {
        main: 'This is 65,536 bytes, and this key takes up to 65,535 in one call. Verify offline takes more.',
      },
    })
    expect(offlineInput(long, rsaKey)).toHaveProperty('input.message.length', 65_536)
    expect(offlineInput({ ...check, proof: '' }, rsaKey)).toHaveProperty('problems.proof')
  })
})
