/** The state of the playground, held in memory by the page alone: what is typed, what came of it, what was done this visit. */
import type { OperationAnswers } from '../../clouds/cloud.ts'
import { detailsOf } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { isWrongCiphertext } from './failure.ts'
import { noPlaintext, type Plaintext, samePlaintext } from './plaintext.ts'
import { nothingTyped, type Typed, typedFrom } from './typed.ts'
import type { PlaygroundOperation } from './view.ts'

export type Outcome<Answer> =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly answer: Answer; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown }

interface Side<Answer> {
  readonly context: Typed
  /** The act was tried with what is typed now, so what is wrong with it is said. */
  readonly tried: boolean
  readonly outcome: Outcome<Answer>
}

export interface EncryptSide extends Side<OperationAnswers['encrypt']> {
  readonly plaintext: Plaintext
  /** Undefined is the latest. */
  readonly version: number | undefined
}

export interface DecryptSide extends Side<OperationAnswers['decrypt']> {
  readonly ciphertext: string
}

/** One line of "This visit". Holds nothing that was typed or answered. */
export interface Visited {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly operation: PlaygroundOperation
  readonly keyName: string
  readonly version?: number
  readonly milliseconds: number
  /** What went wrong, in a few words; absent when it went well. */
  readonly failure?: string
}

export interface Bench {
  readonly encrypt: EncryptSide
  readonly decrypt: DecryptSide
  /** The latest first. */
  readonly visited: readonly Visited[]
}

const side = { context: nothingTyped, tried: false, outcome: { state: 'none' } } as const

export const emptyBench: Bench = {
  encrypt: { ...side, plaintext: noPlaintext, version: undefined },
  decrypt: { ...side, ciphertext: '' },
  visited: [],
}

/** When a call ended, and how long it took. */
export interface Ended {
  readonly key: KmsKey
  readonly at: number
  readonly milliseconds: number
}

export type BenchAction =
  | { readonly type: 'editEncrypt'; readonly change: Partial<Pick<EncryptSide, 'plaintext' | 'context' | 'version'>> }
  | { readonly type: 'editDecrypt'; readonly change: Partial<Pick<DecryptSide, 'ciphertext' | 'context'>> }
  | { readonly type: 'tried'; readonly operation: PlaygroundOperation }
  | { readonly type: 'started'; readonly operation: PlaygroundOperation }
  | ({ readonly type: 'encrypted'; readonly answer: OperationAnswers['encrypt'] } & Ended)
  | ({ readonly type: 'decrypted'; readonly answer: OperationAnswers['decrypt'] } & Ended)
  | ({ readonly type: 'failed'; readonly operation: PlaygroundOperation; readonly error: unknown } & Ended)
  | { readonly type: 'useInDecrypt' | 'useInEncrypt' | 'keyChanged' | 'clearAll' | 'clearVisited' }

const none = { state: 'none' } as const

const visit = (
  bench: Bench,
  { key, at, milliseconds }: Ended,
  rest: Pick<Visited, 'operation' | 'version' | 'failure'>,
) => [{ id: (bench.visited[0]?.id ?? 0) + 1, at, keyName: key.name, milliseconds, ...rest }, ...bench.visited]

const versionOf = ({ keyVersion }: { keyVersion?: number }) => (keyVersion === undefined ? {} : { version: keyVersion })

/** Another encoding of the same bytes keeps the result; any other change takes it away, so that none stands beside new input. */
const keepsResult = (before: EncryptSide, { plaintext, ...others }: Partial<EncryptSide>) =>
  plaintext !== undefined && Object.keys(others).length === 0 && samePlaintext(before.plaintext, plaintext)

function failed(bench: Bench, action: Extract<BenchAction, { type: 'failed' }>): Bench {
  const { operation, error } = action
  const outcome = { state: 'failed', error } as const
  const failure = isWrongCiphertext(operation, error) ? 'not its ciphertext' : detailsOf(error).message
  const visited = visit(bench, action, { operation, failure })
  return operation === 'encrypt'
    ? { ...bench, visited, encrypt: { ...bench.encrypt, outcome } }
    : { ...bench, visited, decrypt: { ...bench.decrypt, outcome } }
}

function ended(bench: Bench, action: Extract<BenchAction, { type: 'encrypted' | 'decrypted' }>): Bench {
  const { milliseconds } = action
  if (action.type === 'encrypted') {
    const visited = visit(bench, action, { operation: 'encrypt', ...versionOf(action.answer) })
    return {
      ...bench,
      visited,
      encrypt: { ...bench.encrypt, outcome: { state: 'done', answer: action.answer, milliseconds } },
    }
  }
  const visited = visit(bench, action, { operation: 'decrypt', ...versionOf(action.answer) })
  return {
    ...bench,
    visited,
    decrypt: { ...bench.decrypt, outcome: { state: 'done', answer: action.answer, milliseconds } },
  }
}

function set(
  bench: Bench,
  operation: PlaygroundOperation,
  change: { tried: boolean; outcome: { state: 'none' | 'running' } },
) {
  return operation === 'encrypt'
    ? { ...bench, encrypt: { ...bench.encrypt, ...change } }
    : { ...bench, decrypt: { ...bench.decrypt, ...change } }
}

function carried(bench: Bench, to: PlaygroundOperation): Bench {
  const { encrypt, decrypt } = bench
  if (to === 'decrypt' && encrypt.outcome.state === 'done') {
    const { ciphertext } = encrypt.outcome.answer
    return { ...bench, decrypt: { ...side, context: encrypt.context, ciphertext } }
  }
  if (to === 'encrypt' && decrypt.outcome.state === 'done') {
    const typed = typedFrom(decrypt.outcome.answer.plaintext)
    return {
      ...bench,
      encrypt: { ...side, context: decrypt.context, plaintext: { from: 'typed', typed }, version: encrypt.version },
    }
  }
  return bench
}

export function benchReducer(bench: Bench, action: BenchAction): Bench {
  const { encrypt, decrypt } = bench
  switch (action.type) {
    case 'editEncrypt':
      return {
        ...bench,
        encrypt: {
          ...encrypt,
          ...action.change,
          ...(keepsResult(encrypt, action.change) ? {} : { outcome: none }),
        },
      }
    case 'editDecrypt':
      return { ...bench, decrypt: { ...decrypt, ...action.change, outcome: none } }
    case 'tried':
      return set(bench, action.operation, { tried: true, outcome: none })
    case 'started':
      return set(bench, action.operation, { tried: false, outcome: { state: 'running' } })
    case 'encrypted':
    case 'decrypted':
      return ended(bench, action)
    case 'failed':
      return failed(bench, action)
    case 'useInDecrypt':
      return carried(bench, 'decrypt')
    case 'useInEncrypt':
      return carried(bench, 'encrypt')
    case 'keyChanged':
      return {
        ...bench,
        encrypt: { ...encrypt, version: undefined, tried: false, outcome: none },
        decrypt: { ...decrypt, tried: false, outcome: none },
      }
    case 'clearVisited':
      return { ...bench, visited: [] }
    case 'clearAll':
      return emptyBench
  }
}
