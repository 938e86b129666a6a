/** The state of the playground, held in memory by the page alone: what is typed, what came of it, what was done this visit. */
import type { OfflineAnswer, OperationAnswers } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { PlaygroundOperation } from '../shared/operations.ts'
import { carryOver } from './carry-over.ts'
import { type BytesInput, emptyBytesInput, sameBytes } from './fields/bytes-input.ts'
import { type EncodedText, emptyText } from './fields/encoded-text.ts'
import { isMalformedSignature, isWrongCiphertext } from './operation-error.ts'

export type Outcome<Answer> =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly answer: Answer; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown }

interface OperationState<Answer> {
  /** The act was tried with what is typed now, so what is wrong with it is said. */
  readonly tried: boolean
  readonly outcome: Outcome<Answer>
}

export interface EncryptState extends OperationState<OperationAnswers['encrypt']> {
  readonly plaintext: BytesInput
  readonly context: EncodedText
  /** Undefined is the latest. */
  readonly version: number | undefined
}

export interface DecryptState extends OperationState<OperationAnswers['decrypt']> {
  readonly ciphertext: string
  readonly context: EncodedText
}

/** The key that a ciphertext is made anew for. */
export interface Destination {
  readonly id: string
  readonly name: string
}

export interface ReEncryptState extends OperationState<OperationAnswers['reEncrypt']> {
  readonly ciphertext: string
  readonly context: EncodedText
  /** Undefined is the newest version of the chosen key itself. */
  readonly destination: Destination | undefined
  readonly destinationContext: EncodedText
}

export interface DataKeyState extends OperationState<OperationAnswers['dataKey']> {
  readonly size: 'standard' | 'chosen'
  /** As typed; counts where the size is chosen. */
  readonly bytes: string
  readonly context: EncodedText
}

/** Makes a signature or an HMAC. */
export interface SignState<Answer = unknown> extends OperationState<Answer> {
  readonly message: BytesInput
  /** By the cloud's name; undefined, or one that the key doesn't have, is the key's default. */
  readonly hash: string | undefined
  /** The message is its digest. Only for signatures, and only where the key has a hash to choose. */
  readonly prehashed: boolean
  /** Undefined is the latest. */
  readonly version: number | undefined
}

/** Checks a signature or an HMAC. */
export interface VerifyState<Answer = unknown> extends OperationState<Answer> {
  readonly message: BytesInput
  readonly hash: string | undefined
  readonly proof: string
}

export interface SignatureVerifyState extends VerifyState<OperationAnswers['verify']> {
  /** The same, checked in the browser. */
  readonly offline: Outcome<OfflineAnswer>
}

/** Whatever takes time and has an outcome. */
export type CallId = PlaygroundOperation | 'verifyOffline'

/** One line of "This visit". Holds nothing that was typed or answered. */
export interface HistoryEntry {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly operation: CallId | 'findKey'
  /** Of the key that was found, where one was looked for. */
  readonly keyName: string
  /** How many keys were tried to find it. */
  readonly tried?: number
  readonly version?: number
  /** The name of the other key that a ciphertext was made anew for. */
  readonly to?: string
  readonly milliseconds: number
  /** What a check found. */
  readonly matches?: boolean
  /** What went wrong, in a few words; absent when it went well. */
  readonly failure?: string
}

export interface PlaygroundState {
  readonly encrypt: EncryptState
  readonly decrypt: DecryptState
  readonly reEncrypt: ReEncryptState
  readonly dataKey: DataKeyState
  readonly sign: SignState<OperationAnswers['sign']>
  readonly verify: SignatureVerifyState
  readonly hmac: SignState<OperationAnswers['hmac']>
  readonly verifyHmac: VerifyState<OperationAnswers['verifyHmac']>
  /** The latest first. */
  readonly visited: readonly HistoryEntry[]
}

const noResult = { state: 'none' } as const
const notRun = { tried: false, outcome: noResult } as const
const emptySignState = { ...notRun, message: emptyBytesInput, hash: undefined, prehashed: false, version: undefined }
const emptyVerifyState = { ...notRun, message: emptyBytesInput, hash: undefined, proof: '' }

export const emptyPlayground: PlaygroundState = {
  encrypt: { ...notRun, plaintext: emptyBytesInput, context: emptyText, version: undefined },
  decrypt: { ...notRun, ciphertext: '', context: emptyText },
  reEncrypt: {
    ...notRun,
    ciphertext: '',
    context: emptyText,
    destination: undefined,
    destinationContext: emptyText,
  },
  dataKey: { ...notRun, size: 'standard', bytes: '', context: emptyText },
  sign: emptySignState,
  verify: { ...emptyVerifyState, offline: noResult },
  hmac: emptySignState,
  verifyHmac: emptyVerifyState,
  visited: [],
}

/** When a call ended, and how long it took. */
export interface Timing {
  readonly key: KmsKey
  readonly at: number
  readonly milliseconds: number
}

/** What of a side is typed or chosen. */
type InputOf<S> = Partial<Omit<S, 'tried' | 'outcome' | 'offline'>>

type Edit = {
  readonly [Id in PlaygroundOperation]: {
    readonly type: 'edit'
    readonly operation: Id
    readonly change: InputOf<PlaygroundState[Id]>
  }
}[PlaygroundOperation]

export interface OperationResult<Id extends PlaygroundOperation> {
  readonly type: 'answered'
  readonly operation: Id
  readonly answer: OperationAnswers[Id]
}

interface OfflineVerifyResult {
  readonly type: 'answered'
  readonly operation: 'verifyOffline'
  readonly answer: OfflineAnswer
}

export type CallResult = OperationResult<PlaygroundOperation> | OfflineVerifyResult

