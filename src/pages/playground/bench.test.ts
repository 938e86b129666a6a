import { describe, expect, it } from 'vitest'
import { CallError } from '../../clouds/errors.ts'
import { utf8 } from '../../lib/encodings.ts'
import { type Bench, type BenchAction, benchReducer, emptyBench } from './bench.ts'
import { switchMode } from './plaintext.ts'
import { versionedKey as key } from './test-keys.ts'

const play = (actions: readonly BenchAction[], start: Bench = emptyBench) => actions.reduce(benchReducer, start)
const typed = (text: string) => ({ from: 'typed', typed: { text, encoding: 'text' } }) as const
const ended = { key, at: 1000, milliseconds: 12 }
const typing: BenchAction = { type: 'editEncrypt', change: { plaintext: typed('Hello') } }
const encrypted: BenchAction = {
  type: 'encrypted',
  answer: { ciphertext: 'thalassa:v7:AAEC', keyVersion: 7 },
  ...ended,
}
const decrypted: BenchAction = { type: 'decrypted', answer: { plaintext: utf8('Hello') }, ...ended }

describe('the bench', () => {
  it('takes the result away when the input changes', () => {
    const done = play([typing, encrypted])
    expect(done.encrypt.outcome).toMatchObject({ state: 'done', milliseconds: 12 })
    expect(play([{ type: 'editEncrypt', change: { plaintext: typed('Hello!') } }], done).encrypt.outcome.state).toBe(
      'none',
    )
    expect(play([{ type: 'editEncrypt', change: { version: 3 } }], done).encrypt.outcome.state).toBe('none')
  })

  it('keeps the result when the same bytes are shown in another encoding', () => {
    const done = play([typing, encrypted])
    const inHex = switchMode(done.encrypt.plaintext, 'hex')
    expect(play([{ type: 'editEncrypt', change: { plaintext: inHex } }], done).encrypt.outcome.state).toBe('done')
  })

  it('takes results and the version away when the key changes, and leaves what was typed', () => {
    const done = play([
      typing,
      { type: 'editEncrypt', change: { version: 3 } },
      { type: 'editDecrypt', change: { ciphertext: 'AAEC' } },
      encrypted,
      decrypted,
      { type: 'keyChanged' },
    ])
    expect(done.encrypt).toMatchObject({ plaintext: typed('Hello'), version: undefined, outcome: { state: 'none' } })
    expect(done.decrypt).toMatchObject({ ciphertext: 'AAEC', outcome: { state: 'none' } })
  })

  it('carries a ciphertext with its context to the other tab, and a plaintext back', () => {
    const context = { text: 'tenant=42', encoding: 'text' } as const
    const there = play([typing, { type: 'editEncrypt', change: { context } }, encrypted, { type: 'useInDecrypt' }])
    expect(there.decrypt).toMatchObject({ ciphertext: 'thalassa:v7:AAEC', context, outcome: { state: 'none' } })
    const back = play([{ type: 'clearAll' }, decrypted, { type: 'useInEncrypt' }], there)
    expect(back.encrypt.plaintext).toEqual(typed('Hello'))
  })

  it('lists what was done, the latest first, and nothing of what was typed', () => {
    const error = new CallError({
      reason: 'invalid',
      message: 'Invalid ciphertext.',
      advice: '',
      method: 'POST',
      path: '/',
    })
    const { visited } = play([typing, encrypted, { type: 'failed', operation: 'decrypt', error, ...ended }])
    expect(visited).toEqual([
      {
        id: 2,
        at: 1000,
        operation: 'decrypt',
        keyName: 'billing archive',
        milliseconds: 12,
        failure: 'not its ciphertext',
      },
      { id: 1, at: 1000, operation: 'encrypt', keyName: 'billing archive', milliseconds: 12, version: 7 },
    ])
  })

  it('forgets everything at once', () => {
    expect(play([typing, encrypted, decrypted, { type: 'clearAll' }])).toEqual(emptyBench)
    expect(play([typing, encrypted, { type: 'clearVisited' }]).visited).toEqual([])
  })
})
