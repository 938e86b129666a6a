/** State of the playground, held in memory by the page alone: draft and outcome of each operation, and the history. */
import type { OfflineAnswer } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import {
  type CryptographicOperation,
  cryptographicLabels,
  cryptographicOperationIds,
  type OperationAnswers,
} from '../../clouds/operations.ts'
import type { CarriedInput, CarryOver, Outcome } from './operation.ts'
import { type Drafts, registry } from './operations/registry.ts'

export interface OperationState<Draft, Answer> {
  readonly draft: Draft
  /** Whether a request was tried with an invalid draft, so that its errors are shown. */
  readonly submitted: boolean
  readonly outcome: Outcome<Answer>
  /** Outcome of the same check in the browser. */
  readonly offline: Outcome<OfflineAnswer>
}

type StateOf<Id extends CryptographicOperation> = OperationState<Drafts[Id], OperationAnswers[Id]>

/** One line of the history. Holds nothing that was typed or answered. */
export interface HistoryEntry {
  readonly id: number
  /** Id of the request in the list of requests; absent where none was sent, or several. */
  readonly request?: number | undefined
  /** Name of the operation: "Verify offline". */
  readonly label: string
  /** Name of the key; empty where a search found none. */
  readonly keyName: string
  /** Number of keys that a search tried. */
  readonly tried?: number
  readonly version?: number
  /** Name of the other key or version that the request was for. */
  readonly target?: string
  readonly milliseconds: number
  /** Result of a verification. */
  readonly matches?: boolean
  /** What went wrong, in a few words; absent after a success. */
  readonly failure?: string
}

export interface PlaygroundState {
  /** Operations that were used; the others have their empty draft. */
  readonly operations: { readonly [Id in CryptographicOperation]?: StateOf<Id> }
  /** The latest first. */
  readonly history: readonly HistoryEntry[]
}

export const emptyPlayground: PlaygroundState = { operations: {}, history: [] }

const noOutcome = { state: 'none' } as const
const notRun = { submitted: false, outcome: noOutcome, offline: noOutcome } as const

export function operationState<Id extends CryptographicOperation>(
  { operations }: PlaygroundState,
  id: Id,
): StateOf<Id> {
  return operations[id] ?? { ...notRun, draft: registry[id].emptyDraft }
}

const withOperation = <Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
  change: Partial<StateOf<Id>>,
): PlaygroundState => ({
  ...state,
  operations: { ...state.operations, [id]: { ...operationState(state, id), ...change } },
})

/** Changes a draft. Its results go, unless they are results of the changed draft too. */
export function editDraft<Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
  edit: (draft: Drafts[Id]) => Drafts[Id],
): PlaygroundState {
  const before = operationState(state, id).draft
  const draft = edit(before)
  const keepsResult = registry[id].sameInput?.(before, draft) ?? false
  return withOperation(state, id, keepsResult ? { draft } : { draft, outcome: noOutcome, offline: noOutcome })
}

/** Gives an operation the input that another hands over; results of its former input go. */
export function acceptInput<Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
  input: CarriedInput,
): PlaygroundState {
  const { draft } = operationState(state, id)
  return withOperation(state, id, { ...notRun, draft: registry[id].accept?.(input, draft) ?? draft })
}

/** Clears what belongs to the former key, results first of all; what was typed stays. */
export const keyChanged = (state: PlaygroundState): PlaygroundState =>
  cryptographicOperationIds.reduce(resetForKey, state)

function resetForKey<Id extends CryptographicOperation>(state: PlaygroundState, id: Id): PlaygroundState {
  const { draft } = operationState(state, id)
  return withOperation(state, id, { ...notRun, draft: registry[id].forOtherKey?.(draft) ?? draft })
}

/** A call to the provider, or the same check in the browser. */
export interface Call {
  readonly id: CryptographicOperation
  readonly offline: boolean
}

const withOutcome = (
  state: PlaygroundState,
  { id, offline }: Call,
  outcome: Outcome<never>,
  submitted: boolean,
): PlaygroundState => withOperation(state, id, offline ? { submitted, offline: outcome } : { submitted, outcome })

/** Shows the errors of a draft that can't be sent. */
export const showErrors = (state: PlaygroundState, call: Call): PlaygroundState =>
  withOutcome(state, call, noOutcome, true)