export type PlaygroundAction =
  | Edit
  | { readonly type: 'tried'; readonly operation: CallId }
  | { readonly type: 'started'; readonly operation: CallId }
  | (CallResult & Timing)
  | ({ readonly type: 'failed'; readonly operation: CallId; readonly error: unknown } & Timing)
  /** The result goes where it can be used. `digest`: what was signed is a digest. */
  | {
      readonly type: 'carry'
      readonly from: PlaygroundOperation
      readonly to: PlaygroundOperation
      readonly digest: boolean
    }
  /** The key of a ciphertext was looked for. */
  | {
      readonly type: 'searched'
      readonly keyName: string
      readonly tried: number
      readonly at: number
      readonly milliseconds: number
    }
  | { readonly type: 'keyChanged' | 'clearAll' | 'clearVisited' }

const withHistoryEntry = (bench: PlaygroundState, line: Omit<HistoryEntry, 'id'>): readonly HistoryEntry[] => [
  { id: (bench.visited[0]?.id ?? 0) + 1, ...line },
  ...bench.visited,
]

const withCallInHistory = (
  bench: PlaygroundState,
  { key, at, milliseconds }: Timing,
  rest: Pick<HistoryEntry, 'operation' | 'version' | 'to' | 'failure' | 'matches'>,
) => withHistoryEntry(bench, { at, keyName: key.name, milliseconds, ...rest })

/** Another encoding of the same bytes keeps the result; any other change takes it away, so that none stands beside new input. */
function keepsResult(bench: PlaygroundState, { operation, change }: Edit): boolean {
  const names = Object.keys(change)
  if (names.length !== 1) return false
  if (operation === 'encrypt') return !!change.plaintext && sameBytes(bench.encrypt.plaintext, change.plaintext)
  if (operation === 'decrypt' || operation === 'reEncrypt' || operation === 'dataKey') return false
  return !!change.message && sameBytes(bench[operation].message, change.message)
}

function withEdit(bench: PlaygroundState, action: Edit): PlaygroundState {
  const { operation, change } = action
  const cleared = keepsResult(bench, action)
    ? {}
    : { outcome: noResult, ...(operation === 'verify' ? { offline: noResult } : {}) }
  return { ...bench, [operation]: { ...bench[operation], ...change, ...cleared } }
}

/** Sets the outcome of one call, and takes no other away. */
function withOutcome(
  bench: PlaygroundState,
  operation: CallId,
  outcome: Outcome<unknown>,
  tried: boolean,
): PlaygroundState {
  return operation === 'verifyOffline'
    ? { ...bench, verify: { ...bench.verify, tried, offline: outcome as SignatureVerifyState['offline'] } }
    : { ...bench, [operation]: { ...bench[operation], tried, outcome } }
}

function describeFailure(operation: CallId, error: unknown): string {
  if (isWrongCiphertext(operation, error)) return 'not its ciphertext'
  if (isMalformedSignature(operation, error)) return 'malformed'
  return detailsOf(error).message
}

function summarizeAnswer(answer: CallResult['answer']): Pick<HistoryEntry, 'version' | 'matches' | 'failure'> {
  if ('malformed' in answer) return { failure: 'malformed' }
  if ('unsupported' in answer) return { failure: 'not possible in this browser' }
  return {
    ...('keyVersion' in answer && answer.keyVersion !== undefined ? { version: answer.keyVersion } : {}),
    ...('valid' in answer ? { matches: answer.valid } : {}),
  }
}

/** What is typed can't have changed since the call went out: an edit gives it up. */
const destinationOf = ({ reEncrypt: { destination } }: PlaygroundState, operation: CallId): Pick<HistoryEntry, 'to'> =>
  operation === 'reEncrypt' && destination ? { to: destination.name } : {}

const keyChanged = (bench: PlaygroundState): PlaygroundState => ({
  ...bench,
  encrypt: { ...bench.encrypt, ...notRun, version: undefined },
  decrypt: { ...bench.decrypt, ...notRun },
  reEncrypt: { ...bench.reEncrypt, ...notRun, destination: undefined },
  dataKey: { ...bench.dataKey, ...notRun },
  sign: { ...bench.sign, ...notRun, version: undefined },
  verify: { ...bench.verify, ...notRun, offline: noResult },
  hmac: { ...bench.hmac, ...notRun, version: undefined },
  verifyHmac: { ...bench.verifyHmac, ...notRun },
})

export function playgroundReducer(bench: PlaygroundState, action: PlaygroundAction): PlaygroundState {
  switch (action.type) {
    case 'edit':
      return withEdit(bench, action)
    case 'tried':
      return withOutcome(bench, action.operation, noResult, true)
    case 'started':
      return withOutcome(bench, action.operation, { state: 'running' }, false)
    case 'answered': {
      const { operation, answer, milliseconds } = action
      const visited = withCallInHistory(bench, action, {
        operation,
        ...destinationOf(bench, operation),
        ...summarizeAnswer(answer),
      })
      return withOutcome({ ...bench, visited }, operation, { state: 'done', answer, milliseconds }, false)
    }
    case 'failed': {
      const { operation, error } = action
      const visited = withCallInHistory(bench, action, { operation, failure: describeFailure(operation, error) })
      return withOutcome({ ...bench, visited }, operation, { state: 'failed', error }, false)
    }
    case 'carry':
      return carryOver(bench, action)
    case 'searched': {
      const { type: _, ...line } = action
      return { ...bench, visited: withHistoryEntry(bench, { ...line, operation: 'findKey' }) }
    }
    case 'keyChanged':
      return keyChanged(bench)
    case 'clearVisited':
      return { ...bench, visited: [] }
    case 'clearAll':
      return emptyPlayground
  }
}
