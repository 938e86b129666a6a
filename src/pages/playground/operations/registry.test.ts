import { describe, expect, it } from 'vitest'
import { operationsOf } from '../../../clouds/offered-operations.ts'
import {
  type CryptographicOperation,
  cryptographicLabels,
  cryptographicOperationIds,
  type OperationAnswers,
} from '../../../clouds/operations.ts'
import { utf8 } from '../../../lib/encodings.ts'
import { macKey, opaqueKey, rsaKey, versionedKey } from '../../shared/testing/provider-keys.ts'
import type { EncodedText } from '../fields/bytes-input.ts'
import { prepareRequest } from '../operation.ts'
import {
  acceptInput,
  callStarted,
  callSucceeded,
  carriedInput,
  carriedResult,
  editDraft,
  emptyPlayground,
  keyChanged,
  operationState,
  showErrors,
} from '../playground-state.ts'
import { type Drafts, registry } from './registry.ts'

const SECRET = 'battery staple'
const text = (value: string): EncodedText => ({ value, encoding: 'text' })

interface Sample<Id extends CryptographicOperation> {
  readonly answer: OperationAnswers[Id]
  /** Edits that each make other input; all of them together make a request that can be sent. */
  readonly edits: readonly Partial<Drafts[Id]>[]
}

const samples: { readonly [Id in CryptographicOperation]: Sample<Id> } = {
  encrypt: {
    answer: { ciphertext: 'AAEC' },
    edits: [{ plaintext: text(SECRET) }, { context: text(SECRET) }, { version: 1 }],
  },
  decrypt: { answer: { plaintext: utf8(SECRET) }, edits: [{ ciphertext: 'AAEC' }, { context: text(SECRET) }] },
  reEncrypt: {
    answer: { ciphertext: 'AAEC' },
    edits: [
      { ciphertext: 'AAEC' },
      { context: text(SECRET) },
      { destination: { ...opaqueKey, id: 'other', name: 'ledger' } },
      { destinationContext: text(SECRET) },
    ],
  },
  dataKey: {
    answer: { plaintext: utf8(SECRET), ciphertext: 'AAEC' },
    edits: [{ size: 'chosen' }, { bytes: '16' }, { context: text(SECRET) }],
  },
  sign: {
    answer: { signature: SECRET, keyVersion: 1 },
    edits: [{ message: text(SECRET) }, { hash: 'sha2-512' }, { version: 1 }],
  },
  verify: {
    answer: { valid: true },
    edits: [{ message: text(SECRET) }, { hash: 'sha2-512' }, { signature: 'AAEC' }],
  },
  hmac: {
    answer: { hmac: SECRET, keyVersion: 1 },
    edits: [{ message: text(SECRET) }, { hash: 'sha2-512' }, { version: 1 }],
  },
  verifyHmac: {
    answer: { valid: false, keyVersion: 1 },
    edits: [{ message: text(SECRET) }, { hash: 'sha2-512' }, { signature: 'AAEC' }],
  },
}

const keys = [versionedKey, opaqueKey, rsaKey, macKey('hmac')]

/** A key that offers the operation. */
function keyFor(id: CryptographicOperation) {
  const key = keys.find((one) => operationsOf(one).includes(id))
  if (!key) throw new Error(`no key offers ${id}`)
  return key
}

/** State after the sample's input was typed and answered. */
function answered<Id extends CryptographicOperation>(id: Id) {
  const { edits, answer } = samples[id]
  const typed = edits.reduce(
    (state, change) => editDraft(state, id, (draft) => ({ ...draft, ...change })),
    emptyPlayground,
  )
  return callSucceeded(typed, id, answer, { key: keyFor(id), milliseconds: 1 })
}

const call = (id: CryptographicOperation) => ({ id, offline: false })

/** Rules that hold for an operation, whichever it is. */
function rules<Id extends CryptographicOperation>(id: Id) {
  const { edits } = samples[id]
  const operation = registry[id]
  const done = answered(id)

  it.each(edits.map((change) => [Object.keys(change).join(), change] as const))(
    'clears its result when %s is edited',
    (_, change) => {
      const empty = callSucceeded(emptyPlayground, id, samples[id].answer, { key: keyFor(id), milliseconds: 1 })
      const edited = editDraft(empty, id, (draft) => ({ ...draft, ...change }))
      expect(operationState(edited, id).outcome.state).toBe('none')
    },
  )

  it('clears its result when another key is selected', () => {
    expect(operationState(done, id).outcome.state).toBe('done')
    const { outcome, offline, submitted } = operationState(keyChanged(done), id)
    expect([outcome.state, offline.state, submitted]).toEqual(['none', 'none', false])
  })

  it('sends its input, and shows code before there is any', () => {
    const key = keyFor(id)
    const { draft } = operationState(done, id)
    expect(prepareRequest(id, operation, draft, key).errors).toBeUndefined()
    expect(prepareRequest(id, operation, draft, key).code()).not.toHaveLength(0)
    expect(prepareRequest(id, operation, operation.emptyDraft, key).code()).not.toHaveLength(0)
  })

  it('shows errors until it runs', () => {
    const invalid = showErrors(emptyPlayground, call(id))
    expect(operationState(invalid, id).submitted).toBe(true)
    expect(operationState(callStarted(invalid, call(id)), id)).toMatchObject({
      submitted: false,
      outcome: { state: 'running' },
    })
  })

  it('lists its call without input and answer, and announces the result', () => {
    expect(done.history).toMatchObject([{ label: cryptographicLabels[id], keyName: keyFor(id).name }])
    expect(JSON.stringify(done.history)).not.toContain(SECRET)
    const announcement = operation.announce(samples[id].answer, operationState(done, id).draft)
    expect(announcement).toMatch(/\.$/)
    expect(announcement).not.toContain(SECRET)
  })

  it('hands its result and its input to operations that take them', () => {
    const targets = [
      { to: operation.next, carryOver: carriedResult(done, id, keyFor(id)) },
      { to: operation.inputNext, carryOver: carriedInput(done, id) },
    ]
    for (const { to, carryOver } of targets) {
      expect(carryOver === undefined).toBe(to === undefined)
      if (!to || !carryOver) continue
      const before = answered(to)
      const { draft, outcome } = operationState(acceptInput(before, to, carryOver.input), to)
      expect(draft).toMatchObject(carryOver.input)
      expect(outcome.state).toBe('none')
    }
    expect(carriedResult(emptyPlayground, id, keyFor(id))).toBeUndefined()
    expect(carriedInput(emptyPlayground, id)).toBeUndefined()
  })
}

describe.each(cryptographicOperationIds)('%s', rules)