export const callStarted = (state: PlaygroundState, call: Call): PlaygroundState =>
  withOutcome(state, call, { state: 'running' }, false)

/** Key of a call, its request, and how long it took. */
export interface EndedCall {
  readonly key: KmsKey
  readonly request?: number | undefined
  readonly milliseconds: number
}

/** Entries that are kept: all requests are in the list of requests. */
const MAX_HISTORY = 10

const withHistory = (state: PlaygroundState, entry: Omit<HistoryEntry, 'id'>): PlaygroundState => ({
  ...state,
  history: [{ id: (state.history[0]?.id ?? 0) + 1, ...entry }, ...state.history].slice(0, MAX_HISTORY),
})

const withCall = (
  state: PlaygroundState,
  { id, offline }: Call,
  { key, request, milliseconds }: EndedCall,
  result: Pick<HistoryEntry, 'version' | 'target' | 'matches' | 'failure'>,
): PlaygroundState => {
  const label = cryptographicLabels[id]
  return withHistory(state, {
    ...(request === undefined ? {} : { request }),
    label: offline ? `${label} offline` : label,
    keyName: key.name,
    milliseconds,
    ...result,
  })
}

function summarizeAnswer(answer: OperationAnswers[CryptographicOperation] | OfflineAnswer) {
  if ('malformed' in answer) return { failure: 'malformed' }
  if ('unsupported' in answer) return { failure: 'not possible in this browser' }
  return {
    ...('keyVersion' in answer && answer.keyVersion !== undefined ? { version: answer.keyVersion } : {}),
    ...('valid' in answer ? { matches: answer.valid } : {}),
  }
}

export function callSucceeded<Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
  answer: OperationAnswers[Id],
  ended: EndedCall,
): PlaygroundState {
  // The draft is the one that was sent: an edit aborts the call.
  const target = registry[id].target?.(operationState(state, id).draft)
  const listed = withCall(state, { id, offline: false }, ended, {
    ...(target === undefined ? {} : { target }),
    ...summarizeAnswer(answer),
  })
  const { milliseconds } = ended
  return withOperation(listed, id, { submitted: false, outcome: { state: 'done', answer, milliseconds } })
}

export function offlineCheckEnded(
  state: PlaygroundState,
  id: CryptographicOperation,
  answer: OfflineAnswer,
  ended: EndedCall,
): PlaygroundState {
  const listed = withCall(state, { id, offline: true }, ended, summarizeAnswer(answer))
  const { milliseconds } = ended
  return withOperation(listed, id, { submitted: false, offline: { state: 'done', answer, milliseconds } })
}

export function callFailed(state: PlaygroundState, call: Call, error: unknown, ended: EndedCall): PlaygroundState {
  const failure = registry[call.id].explainError?.(error, ended.key)?.summary ?? detailsOf(error).message
  return withOutcome(withCall(state, call, ended, { failure }), call, { state: 'failed', error }, false)
}

/** Lists a search for the key of a ciphertext. */
export const searchEnded = (
  state: PlaygroundState,
  search: Pick<HistoryEntry, 'keyName' | 'tried' | 'request' | 'milliseconds'>,
): PlaygroundState => withHistory(state, { label: 'Find key', ...search })

export const clearHistory = (state: PlaygroundState): PlaygroundState => ({ ...state, history: [] })

/** Result of an operation as input of the next; undefined while there is none. */
export function carriedResult<Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
  key: KmsKey,
): CarryOver | undefined {
  const { draft, outcome } = operationState(state, id)
  return outcome.state === 'done' ? registry[id].carryOver?.(outcome.answer, draft, key) : undefined
}

/** Input of an operation as input of another; undefined while there is none. */
export function carriedInput<Id extends CryptographicOperation>(state: PlaygroundState, id: Id): CarryOver | undefined {
  const carried = registry[id].carryInputOver?.(operationState(state, id).draft)
  return carried && 'input' in carried ? carried : undefined
}

/** Ciphertext on an operation's form: its input, else its result. */
export function inspectedCiphertext<Id extends CryptographicOperation>(
  state: PlaygroundState,
  id: Id,
): string | undefined {
  const { draft, outcome } = operationState(state, id)
  const { pasted, made } = registry[id]
  return pasted?.(draft).ciphertext ?? (outcome.state === 'done' ? made?.(outcome.answer) : undefined)
}
