import { describe, expect, it } from 'vitest'
import { emptyBench } from './bench.ts'
import { decryptInput, encryptInput } from './requests.ts'
import { opaqueKey, versionedKey } from './test-keys.ts'

const encrypt = (text: string, context = '') => ({
  ...emptyBench.encrypt,
  plaintext: { from: 'typed', typed: { text, encoding: 'text' } } as const,
  context: { text: context, encoding: 'hex' } as const,
  version: 3,
})

describe('what is sent to encrypt', () => {
  it('names the version only where it can be chosen', () => {
    expect(encryptInput(encrypt('a'), versionedKey)).toEqual({
      input: { plaintext: new Uint8Array([97]), keyVersion: 3 },
    })
    expect(encryptInput(encrypt('a'), opaqueKey)).toEqual({ input: { plaintext: new Uint8Array([97]) } })
  })

  it('holds the context only where the cloud takes one', () => {
    expect(encryptInput(encrypt('a', 'ff'), opaqueKey)).toEqual({
      input: { plaintext: new Uint8Array([97]), context: new Uint8Array([255]) },
    })
    expect(encryptInput(encrypt('a', 'ff'), versionedKey)).not.toHaveProperty('input.context')
  })

  it('is told apart by field when it is wrong', () => {
    expect(encryptInput(encrypt('a'.repeat(65_537), 'f'), opaqueKey)).toEqual({
      problems: {
        main: expect.stringContaining('65,537 bytes'),
        context: 'One hexadecimal digit is missing: two make a byte.',
      },
    })
    expect(encryptInput(encrypt('a', 'ff'.repeat(4097)), opaqueKey)).toEqual({
      problems: { context: 'This is 4,097 bytes, and a context has up to 4,096. Shorten it.' },
    })
  })
})

it('what is sent to decrypt holds no white space', () => {
  const side = { ...emptyBench.decrypt, ciphertext: ' thalassa:v1:AA\nEC \n' }
  expect(decryptInput(side, versionedKey)).toEqual({ input: { ciphertext: 'thalassa:v1:AAEC' } })
})
