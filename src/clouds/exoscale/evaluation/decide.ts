/** Decision of a policy about a call; the local KMS and the try-out of the console run this. */
import { type Condition, compile, ExpressionError, type Outcome } from './expressions.ts'
import type { Facts } from './facts.ts'

export interface EvaluatedRule {
  readonly action?: string | undefined
  readonly expression?: string | undefined
}

export interface EvaluatedPolicy {
  readonly 'default-service-strategy': string
  readonly services: Readonly<
    Record<string, { readonly type?: string | undefined; readonly rules?: readonly EvaluatedRule[] | undefined }>
  >
}

export interface Decision {
  readonly allowed: boolean
  /** Part of the policy that decides; `no-rule` stands for a service none of whose rules matches. */
  readonly by: 'default' | 'service' | 'rule' | 'no-rule'
  /** Outcomes of the rules up to the one that matches, which is the last then. */
  readonly outcomes: readonly Outcome[]
}

async function conditionOf({ action, expression }: EvaluatedRule): Promise<Condition | { readonly never: string }> {
  if (action === undefined || expression === undefined) return { never: 'the rule has no action or no expression' }
  try {
    const condition = await compile(expression)
    return 'unknown' in condition ? { never: `the expression ${condition.unknown}` } : condition
  } catch (error) {
    if (error instanceof ExpressionError) return { never: `the expression ${error.message}` }
    throw error
  }
}

/** Why a rule matches no call, whatever its facts; undefined for a rule that can match. */
export async function whyNever(rule: EvaluatedRule): Promise<string | undefined> {
  const condition = await conditionOf(rule)
  return 'never' in condition ? condition.never : undefined
}

export async function outcomeOf(rule: EvaluatedRule, facts: Facts): Promise<Outcome> {
  const condition = await conditionOf(rule)
  return 'never' in condition ? { failed: condition.never } : condition.holds(facts)
}

/** The first matching rule decides; without one the call is refused, regardless of the policy's default. */
async function decideByRules(rules: readonly EvaluatedRule[], facts: Facts): Promise<Decision> {
  const outcomes: Outcome[] = []
  for (const rule of rules) {
    const outcome = await outcomeOf(rule, facts)
    outcomes.push(outcome)
    if (outcome === true) return { allowed: rule.action === 'allow', by: 'rule', outcomes }
  }
  return { allowed: false, by: 'no-rule', outcomes }
}

/** @param facts called only if rules decide */
export async function decide(policy: EvaluatedPolicy, service: string, facts: () => Promise<Facts>): Promise<Decision> {
  const listed = Object.hasOwn(policy.services, service) ? policy.services[service] : undefined
  if (!listed) return { allowed: policy['default-service-strategy'] === 'allow', by: 'default', outcomes: [] }
  if (listed.type === 'rules') return decideByRules(listed.rules ?? [], await facts())
  return { allowed: listed.type === 'allow', by: 'service', outcomes: [] }
}
