/** Looks for the key of a ciphertext by trying: which keys are worth a try, in which order, and the tries themselves. */
import { detailsOf, type Reason } from '../../../clouds/errors.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { refusalOf } from '../../shared/operations.ts'
import { isWrongCiphertext } from '../operation-error.ts'
import { addressText } from '../playground-url.ts'
import { matchKey, type ParsedCiphertext } from './parse-ciphertext.ts'

export interface Candidate {
  readonly id: string
  readonly key: KmsKey
  /** By its length the ciphertext is of another type of key, so it comes last. */
  readonly unlikely: boolean
}

export interface BlockedCandidate {
  readonly id: string
  readonly key: KmsKey
  /** Why it can't be tried now. */
  readonly why: string
}

export interface Candidates {
  /** In the order of trying. */
  readonly tries: readonly Candidate[]
  /** They could have made it, and can't decrypt now. */
  readonly refused: readonly BlockedCandidate[]
  /** Keys that can't have made it. */
  readonly ruledOut: number
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** A key that several locations hold has the same material in each, so one of them is tried: one that can, the primary first. */
function onePerKey(keys: readonly KmsKey[]): KmsKey[] {
  const rank = (key: KmsKey) =>
    (refusalOf(key, 'decrypt') === undefined ? 0 : 2) + (key.traits.includes('replica') ? 1 : 0)
  const places = Map.groupBy(keys, (key) =>
    key.traits.includes('replica') || key.traits.includes('multi-zone')
      ? `${key.cloud}/${key.id}`
      : addressText(addressOf(key)),
  )
  return [...places.values()].flatMap((same) => same.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1))
}

/** @param chosen tried first, where it is among them */
export function candidatesOf(
  keys: readonly KmsKey[],
  ciphertext: ParsedCiphertext,
  chosen: KmsKey | undefined,
): Candidates {
  const distinct = onePerKey(keys)
  const first = chosen && addressText(addressOf(chosen))
  const possible = distinct
    .map((key) => ({ id: addressText(addressOf(key)), key, could: matchKey(key, ciphertext).could }))
    .filter(({ could }) => could !== 'no')
    .sort(
      (a, b) =>
        Number(a.could !== 'yes') - Number(b.could !== 'yes') ||
        Number(b.id === first) - Number(a.id === first) ||
        byName.compare(a.key.name, b.key.name),
    )
  const judged = possible.map((one) => ({ ...one, why: refusalOf(one.key, 'decrypt') }))
  return {
    tries: judged.flatMap(({ id, key, could, why }) =>
      why === undefined ? [{ id, key, unlikely: could === 'unlikely' }] : [],
    ),
    refused: judged.flatMap(({ id, key, why }) => (why === undefined ? [] : [{ id, key, why }])),
    ruledOut: distinct.length - possible.length,
  }
}

export type AttemptResult =
  | { readonly state: 'opened' }
  | { readonly state: 'closed' }
  /** The cloud refused before it looked. */
  | { readonly state: 'untried'; readonly why: string }

export type SearchResult =
  | { readonly state: 'found'; readonly key: KmsKey }
  | { readonly state: 'none' | 'cancelled' }
  /** What would stop every other try as well. */
  | { readonly state: 'stopped'; readonly error: unknown }

/** Calls at the same time: quick without being a burst that a cloud slows down. */
const CONCURRENCY = 4

const stopping: ReadonlySet<Reason> = new Set(['rate-limited', 'network', 'gateway', 'read-only'])

interface SearchOptions {
  /** Decrypts with the key and keeps nothing of it; rejects as calls do. */
  readonly attempt: (key: KmsKey, signal: AbortSignal) => Promise<void>
  readonly onEnd: (id: string, end: AttemptResult) => void
  readonly signal: AbortSignal
}

/** Tries a few keys at a time, and stops at the first that opens the ciphertext. */
export async function tryKeys(
  tries: readonly Candidate[],
  { attempt, onEnd, signal }: SearchOptions,
): Promise<SearchResult> {
  const enough = new AbortController()
  const either = AbortSignal.any([signal, enough.signal])
  const queue = tries.values()
  let end: SearchResult = { state: 'none' }
  const finish = (how: SearchResult) => {
    end = how
    enough.abort()
  }
  const tryOne = async ({ id, key }: Candidate) => {
    try {
      await attempt(key, either)
      if (either.aborted) return
      onEnd(id, { state: 'opened' })
      finish({ state: 'found', key })
    } catch (error) {
      if (either.aborted) return
      const { reason, message } = detailsOf(error)
      if (isWrongCiphertext('decrypt', error)) onEnd(id, { state: 'closed' })
      else if (stopping.has(reason)) finish({ state: 'stopped', error })
      else onEnd(id, { state: 'untried', why: message })
    }
  }
  const work = async () => {
    for (const candidate of queue) {
      if (either.aborted) return
      await tryOne(candidate)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return signal.aborted ? { state: 'cancelled' } : end
}
