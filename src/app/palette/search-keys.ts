/** Searches keys by name, slug or id in small steps, so that typing never waits. */
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'

/** Keys per step: well under a millisecond. */
const STEP = 1_000
/** Results shown. */
const MAX_RESULTS = 20

interface Match {
  readonly key: KmsKey
  readonly rank: number
}

export interface KeySearch {
  /** Searches the next keys; false when all are searched. */
  readonly step: () => boolean
  /** Best matches so far, and the number of matches. */
  readonly found: () => { readonly keys: readonly KmsKey[]; readonly total: number }
}

const searchTexts = new WeakMap<KmsKey, string>()

/** Searched text of a key; computed once per key. */
function searchTextOf(key: KmsKey): string {
  const known = searchTexts.get(key)
  if (known !== undefined) return known
  const { name, slug = '', id, location, cloud } = key
  const text = [name, slug, id, location, cloudOf(cloud).name].join('\n').toLowerCase()
  searchTexts.set(key, text)
  return text
}

/** Search terms of a query, in lower case. */
export const termsOf = (query: string): readonly string[] =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')

/** Whether every term occurs in the searched text of the key. */
export function isMatch(key: KmsKey, terms: readonly string[]): boolean {
  const text = searchTextOf(key)
  return terms.every((word) => text.includes(word))
}

const startsWord = (text: string, at: number) => at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/** Rank of a match, lower is better: exact, start of the name, start of a word, anywhere in the name, other fields. */
function rankOf(key: KmsKey, query: string): number {
  // Name, slug and id are one per line, the name first.
  const text = searchTextOf(key)
  if (text.startsWith(`${query}\n`) || text.includes(`\n${query}\n`)) return 0
  const at = text.indexOf(query)
  if (at === 0) return 1
  if (at > 0 && at < text.indexOf('\n')) return startsWord(text, at) ? 2 : 3
  return text.includes(`\n${query}`) ? 4 : 5
}

const isBefore = (a: Match, b: Match) => a.rank < b.rank || (a.rank === b.rank && a.key.name < b.key.name)

export function searchKeys(keys: readonly KmsKey[], query: string): KeySearch {
  const words = termsOf(query)
  const whole = words.join(' ')
  const best: Match[] = []
  let total = 0
  let at = 0

  function take(key: KmsKey) {
    total += 1
    const found = { key, rank: rankOf(key, whole) }
    const last = best.at(-1)
    if (best.length === MAX_RESULTS && last && !isBefore(found, last)) return
    const place = best.findIndex((other) => isBefore(found, other))
    best.splice(place === -1 ? best.length : place, 0, found)
    if (best.length > MAX_RESULTS) best.pop()
  }

  return {
    step() {
      const end = Math.min(at + STEP, keys.length)
      for (; at < end; at += 1) {
        const key = keys[at]
        if (key && isMatch(key, words)) take(key)
      }
      return at < keys.length
    },
    found: () => ({ keys: best.map(({ key }) => key), total }),
  }
}
