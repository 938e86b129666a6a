/** The faults that are asked for: which call meets which, and the calls that are held up. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import type { Connection } from '../../../listen.ts'
import type { Clock } from '../../engine/clock.ts'
import { type Effects, respond } from './effects.ts'
import { compilePattern } from './pattern.ts'
import type { Rule, Rules } from './rules.ts'

/** Milliseconds that a call hangs at most. */
const LONGEST_HANG = 600_000

/** They tell whether the server runs, or move its clock: control of the test run, not the thing under test. */
const EXEMPT = new Set(['/healthz', '/readyz', '/clock'])

export interface Call {
  readonly method: string
  /** The request target as it came over the wire. */
  readonly target: string
  readonly connection: Connection
}

export interface Faults {
  /** What the times that clients write are judged by, for the call that is being answered. */
  readonly clientClock: Clock
  /** Answers a call, with a fault where a rule fits. */
  answer(call: Call, carryOut: () => Promise<Response>): Promise<Response>
  list(): object
  /** Puts these rules in place of all others. Calls that hang go on. */
  replace(rules: Rules): void
  /** Removes all rules. Calls that hang go on. */
  clear(): void
  /** Breaks the connections of all calls that are held up: none of them is carried out. */
  breakOff(): void
}

interface Active {
  readonly rule: Rule
  readonly fits: (method: string, target: string) => boolean
  /** Between 0 and 1, the same for the same seed, rule and call. */
  readonly chance: (call: number) => number
  /** Calls that came to this rule, and those among them that it was applied to. */
  matched: number
  hits: number
  /** Of the window that is under way. */
  window: { readonly end: number; calls: number }
}

/** A pattern with a question mark is compared with path and query, any other with the path alone. */
function matcherOf({ method, path = '**' }: Rule): Active['fits'] {
  const matches = compilePattern(path)
  const isWhole = path.includes('?')
  return (asked, target) => {
    if (method !== undefined && method !== asked) return false
    const at = target.indexOf('?')
    return matches(isWhole || at < 0 ? target : target.slice(0, at))
  }
}

const activate = (rule: Rule, seed: number, index: number): Active => ({
  rule,
  fits: matcherOf(rule),
  chance: (call) => hash('sha256', `${seed} ${index} ${call}`, 'buffer').readUInt32BE() / 2 ** 32,
  matched: 0,
  hits: 0,
  window: { end: 0, calls: 0 },
})

export function openFaults(clock: Clock): Faults {
  const skew = new AsyncLocalStorage<number>()
  let active: readonly Active[] = []
  let asked: Rules = { rules: [], seed: 1 }
  let released = Promise.withResolvers<void>()
  let brokenOff = new AbortController()

  /** Seconds until the window ends for a call over the limit; undefined for one that passes. */
  function secondsToWait({ rule: { rateLimit }, window }: Active, now: number, set: (next: Active['window']) => void) {
    if (!rateLimit) return 0
    const current = now < window.end ? window : { end: now + rateLimit.window * 1000, calls: 0 }
    current.calls += 1
    set(current)
    return current.calls > rateLimit.limit ? Math.ceil((current.end - now) / 1000) : undefined
  }

  function effectsOf(one: Active): Effects | undefined {
    const { rule } = one
    one.matched += 1
    if (one.matched <= rule.skip || one.hits >= (rule.count ?? Number.POSITIVE_INFINITY)) return undefined
    if (one.chance(one.matched) >= (rule.probability ?? 1)) return undefined
    const retryIn = secondsToWait(one, clock.now(), (next) => {
      one.window = next
    })
    if (retryIn === undefined) return undefined
    one.hits += 1
    return { rule, retryIn, now: clock.now() + (rule.clockSkew ?? 0) * 1000 }
  }

  /** Of the first rule that applies. */
  function find({ method, target }: Call): Effects | undefined {
    for (const one of active) {
      const effects = one.fits(method, target) ? effectsOf(one) : undefined
      if (effects) return effects
    }
    return undefined
  }

  /** Holds the call up as long as its rule says; false when it must not go on. */
  async function holdUp({ delay = 0, hang }: Rule, { closed }: Connection): Promise<boolean> {
    if (delay === 0 && !hang) return true
    const end = AbortSignal.any([closed, brokenOff.signal])
    const { promise: ended, resolve } = Promise.withResolvers<boolean>()
    const giveUp = () => resolve(false)
    const goOn = () => resolve(true)
    const hanging = released.promise
    const timer = setTimeout(() => (hang ? void hanging.then(goOn) : goOn()), delay)
    const last = setTimeout(giveUp, delay + LONGEST_HANG)
    end.addEventListener('abort', giveUp)
    if (end.aborted) giveUp()
    try {
      return await ended
    } finally {
      clearTimeout(timer)
      clearTimeout(last)
      end.removeEventListener('abort', giveUp)
    }
  }

  function release(): void {
    released.resolve()
    released = Promise.withResolvers()
  }

  return {
    clientClock: { now: () => clock.now() + (skew.getStore() ?? 0) * 1000 },

    async answer(call, carryOut) {
      const at = call.target.indexOf('?')
      if (EXEMPT.has(at < 0 ? call.target : call.target.slice(0, at))) return carryOut()
      const effects = find(call)
      if (!effects) return carryOut()
      if (!(await holdUp(effects.rule, call.connection))) return call.connection.reset()
      return respond(effects, call.connection, () => skew.run(effects.rule.clockSkew ?? 0, carryOut))
    },

    list: () => ({
      seed: asked.seed,
      rules: active.map(({ rule, matched, hits }) => ({ ...rule, matched, hits })),
    }),

    replace(rules) {
      asked = rules
      active = rules.rules.map((rule, index) => activate(rule, rules.seed, index))
      release()
    },

    clear() {
      active = []
      release()
    },

    breakOff() {
      brokenOff.abort()
      brokenOff = new AbortController()
    },
  }
}
