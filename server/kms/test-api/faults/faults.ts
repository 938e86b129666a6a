/** Fault rules in use, and the calls that meet them. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { HttpAnswer, HttpRequest } from '../../../http/exchange.ts'
import type { Connection } from '../../../http/over-node.ts'
import type { Clock } from '../../engine/clock.ts'
import { type ActiveRule, activate, type Counts, chanceOf } from './active-rule.ts'
import { type Effects, respond } from './effects.ts'
import { createHold } from './hold.ts'
import type { Rule, Rules } from './rules.ts'

/** Calls that control the test run, such as health checks and the clock; they meet no faults. */
const EXEMPT = /^\/(?:healthz|readyz|clock)(?:\?|$)/

export interface Faults {
  /** Clock by which times from clients are judged, for the current call. */
  readonly clientClock: Clock
  /** Answers a call, with the fault of the first rule that applies; undefined if that has broken the connection. */
  answer(
    request: HttpRequest,
    connection: Connection,
    carryOut: () => Promise<HttpAnswer>,
  ): Promise<HttpAnswer | undefined>
  /** `held`: number of calls that are held now, by any rule. */
  list(): { readonly seed: number; readonly held: number; readonly rules: readonly (Rule & Counts)[] }
  /** Replaces all rules. Hanging calls continue. */
  replace(rules: Rules): void
  /** Cuts the connections of all held calls: none of them is carried out. */
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
  function find({ method, target }: HttpRequest): Effects | undefined {
    if (EXEMPT.test(target)) return undefined
    const now = clock.now()
    for (const one of active) {
      const retryIn = one.meet(method, target, now)
      if (retryIn !== undefined) return { rule: one.rule, retryIn, now: now + (one.rule.clockSkew ?? 0) * 1000 }
    }
    return undefined
  }

  /** False if the call must not continue. */
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

    async answer(request, connection, carryOut) {
      const effects = find(request)
      if (!effects) return carryOut()
      const { rule } = effects
      if (await holdUp(rule, connection))
        return respond(effects, connection, () => skew.run(rule.clockSkew ?? 0, carryOut))
      connection.reset()
      return undefined
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
