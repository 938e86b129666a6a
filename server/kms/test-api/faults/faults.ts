/** The faults that tests ask for, and the calls that meet them. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection } from '../../../listen.ts'
import type { Clock } from '../../engine/clock.ts'
import { type ActiveRule, activate, type Counts, chanceOf } from './active-rule.ts'
import { type Effects, respond } from './effects.ts'
import { createHold } from './hold.ts'
import type { Rule, Rules } from './rules.ts'

/** Health checks and the clock control the test run and meet no faults. */
const EXEMPT = /^\/(?:healthz|readyz|clock)(?:\?|$)/

export interface Call {
  readonly method: string
  /** The request target as it came over the wire. */
  readonly target: string
  readonly connection: Connection
}

export interface Faults {
  /** Clock by which times from clients are judged, for the current call. */
  readonly clientClock: Clock
  /** Answers a call, with a fault where a rule applies. */
  answer(call: Call, carryOut: () => Promise<Response>): Promise<Response>
  /** `held`: calls that are held up now, by whatever rule. */
  list(): { readonly seed: number; readonly held: number; readonly rules: readonly (Rule & Counts)[] }
  /** Puts these rules in place of all others. Calls that hang go on. */
  replace(rules: Rules): void
  /** Breaks the connections of all calls that are held up: none of them is carried out. */
  breakOff(): void
}

export const noRules: Rules = { rules: [], seed: 1 }

export function openFaults(clock: Clock): Faults {
  const skew = new AsyncLocalStorage<number>()
  const hold = createHold()
  let held = 0
  let { seed } = noRules
  let active: readonly ActiveRule[] = []

  /** Effects of the first rule that applies. */
  function find({ method, target }: Call): Effects | undefined {
    if (EXEMPT.test(target)) return undefined
    const now = clock.now()
    for (const one of active) {
      const retryIn = one.meet(method, target, now)
      if (retryIn !== undefined) return { rule: one.rule, retryIn, now: now + (one.rule.clockSkew ?? 0) * 1000 }
    }
    return undefined
  }

  /** False when the call must not go on. */
  async function holdUp({ delay = 0, hang }: Rule, { closed }: Connection): Promise<boolean> {
    if (delay === 0 && !hang) return true
    held += 1
    try {
      return await hold.wait({ delay, hang: hang ?? false }, closed)
    } finally {
      held -= 1
    }
  }

  return {
    clientClock: { now: () => clock.now() + (skew.getStore() ?? 0) * 1000 },

    async answer(call, carryOut) {
      const effects = find(call)
      if (!effects) return carryOut()
      const { rule } = effects
      if (!(await holdUp(rule, call.connection))) return call.connection.reset()
      return respond(effects, call.connection, () => skew.run(rule.clockSkew ?? 0, carryOut))
    },

    list: () => ({ seed, held, rules: active.map(({ rule, counts }) => ({ ...rule, ...counts() })) }),

    replace(rules) {
      seed = rules.seed
      active = rules.rules.map((rule, index) => activate(rule, chanceOf(rules.seed, index)))
      hold.release()
    },

    breakOff: hold.breakOff,
  }
}
