import { describe, expect, it } from 'vitest'
import { CallError } from '../../clouds/errors.ts'
import type { CryptographicOperation, OperationAnswers } from '../../clouds/operations.ts'
import { utf8 } from '../../lib/encodings.ts'
import { versionedKey as key, opaqueKey, opaqueSigningKey, rsaKey } from '../shared/testing/provider-keys.ts'
import { switchEncoding } from './fields/bytes-input.ts'
import { describeHistoryEntry } from './HistoryPanel.tsx'
import type { Drafts } from './operations/registry.ts'
import {
  acceptInput,
  callFailed,
  callSucceeded,
  carriedInput,
  carriedResult,
  clearHistory,
  editDraft,
  emptyPlayground,
  keyChanged,
  offlineCheckEnded,
  operationState,
  type PlaygroundState,
  searchEnded,
} from './playground-state.ts'

type Step = (state: PlaygroundState) => PlaygroundState

const run = (steps: readonly Step[], start: PlaygroundState = emptyPlayground) =>
  steps.reduce((state, step) => step(state), start)
const bytesInput = (value: string) => ({ value, encoding: 'text' }) as const
const ended = { key, milliseconds: 12 }

const edit =
  <Id extends CryptographicOperation>(id: Id, change: Partial<Drafts[Id]>): Step =>
  (state) =>
    editDraft(state, id, (draft) => ({ ...draft, ...change }))
const succeed =
  <Id extends CryptographicOperation>(id: Id, answer: OperationAnswers[Id]): Step =>
  (state) =>
    callSucceeded(state, id, answer, ended)
const carryOver =
  (from: CryptographicOperation, to: CryptographicOperation, of = key): Step =>
  (state) =>
    acceptInput(state, to, carriedResult(state, from, of)?.input ?? {})

const context = { value: 'tenant=42', encoding: 'text' } as const
const typing = edit('encrypt', { plaintext: bytesInput('Hello') })
const encrypted = succeed('encrypt', { ciphertext: 'thalassa:v7:AAEC', keyVersion: 7 })
const decrypted = succeed('decrypt', { plaintext: utf8('Hello') })

describe('a result', () => {
  it('goes when its input changes', () => {
    const done = run([typing, encrypted])
    expect(operationState(done, 'encrypt').outcome).toMatchObject({ state: 'done', milliseconds: 12 })
    for (const change of [{ plaintext: bytesInput('Hello!') }, { version: 3 }, { context }])
      expect(operationState(run([edit('encrypt', change)], done), 'encrypt').outcome.state).toBe('none')
  })

  it('stays when the same bytes are shown in another encoding', () => {
    const done = run([typing, encrypted])
    const plaintext = switchEncoding(operationState(done, 'encrypt').draft.plaintext, 'hex')
    expect(operationState(run([edit('encrypt', { plaintext })], done), 'encrypt').outcome.state).toBe('done')
  })

  it('goes with the version and the destination when another key is selected; what was typed stays', () => {
    const done = run([
      typing,
      edit('encrypt', { version: 3 }),
      edit('reEncrypt', { ciphertext: 'AAEC', destination: { ...opaqueKey, id: 'b', name: 'ledger' } }),
      edit('dataKey', { bytes: '16' }),
      encrypted,
      keyChanged,
    ])
    expect(operationState(done, 'encrypt')).toMatchObject({
      draft: { plaintext: bytesInput('Hello'), version: undefined },
      outcome: { state: 'none' },
    })
    expect(operationState(done, 'reEncrypt').draft).toMatchObject({ ciphertext: 'AAEC', destination: undefined })
    expect(operationState(done, 'dataKey').draft.bytes).toBe('16')
  })

  it('of the KMS and of the browser stand side by side, and go together when the input changes', () => {
    const checked = run([
      succeed('verify', { valid: true }),
      (state) => offlineCheckEnded(state, 'verify', { valid: false, keyVersion: 1 }, ended),
    ])
    expect(operationState(checked, 'verify')).toMatchObject({ outcome: { state: 'done' }, offline: { state: 'done' } })
    expect(checked.history).toMatchObject([
      { label: 'Verify offline', matches: false, version: 1 },
      { label: 'Verify', matches: true },
    ])
    const none = { outcome: { state: 'none' }, offline: { state: 'none' } }
    expect(operationState(run([edit('verify', { signature: 'x' })], checked), 'verify')).toMatchObject(none)
    expect(operationState(keyChanged(checked), 'verify')).toMatchObject(none)
  })
})

