import { describe, expect, it } from 'vitest'
import { CallError } from '../../clouds/errors.ts'
import { utf8 } from '../../lib/encodings.ts'
import { switchSource } from './fields/bytes-input.ts'
import { describeHistoryEntry } from './history.ts'
import { emptyPlayground, type PlaygroundAction, type PlaygroundState, playgroundReducer } from './playground-state.ts'
import { versionedKey as key } from './test-keys.ts'

const play = (actions: readonly PlaygroundAction[], start: PlaygroundState = emptyPlayground) =>
  actions.reduce(playgroundReducer, start)
const typed = (text: string) => ({ from: 'typed', typed: { text, encoding: 'text' } }) as const
const ended = { key, at: 1000, milliseconds: 12 }
const typing: PlaygroundAction = { type: 'edit', operation: 'encrypt', change: { plaintext: typed('Hello') } }
const encrypted: PlaygroundAction = {
  type: 'answered',
  operation: 'encrypt',
  answer: { ciphertext: 'thalassa:v7:AAEC', keyVersion: 7 },
  ...ended,
}
const decrypted: PlaygroundAction = {
  type: 'answered',
  operation: 'decrypt',
  answer: { plaintext: utf8('Hello') },
  ...ended,
}

describe('the bench', () => {
  it('takes the result away when the input changes', () => {
    const done = play([typing, encrypted])
    expect(done.encrypt.outcome).toMatchObject({ state: 'done', milliseconds: 12 })
    expect(
      play([{ type: 'edit', operation: 'encrypt', change: { plaintext: typed('Hello!') } }], done).encrypt.outcome
        .state,
    ).toBe('none')
    expect(play([{ type: 'edit', operation: 'encrypt', change: { version: 3 } }], done).encrypt.outcome.state).toBe(
      'none',
    )
  })

  it('keeps the result when the same bytes are shown in another encoding', () => {
    const done = play([typing, encrypted])
    const inHex = switchSource(done.encrypt.plaintext, 'hex')
    expect(
      play([{ type: 'edit', operation: 'encrypt', change: { plaintext: inHex } }], done).encrypt.outcome.state,
    ).toBe('done')
  })

  it('takes results and the version away when the key changes, and leaves what was typed', () => {
    const done = play([
      typing,
      { type: 'edit', operation: 'encrypt', change: { version: 3 } },
      { type: 'edit', operation: 'decrypt', change: { ciphertext: 'AAEC' } },
      encrypted,
      decrypted,
      { type: 'keyChanged' },
    ])
    expect(done.encrypt).toMatchObject({ plaintext: typed('Hello'), version: undefined, outcome: { state: 'none' } })
    expect(done.decrypt).toMatchObject({ ciphertext: 'AAEC', outcome: { state: 'none' } })
  })

  it('carries a ciphertext with its context to the other tab, and a plaintext back', () => {
    const context = { text: 'tenant=42', encoding: 'text' } as const
    const there = play([
      typing,
      { type: 'edit', operation: 'encrypt', change: { context } },
      encrypted,
      { type: 'carry', from: 'encrypt', to: 'decrypt', digest: false },
    ])
    expect(there.decrypt).toMatchObject({ ciphertext: 'thalassa:v7:AAEC', context, outcome: { state: 'none' } })
    const back = play(
      [{ type: 'clearAll' }, decrypted, { type: 'carry', from: 'decrypt', to: 'encrypt', digest: false }],
      there,
    )
    expect(back.encrypt.plaintext).toEqual(typed('Hello'))
  })

  it('carries a message with its signature and hash, but not a digest', () => {
    const message = typed('m')
    const signed: readonly PlaygroundAction[] = [
      { type: 'edit', operation: 'sign', change: { message, hash: 'sha2-512' } },
      { type: 'answered', operation: 'sign', answer: { signature: 'thalassa:v1:AAEC', keyVersion: 1 }, ...ended },
    ]
    const carried = (digest: boolean) => play([...signed, { type: 'carry', from: 'sign', to: 'verify', digest }]).verify
    expect(carried(false)).toMatchObject({ message, hash: 'sha2-512', proof: 'thalassa:v1:AAEC' })
    expect(carried(true).message.typed).toEqual({ text: '', encoding: 'text', note: expect.stringContaining('digest') })
  })

  it('carries a ciphertext over to be made anew, and what came of it with the new context', () => {
    const [context, after] = [
      { text: 'tenant=42', encoding: 'text' } as const,
      { text: '00', encoding: 'hex' } as const,
    ]
    const pasted = play([
      { type: 'edit', operation: 'decrypt', change: { ciphertext: 'AAEC', context } },
      { type: 'edit', operation: 'reEncrypt', change: { destinationContext: after } },
      { type: 'carry', from: 'decrypt', to: 'reEncrypt', digest: false },
    ])
    expect(pasted.reEncrypt).toMatchObject({ ciphertext: 'AAEC', context, destinationContext: after })
    const done = play(
      [
        { type: 'edit', operation: 'reEncrypt', change: { destination: { id: 'b', name: 'ledger' } } },
        { type: 'answered', operation: 'reEncrypt', answer: { ciphertext: 'AwQF' }, ...ended },
      ],
      pasted,
    )
    expect(done.visited).toMatchObject([{ operation: 'reEncrypt', keyName: 'billing archive', to: 'ledger' }])
    const there = play([{ type: 'carry', from: 'reEncrypt', to: 'decrypt', digest: false }], done)
    expect(there.decrypt).toMatchObject({ ciphertext: 'AwQF', context: after, outcome: { state: 'none' } })
    expect(play([{ type: 'keyChanged' }], there)).toMatchObject({
      decrypt: { ciphertext: 'AwQF', context: after },
      reEncrypt: { ciphertext: 'AAEC', destination: undefined, outcome: { state: 'none' } },
    })
  })

  it('carries the encrypted copy of a data key with its context, and lists nothing of the key', () => {
    const context = { text: 'tenant=42', encoding: 'text' } as const
    const done = play([
      { type: 'edit', operation: 'dataKey', change: { size: 'chosen', bytes: '16', context } },
      {
        type: 'answered',
        operation: 'dataKey',
        answer: { plaintext: utf8('sixteen secrets!'), ciphertext: 'AAEC' },
        ...ended,
      },
    ])
    expect(done.visited).toEqual([
      { id: 1, at: 1000, operation: 'dataKey', keyName: 'billing archive', milliseconds: 12 },
    ])
    const there = play([{ type: 'carry', from: 'dataKey', to: 'decrypt', digest: false }], done)
    expect(there.decrypt).toMatchObject({ ciphertext: 'AAEC', context })
    const edit: PlaygroundAction = { type: 'edit', operation: 'dataKey', change: { bytes: '32' } }
    expect(play([edit], done).dataKey.outcome.state).toBe('none')
    expect(play([{ type: 'keyChanged' }], done).dataKey).toMatchObject({ bytes: '16', outcome: { state: 'none' } })
  })

  it('takes both verdicts away when what was checked changes, and one leaves the other alone', () => {
    const checked = play([
      { type: 'answered', operation: 'verify', answer: { valid: true }, ...ended },
      { type: 'answered', operation: 'verifyOffline', answer: { valid: false, keyVersion: 1 }, ...ended },
    ])
    expect(checked.verify).toMatchObject({ outcome: { state: 'done' }, offline: { state: 'done' } })
    expect(checked.visited).toMatchObject([
      { operation: 'verifyOffline', matches: false, version: 1 },
      { operation: 'verify', matches: true },
    ])
    const edit: PlaygroundAction = { type: 'edit', operation: 'verify', change: { proof: 'x' } }
    expect(play([edit], checked).verify).toMatchObject({ outcome: { state: 'none' }, offline: { state: 'none' } })
    expect(play([{ type: 'keyChanged' }], checked).verify.offline.state).toBe('none')
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
    expect(play([typing, encrypted, decrypted, { type: 'clearAll' }])).toEqual(emptyPlayground)
    expect(play([typing, encrypted, { type: 'clearVisited' }]).visited).toEqual([])
  })

  it('lists a search for a key, whether it found one or not', () => {
    const searched = { type: 'searched', tried: 4, at: 5, milliseconds: 60 } as const
    const { visited } = play([
      { ...searched, keyName: 'ledger' },
      { ...searched, keyName: '' },
    ])
    expect(visited.map(describeHistoryEntry)).toEqual(['None of 4 keys', 'ledger, of 4 keys'])
  })
})
