/** Decisions that a policy can come to about a call of which only the operation and the key are known. */
import { decide, type EvaluatedPolicy, outcomeOf } from './evaluation/decide.ts'
import { openFact } from './evaluation/expressions.ts'
import { type Facts, factsOf } from './evaluation/facts.ts'

export interface Possible {
  readonly allowed: boolean
  /** Part of the policy that decides, as in `Decision`. */
  readonly by: 'default' | 'service' | 'rule' | 'no-rule'
  /** Number of the rule, from 1. */
  readonly rule?: number
  /** Facts that the rule depends on, by their names in expressions; absent for the decision that the others leave. */
  readonly on?: readonly string[]
}

/** What is known of a call before it is made. */
export interface KnownCall {
  readonly operation: string
  readonly service: string
  readonly zone: string
  /** Key of the path. */
  readonly id: string
  /** The key as the API answers it; undefined for one that is not there. */
  readonly key: unknown
  /** Whether it has a body, whose members are not known. */
  readonly hasBody: boolean
}

type Input = Facts['parameters']
type Note = (fact: string) => void

const isMap = (value: Input): value is ReadonlyMap<string, Input> => value instanceof Map

/** The known members of the body; to ask for any other, or for all, fails and is noted. */
class OpenParameters extends Map<string, Input> {
  readonly #known: ReadonlyMap<string, Input>
  readonly #note: Note

  constructor(known: ReadonlyMap<string, Input>, note: Note) {
    super()
    this.#known = known
    this.#note = note
  }

  #open(fact: string): never {
    this.#note(fact)
    throw new TypeError(`${fact} is not known`)
  }

  override get(name: string): Input {
    const value = this.#known.get(name)
    return value === undefined ? this.#open(`parameters.${name}`) : value
  }

  override get size(): number {
    return this.#open('parameters')
  }

  override keys(): never {
    return this.#open('parameters')
  }

  override values(): never {
    return this.#open('parameters')
  }

  override entries(): never {
    return this.#open('parameters')
  }

  override [Symbol.iterator](): never {
    return this.#open('parameters')
  }

  override forEach(): never {
    return this.#open('parameters')
  }
}

const knownFacts = (call: KnownCall): Facts => factsOf({ ...call, now: '', sourceIp: '', apiKey: '', members: {} })

interface OpenFacts {
  readonly facts: Facts
  /** Those that were asked for and are not known. */
  readonly asked: ReadonlySet<string>
}

/** @param bodyAsWhole the body is one unknown: an order of operands that fails member by member may not fail then */
function openFacts(call: KnownCall, open: Input, bodyAsWhole: boolean): OpenFacts {
  const asked = new Set<string>()
  const note = (fact: string) => void asked.add(fact)
  const known = knownFacts(call)
  const ask = (fact: string) => {
    note(fact)
    return open
  }
  const { parameters } = known
  const body = call.hasBody && isMap(parameters) ? new OpenParameters(parameters, note) : parameters
  const facts: Facts = {
    ...known,
    get now() {
      return ask('now')
    },
    get source_ip() {
      return ask('source_ip')
    },
    get api_key() {
      return ask('api_key')
    },
    get parameters() {
      return bodyAsWhole && call.hasBody ? ask('parameters') : body
    },
  }
  return { facts, asked }
}

type Rule = Parameters<typeof outcomeOf>[0]

/** Whether a rule matches whatever the open facts are; else those that it depends on. */
async function outcomeFor(rule: Rule, call: KnownCall): Promise<boolean | readonly string[]> {
  const open = await openFact()
  const byMember = openFacts(call, open, false)
  const outcome = await outcomeOf(rule, byMember.facts)
  if (typeof outcome === 'boolean') return outcome
  // A failure without them is the same for every call, and skips the rule.
  if (byMember.asked.size === 0) return false
  const whole = await outcomeOf(rule, openFacts(call, open, true).facts)
  return typeof whole === 'boolean' ? whole : [...byMember.asked]
}

/** At least one; several where it depends on the request, in the order of the rules. */
export async function possibleDecisions(policy: EvaluatedPolicy, call: KnownCall): Promise<readonly Possible[]> {
  const { service } = call
  const listed = Object.hasOwn(policy.services, service) ? policy.services[service] : undefined
  if (listed?.type !== 'rules') {
    const { allowed, by } = await decide(policy, service, async () => knownFacts(call))
    return [{ allowed, by }]
  }
  const possible: Possible[] = []
  for (const [place, rule] of (listed.rules ?? []).entries()) {
    const outcome = await outcomeFor(rule, call)
    if (outcome === false) continue
    const decision = { allowed: rule.action === 'allow', by: 'rule', rule: place + 1 } as const
    if (outcome === true) return [...possible, decision]
    possible.push({ ...decision, on: outcome })
  }
  return [...possible, { allowed: false, by: 'no-rule' }]
}
