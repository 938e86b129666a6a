/** Active fault rules: matching of calls, and counts. */
import { hash } from 'node:crypto'
import { compilePattern } from './pattern.ts'
import type { Rule } from './rules.ts'

export interface Counts {
  /** Calls with the rule's method and path to which no earlier rule was applied. */
  readonly matched: number
  /** Matched calls to which the rule was applied. */
  readonly hits: number
}

export interface ActiveRule {
  readonly rule: Rule
  counts(): Counts
  /**
   * Counts the call. Undefined if the rule doesn't apply to it; else seconds until the rate limit's next window, 0
   * without one.
   * @param target the request target as it came over the wire
   * @param now milliseconds
   */
  meet(method: string, target: string, now: number): number | undefined
}

/** A pattern with a question mark is compared with path and query, any other with the path alone. */
function matcherOf({ method, path = '**' }: Rule): (method: string, target: string) => boolean {
  const matches = compilePattern(path)
  const isWhole = path.includes('?')
  return (asked, target) => {
    if (method !== undefined && method !== asked) return false
    const at = target.indexOf('?')
    return matches(isWhole || at < 0 ? target : target.slice(0, at))
  }
}

/** @param chance between 0 and 1 for the nth call that matches */
export function activate(rule: Rule, chance: (nth: number) => number): ActiveRule {
  const { skip, count = Number.POSITIVE_INFINITY, probability = 1, rateLimit } = rule
  const fits = matcherOf(rule)
  let matched = 0
  let hits = 0
  let windowEnd = Number.NEGATIVE_INFINITY
  let callsInWindow = 0

  function secondsToWait(now: number): number | undefined {
    if (!rateLimit) return 0
    if (now >= windowEnd) {
      windowEnd = now + rateLimit.window * 1000
      callsInWindow = 0
    }
    callsInWindow += 1
    return callsInWindow > rateLimit.limit ? Math.ceil((windowEnd - now) / 1000) : undefined
  }

  return {
    rule,
    counts: () => ({ matched, hits }),
    meet(method, target, now) {
      if (!fits(method, target)) return undefined
      matched += 1
      if (matched <= skip || hits >= count || chance(matched) >= probability) return undefined
      const wait = secondsToWait(now)
      if (wait !== undefined) hits += 1
      return wait
    },
  }
}

/** Pseudo-random number from 0 to 1 by seed, rule and count of the call. */
export const chanceOf = (seed: number, rule: number) => (nth: number) =>
  hash('sha256', `${seed} ${rule} ${nth}`, 'buffer').readUInt32BE() / 2 ** 32
