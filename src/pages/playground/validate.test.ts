import { describe, expect, it } from 'vitest'
import { cloudOf } from '../../clouds/queries.ts'
import { emptyPlayground } from './playground-state.ts'
import { opaqueKey, versionedKey } from './test-keys.ts'
import { dataKeyInput, decryptInput, encryptInput, prepare, recommendsDataKey, reEncryptInput } from './validate.ts'

const encrypt = (text: string, context = '') => ({
  ...emptyPlayground.encrypt,
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
  const side = { ...emptyPlayground.decrypt, ciphertext: ' thalassa:v1:AA\nEC \n' }
  expect(decryptInput(side, versionedKey)).toEqual({ input: { ciphertext: 'thalassa:v1:AAEC' } })
})

describe('what is sent to re-encrypt', () => {
  const side = { ...emptyPlayground.reEncrypt, ciphertext: ' AA\nEC ' }
  const ledger = { id: '0198b1c4-0000-7000-8000-000000000001', name: 'ledger' }

  it('is for the key itself unless another is chosen', () => {
    expect(reEncryptInput(side, opaqueKey)).toEqual({ input: { ciphertext: 'AAEC', destination: opaqueKey.id } })
    expect(reEncryptInput({ ...side, destination: ledger }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', destination: ledger.id },
    })
  })

  it('holds either context for itself: none is carried over', () => {
    const context = { text: 'ff', encoding: 'hex' } as const
    expect(reEncryptInput({ ...side, context }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', context: new Uint8Array([255]), destination: opaqueKey.id },
    })
    expect(reEncryptInput({ ...side, destinationContext: context }, opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', destination: opaqueKey.id, destinationContext: new Uint8Array([255]) },
    })
  })

  it('is told apart by field when it is wrong', () => {
    const odd = { text: 'f', encoding: 'hex' } as const
    const long = { text: 'ff'.repeat(4097), encoding: 'hex' } as const
    expect(reEncryptInput({ ...side, ciphertext: '', context: odd, destinationContext: long }, opaqueKey)).toEqual({
      problems: {
        main: 'There is nothing to re-encrypt yet. Paste a ciphertext.',
        context: 'One hexadecimal digit is missing: two make a byte.',
        destinationContext: 'This is 4,097 bytes, and a context has up to 4,096. Shorten it.',
      },
    })
  })

  it('names the destination in the code before there is a ciphertext', () => {
    const bench = { ...emptyPlayground, reEncrypt: { ...emptyPlayground.reEncrypt, destination: ledger } }
    expect(prepare(bench, 'reEncrypt', opaqueKey).code()[0]?.code).toContain(ledger.id)
  })
})

describe('what is sent for a data key', () => {
  const side = emptyPlayground.dataKey
  const chosen = (bytes: string) => dataKeyInput({ ...side, size: 'chosen', bytes }, opaqueKey)

  it('names no size where it is the standard one', () => {
    expect(dataKeyInput({ ...side, bytes: '77' }, opaqueKey)).toEqual({ input: {} })
    const context = { text: 'a', encoding: 'text' } as const
    expect(dataKeyInput({ ...side, context }, opaqueKey)).toEqual({ input: { context: new Uint8Array([97]) } })
  })

  it('names whole bytes in range where they are chosen', () => {
    expect(chosen('1')).toEqual({ input: { bytes: 1 } })
    expect(chosen(' 1024 ')).toEqual({ input: { bytes: 1024 } })
  })

  it.each(['', '0', '1025', '-1', '1.5', '1e2', '0x10', 'many', '9'.repeat(20)])('refuses %j at its field', (bytes) => {
    expect(chosen(bytes)).toEqual({ problems: { size: 'Choose whole bytes, from 1 to 1,024.' } })
  })
})

it('a data key is advised for much, where the cloud makes them', () => {
  const { capabilities: traits } = cloudOf('exoscale')
  expect(recommendsDataKey(4096, traits)).toBe(false)
  expect(recommendsDataKey(4097, traits)).toBe(true)
  expect(recommendsDataKey(4097, cloudOf('thalassa').capabilities)).toBe(false)
  expect(recommendsDataKey(undefined, traits)).toBe(false)
})
