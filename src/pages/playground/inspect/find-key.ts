/** Search for the key of a ciphertext by trying: which keys are worth a call, in which order, and the calls. */
import { detailsOf, type Reason } from '../../../clouds/errors.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { refusalOf } from '../../../clouds/offered-operations.ts'
import { groupReplicas } from '../../../clouds/replica-groups.ts'
import { formatKeyAddress } from '../../key-address.ts'
import { isWrongCiphertext } from '../operation-error.ts'
import { matchKey, type ParsedCiphertext } from './parse-ciphertext.ts'

export interface Candidate {
  readonly id: string
  readonly key: KmsKey
  /** Whether the length fits another type of key, so that it is tried last. */
  readonly unlikely: boolean
}

export interface BlockedCandidate {
  readonly id: string
  readonly key: KmsKey
  /** Why the key can't decrypt now. */
  readonly refusal: string
}

export interface Candidates {
  /** In the order of trying. */
  readonly candidates: readonly Candidate[]
  /** Keys that could have made the ciphertext, and can't decrypt now. */
  readonly blocked: readonly BlockedCandidate[]
  /** Number of keys that can't have made it. */
  readonly ruledOut: number
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Each key once, where it can decrypt: in its primary before others. */
const onePerKey = (keys: readonly KmsKey[]) =>
  groupReplicas(keys).map((group) => group.find((key) => refusalOf(key, 'decrypt') === undefined) ?? group[0])

/** @param selectedKey tried first, where it is among the candidates */
export function candidatesOf(
  keys: readonly KmsKey[],
  ciphertext: ParsedCiphertext,
  selectedKey: KmsKey | undefined,
): Candidates {
  const distinct = onePerKey(keys)
  const first = selectedKey && formatKeyAddress(addressOf(selectedKey))
  const possible = distinct
    .map((key) => ({ id: formatKeyAddress(addressOf(key)), key, likelihood: matchKey(key, ciphertext).likelihood }))
    .filter(({ likelihood }) => likelihood !== 'no')
    .sort(
      (a, b) =>
        Number(a.likelihood === 'unlikely') - Number(b.likelihood === 'unlikely') ||
        Number(b.id === first) - Number(a.id === first) ||
        Number(b.likelihood === 'likely') - Number(a.likelihood === 'likely') ||
        byName.compare(a.key.name, b.key.name),
    )
  const judged = possible.map((one) => ({ ...one, refusal: refusalOf(one.key, 'decrypt') }))
  return {
    candidates: judged.flatMap(({ id, key, likelihood, refusal }) =>
      refusal === undefined ? [{ id, key, unlikely: likelihood === 'unlikely' }] : [],
    ),
    blocked: judged.flatMap(({ id, key, refusal }) => (refusal === undefined ? [] : [{ id, key, refusal }])),
    ruledOut: distinct.length - possible.length,
  }
}

export type AttemptResult =
  | { readonly state: 'decrypted' }
  | { readonly state: 'wrong-key' }
  /** The provider refused before it looked. */
  | { readonly state: 'refused'; readonly message: string }

export type SearchResult =
  | { readonly state: 'found'; readonly key: KmsKey }
  | { readonly state: 'none' | 'cancelled' }
  /** Failure that every other call would meet as well. */
  | { readonly state: 'stopped'; readonly error: unknown }

/** Calls at the same time: quick without being a burst that a provider slows down. */
const CONCURRENCY = 4

const stopping: ReadonlySet<Reason> = new Set(['rate-limited', 'network', 'gateway', 'read-only'])

interface SearchOptions {
  /** Decrypts with the key and keeps nothing of it; rejects as calls do. */
  readonly attempt: (key: KmsKey, signal: AbortSignal) => Promise<void>
  readonly onResult: (id: string, result: AttemptResult) => void
  readonly signal: AbortSignal
}

/** Tries a few keys at a time, and stops at the first that decrypts the ciphertext. */
export async function tryKeys(
  candidates: readonly Candidate[],
  { attempt, onResult, signal }: SearchOptions,
): Promise<SearchResult> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const queue = candidates.values()
  let result: SearchResult = { state: 'none' }
  const finish = (end: SearchResult) => {
    result = end
    stop.abort()
  }
  const tryOne = async ({ id, key }: Candidate) => {
    try {
      await attempt(key, either)
      if (either.aborted) return
      onResult(id, { state: 'decrypted' })
      finish({ state: 'found', key })
    } catch (error) {
      if (either.aborted) return
      const { reason, message } = detailsOf(error)
      if (isWrongCiphertext(error)) onResult(id, { state: 'wrong-key' })
      else if (stopping.has(reason)) finish({ state: 'stopped', error })
      else onResult(id, { state: 'refused', message })
    }
  }
  const work = async () => {
    for (const candidate of queue) {
      if (either.aborted) return
      await tryOne(candidate)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return signal.aborted ? { state: 'cancelled' } : result
}