describe('carry-over', () => {
  it('takes a ciphertext with its context to Decrypt, and a plaintext back', () => {
    const there = run([typing, edit('encrypt', { context }), encrypted, carryOver('encrypt', 'decrypt')])
    expect(operationState(there, 'decrypt')).toMatchObject({
      draft: { ciphertext: 'thalassa:v7:AAEC', context },
      outcome: { state: 'none' },
    })
    const back = run([edit('encrypt', { version: 3 }), decrypted, carryOver('decrypt', 'encrypt')], there)
    expect(operationState(back, 'encrypt').draft).toEqual({
      plaintext: bytesInput('Hello'),
      context,
      bound: {},
      version: 3,
    })
  })

  it('takes a message or a digest with its signature and hash to Verify, and asks for the message where only that verifies', () => {
    const message = bytesInput('m')
    const verifyDraft = (prehashed: boolean, key = rsaKey) =>
      operationState(
        run([
          edit('sign', { message, hash: 'sha2-512', prehashed }),
          succeed('sign', { signature: 'thalassa:v1:AAEC', keyVersion: 1 }),
          carryOver('sign', 'verify', key),
        ]),
        'verify',
      ).draft
    const carried = { message, hash: 'sha2-512', options: {}, signature: 'thalassa:v1:AAEC' }
    expect(verifyDraft(false)).toEqual({ ...carried, prehashed: false })
    expect(verifyDraft(true, opaqueSigningKey('RSA_3072'))).toEqual({ ...carried, prehashed: true })
    expect(verifyDraft(true).message).toEqual({
      value: '',
      encoding: 'text',
      note: expect.stringContaining('digest'),
    })
  })

  it('takes a pasted ciphertext to Re-encrypt, and the new one with its context and key to Decrypt', () => {
    const after = { value: '00', encoding: 'hex' } as const
    const pasted = run([
      edit('decrypt', { ciphertext: 'AAEC', context }),
      edit('reEncrypt', { destinationContext: after }),
      (state) => acceptInput(state, 'reEncrypt', carriedInput(state, 'decrypt')?.input ?? {}),
    ])
    expect(operationState(pasted, 'reEncrypt').draft).toMatchObject({
      ciphertext: 'AAEC',
      context,
      destinationContext: after,
    })
    const done = run(
      [
        edit('reEncrypt', { destination: { ...opaqueKey, id: 'b', name: 'ledger' } }),
        succeed('reEncrypt', { ciphertext: 'AwQF' }),
      ],
      pasted,
    )
    expect(done.history).toMatchObject([{ label: 'Re-encrypt', keyName: 'billing archive', target: 'ledger' }])
    expect(carriedResult(done, 'reEncrypt', opaqueKey)?.key).toBe('b')
    const there = run([carryOver('reEncrypt', 'decrypt')], done)
    expect(operationState(there, 'decrypt')).toMatchObject({
      draft: { ciphertext: 'AwQF', context: after },
      outcome: { state: 'none' },
    })
  })

  it('takes the encrypted copy of a data key with its context, masks plaintext, and lists nothing of the key', () => {
    const done = run([
      edit('dataKey', { size: 'chosen', bytes: '16', context }),
      succeed('dataKey', { plaintext: utf8('sixteen secrets!'), ciphertext: 'AAEC' }),
    ])
    expect(done.history).toEqual([{ id: 1, label: 'Data key', keyName: 'billing archive', milliseconds: 12 }])
    expect(carriedResult(done, 'dataKey', opaqueKey)).toEqual({
      input: { ciphertext: 'AAEC', context, bound: {} },
      masked: true,
    })
    const there = run([carryOver('dataKey', 'decrypt')], done)
    expect(operationState(there, 'decrypt').draft).toEqual({ ciphertext: 'AAEC', context, bound: {} })
  })
})

describe('the history', () => {
  it('lists what was done, the latest first, and nothing that was typed', () => {
    const error = new CallError({
      reason: 'invalid',
      message: 'Invalid ciphertext.',
      advice: '',
      method: 'POST',
      path: '/',
    })
    const { history } = run([
      typing,
      encrypted,
      (state) => callFailed(state, { id: 'decrypt', offline: false }, error, ended),
    ])
    const common = { keyName: 'billing archive', milliseconds: 12 }
    expect(history).toEqual([
      { id: 2, label: 'Decrypt', ...common, failure: 'not its ciphertext' },
      { id: 1, label: 'Encrypt', ...common, version: 7 },
    ])
    expect(clearHistory(run([typing, encrypted])).history).toEqual([])
  })

  it('lists a search for a key, whether it found one or not', () => {
    const search = { tried: 4, milliseconds: 60 }
    const { history } = run([
      (state) => searchEnded(state, { ...search, keyName: 'ledger' }),
      (state) => searchEnded(state, { ...search, keyName: '' }),
    ])
    expect(history.map(describeHistoryEntry)).toEqual(['None of 4 keys', 'ledger, of 4 keys'])
  })
})
