/** The state of the playground, held in memory by the page alone: what is typed, what came of it, what was done this visit. */
import type { OfflineAnswer, OperationAnswers } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { carried } from './carry.ts'
import { type Entry, noEntry, sameEntry } from './entry.ts'
import { isMalformedProof, isWrongCiphertext } from './failure.ts'
import type { PlaygroundOperation } from './operations.ts'
import { nothingTyped, type Typed } from './typed.ts'

export type Outcome<Answer> =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly answer: Answer; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown }

interface Side<Answer> {
  /** The act was tried with what is typed now, so what is wrong with it is said. */
  readonly tried: boolean
  readonly outcome: Outcome<Answer>
}

export interface EncryptSide extends Side<OperationAnswers['encrypt']> {
  readonly plaintext: Entry
  readonly context: Typed
  /** Undefined is the latest. */
  readonly version: number | undefined
}

export interface DecryptSide extends Side<OperationAnswers['decrypt']> {
  readonly ciphertext: string
  readonly context: Typed
}

/** The key that a ciphertext is made anew for. */
export interface Destination {
  readonly id: string
  readonly name: string
}

export interface ReEncryptSide extends Side<OperationAnswers['reEncrypt']> {
  readonly ciphertext: string
  readonly context: Typed
  /** Undefined is the newest version of the chosen key itself. */
  readonly destination: Destination | undefined
  readonly destinationContext: Typed
}

export interface DataKeySide extends Side<OperationAnswers['dataKey']> {
  readonly size: 'standard' | 'chosen'
  /** As typed; counts where the size is chosen. */
  readonly bytes: string
  readonly context: Typed
}

/** Makes a signature or an HMAC. */
export interface MakeSide<Answer = unknown> extends Side<Answer> {
  readonly message: Entry
  /** By the cloud's name; undefined, or one that the key doesn't have, is the key's default. */
  readonly hash: string | undefined
  /** The message is its digest. Only for signatures, and only where the key has a hash to choose. */
  readonly prehashed: boolean
  /** Undefined is the latest. */
  readonly version: number | undefined
}

/** Checks a signature or an HMAC. */
export interface CheckSide<Answer = unknown> extends Side<Answer> {
  readonly message: Entry
  readonly hash: string | undefined
  readonly proof: string
}

export interface VerifySide extends CheckSide<OperationAnswers['verify']> {
  /** The same, checked in the browser. */
  readonly offline: Outcome<OfflineAnswer>
}

/** Whatever takes time and has an outcome. */
export type CallId = PlaygroundOperation | 'verifyOffline'

/** One line of "This visit". Holds nothing that was typed or answered. */
export interface Visited {
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

export interface Bench {
  readonly encrypt: EncryptSide
  readonly decrypt: DecryptSide
  readonly reEncrypt: ReEncryptSide
  readonly dataKey: DataKeySide
  readonly sign: MakeSide<OperationAnswers['sign']>
  readonly verify: VerifySide
  readonly hmac: MakeSide<OperationAnswers['hmac']>
  readonly verifyHmac: CheckSide<OperationAnswers['verifyHmac']>
  /** The latest first. */
  readonly visited: readonly Visited[]
}

const none = { state: 'none' } as const
const fresh = { tried: false, outcome: none } as const
const make = { ...fresh, message: noEntry, hash: undefined, prehashed: false, version: undefined }
const check = { ...fresh, message: noEntry, hash: undefined, proof: '' }

export const emptyBench: Bench = {
  encrypt: { ...fresh, plaintext: noEntry, context: nothingTyped, version: undefined },
  decrypt: { ...fresh, ciphertext: '', context: nothingTyped },
  reEncrypt: {
    ...fresh,
    ciphertext: '',
    context: nothingTyped,
    destination: undefined,
    destinationContext: nothingTyped,
  },
  dataKey: { ...fresh, size: 'standard', bytes: '', context: nothingTyped },
  sign: make,
  verify: { ...check, offline: none },
  hmac: make,
  verifyHmac: check,
  visited: [],
}

/** When a call ended, and how long it took. */
export interface Ended {
  readonly key: KmsKey
  readonly at: number
  readonly milliseconds: number
}

/** What of a side is typed or chosen. */
type Typing<S> = Partial<Omit<S, 'tried' | 'outcome' | 'offline'>>

type Edit = {
  readonly [Id in PlaygroundOperation]: {
    readonly type: 'edit'
    readonly operation: Id
    readonly change: Typing<Bench[Id]>
  }
}[PlaygroundOperation]

export interface AnsweredBy<Id extends PlaygroundOperation> {
  readonly type: 'answered'
  readonly operation: Id
  readonly answer: OperationAnswers[Id]
}

interface AnsweredOffline {
  readonly type: 'answered'
  readonly operation: 'verifyOffline'
  readonly answer: OfflineAnswer
}

export type Answered = AnsweredBy<PlaygroundOperation> | AnsweredOffline

export type BenchAction =
  | Edit
  | { readonly type: 'tried'; readonly operation: CallId }
  | { readonly type: 'started'; readonly operation: CallId }
  | (Answered & Ended)
  | ({ readonly type: 'failed'; readonly operation: CallId; readonly error: unknown } & Ended)
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

const listed = (bench: Bench, line: Omit<Visited, 'id'>): readonly Visited[] => [
  { id: (bench.visited[0]?.id ?? 0) + 1, ...line },
  ...bench.visited,
]

const visit = (
  bench: Bench,
  { key, at, milliseconds }: Ended,
  rest: Pick<Visited, 'operation' | 'version' | 'to' | 'failure' | 'matches'>,
) => listed(bench, { at, keyName: key.name, milliseconds, ...rest })

/** Another encoding of the same bytes keeps the result; any other change takes it away, so that none stands beside new input. */
function keepsResult(bench: Bench, { operation, change }: Edit): boolean {
  const names = Object.keys(change)
  if (names.length !== 1) return false
  if (operation === 'encrypt') return !!change.plaintext && sameEntry(bench.encrypt.plaintext, change.plaintext)
  if (operation === 'decrypt' || operation === 'reEncrypt' || operation === 'dataKey') return false
  return !!change.message && sameEntry(bench[operation].message, change.message)
}

function edited(bench: Bench, action: Edit): Bench {
  const { operation, change } = action
  const cleared = keepsResult(bench, action)
    ? {}
    : { outcome: none, ...(operation === 'verify' ? { offline: none } : {}) }
  return { ...bench, [operation]: { ...bench[operation], ...change, ...cleared } }
}

/** Sets the outcome of one call, and takes no other away. */
function withOutcome(bench: Bench, operation: CallId, outcome: Outcome<unknown>, tried: boolean): Bench {
  return operation === 'verifyOffline'
    ? { ...bench, verify: { ...bench.verify, tried, offline: outcome as VerifySide['offline'] } }
    : { ...bench, [operation]: { ...bench[operation], tried, outcome } }
}

function failureWords(operation: CallId, error: unknown): string {
  if (isWrongCiphertext(operation, error)) return 'not its ciphertext'
  if (isMalformedProof(operation, error)) return 'malformed'
  return detailsOf(error).message
}

function answerWords(answer: Answered['answer']): Pick<Visited, 'version' | 'matches' | 'failure'> {
  if ('malformed' in answer) return { failure: 'malformed' }
  if ('unsupported' in answer) return { failure: 'not possible in this browser' }
  return {
    ...('keyVersion' in answer && answer.keyVersion !== undefined ? { version: answer.keyVersion } : {}),
    ...('valid' in answer ? { matches: answer.valid } : {}),
  }
}

/** What is typed can't have changed since the call went out: an edit gives it up. */
const madeFor = ({ reEncrypt: { destination } }: Bench, operation: CallId): Pick<Visited, 'to'> =>
  operation === 'reEncrypt' && destination ? { to: destination.name } : {}

const keyChanged = (bench: Bench): Bench => ({
  ...bench,
  encrypt: { ...bench.encrypt, ...fresh, version: undefined },
  decrypt: { ...bench.decrypt, ...fresh },
  reEncrypt: { ...bench.reEncrypt, ...fresh, destination: undefined },
  dataKey: { ...bench.dataKey, ...fresh },
  sign: { ...bench.sign, ...fresh, version: undefined },
  verify: { ...bench.verify, ...fresh, offline: none },
  hmac: { ...bench.hmac, ...fresh, version: undefined },
  verifyHmac: { ...bench.verifyHmac, ...fresh },
})

export function benchReducer(bench: Bench, action: BenchAction): Bench {
  switch (action.type) {
    case 'edit':
      return edited(bench, action)
    case 'tried':
      return withOutcome(bench, action.operation, none, true)
    case 'started':
      return withOutcome(bench, action.operation, { state: 'running' }, false)
    case 'answered': {
      const { operation, answer, milliseconds } = action
      const visited = visit(bench, action, { operation, ...madeFor(bench, operation), ...answerWords(answer) })
      return withOutcome({ ...bench, visited }, operation, { state: 'done', answer, milliseconds }, false)
    }
    case 'failed': {
      const { operation, error } = action
      const visited = visit(bench, action, { operation, failure: failureWords(operation, error) })
      return withOutcome({ ...bench, visited }, operation, { state: 'failed', error }, false)
    }
    case 'carry':
      return carried(bench, action)
    case 'searched': {
      const { type: _, ...line } = action
      return { ...bench, visited: listed(bench, { ...line, operation: 'findKey' }) }
    }
    case 'keyChanged':
      return keyChanged(bench)
    case 'clearVisited':
      return { ...bench, visited: [] }
    case 'clearAll':
      return emptyBench
  }
}
