/** Decision about one call under a policy that may not be saved yet, by the evaluator of the local KMS. */
import * as z from 'zod/mini'
import { capitalize } from '../../lib/capitalize.ts'
import { currentTime } from '../../lib/current-time.ts'
import { asSentence, CallError, withStop } from '../errors.ts'
import { send } from '../http.ts'
import type { RuleOutcome, TriedCall, TryOutOperation, Verdict } from '../role-policies.ts'
import { transportOf } from './connection.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import { type Decision, decide, type EvaluatedPolicy, type EvaluatedRule } from './evaluation/decide.ts'
import type { Outcome } from './evaluation/expressions.ts'
import { bodyRefusal, factsOf, keysOf } from './evaluation/facts.ts'
import { whyNoCall } from './unknown-names.ts'
import { Policy } from './wire-organisation.ts'

const all = Object.entries<ExoscaleEndpoint>(endpoints)

export const tryOutOperations: readonly TryOutOperation[] = all.flatMap(([id, { service, path }]) =>
  service === 'kms' || service === 'iam' ? [{ id, service, isOnKey: path.includes('/:key') }] : [],
)

/** Names of the facts in expressions. */
const callerNames = { sourceIp: 'source_ip', apiKey: 'api_key' } as const

export const callerFacts = (text: string) =>
  (['sourceIp', 'apiKey'] as const).filter((fact) => text.includes(callerNames[fact]))

const Members = z.record(z.string(), z.unknown())

export function parametersFault(parameters: string): string | undefined {
  if (parameters.trim() === '') return undefined
  try {
    return z.safeParse(Members, JSON.parse(parameters)).success ? undefined : 'The body must be a JSON object.'
  } catch {
    return 'The body is not JSON.'
  }
}

const membersOf = (parameters: string) => (parameters.trim() === '' ? {} : z.parse(Members, JSON.parse(parameters)))

/** The key as the API answers it; undefined for one that is not there. */
export async function readKey(zone: string, id: string, signal?: AbortSignal): Promise<unknown> {
  try {
    const call = { method: 'GET', path: `/v2/kms-key/${encodeURIComponent(id)}` } as const
    return await send(transportOf(zone), call, z.unknown(), signal)
  } catch (error) {
    if (error instanceof CallError && error.details.reason === 'not-found') return undefined
    throw error
  }
}

export const ORGANISATION_UNREAD = 'The organisation’s policy could not be read. It may refuse the call.'

/** Undefined where the gateway's role may not read it. */
export async function readOrganisationPolicy(zone: string, signal?: AbortSignal): Promise<EvaluatedPolicy | undefined> {
  try {
    const call = { method: 'GET', path: '/v2/iam-organization-policy' } as const
    const policy = await send(transportOf(zone), call, Policy, signal)
    return {
      'default-service-strategy': policy['default-service-strategy'] ?? 'allow',
      services: policy.services ?? {},
    }
  } catch (error) {
    if (error instanceof CallError && error.details.status === 403) return undefined
    throw error
  }
}

/** The sentence about what decided. */
function reasonOf(of: string, service: string, { allowed, by, outcomes }: Decision): string {
  const verb = allowed ? 'allows' : 'refuses'
  if (by === 'rule') return `Rule ${outcomes.length} of ${service} in ${of} ${verb} it.`
  if (by === 'no-rule') return `No rule of ${service} in ${of} matches, so the call is refused.`
  if (by === 'service') return `${capitalize(of)} ${verb} all of ${service}.`
  return `${capitalize(of)} does not list ${service}, and its default ${verb} it.`
}

async function outcomeOf(
  rule: EvaluatedRule,
  service: string,
  outcome: Outcome | undefined,
): Promise<Pick<RuleOutcome, 'outcome' | 'reason'>> {
  const never = await whyNoCall(rule, service)
  if (never !== undefined) return { outcome: 'never', reason: asSentence(never) }
  if (outcome === undefined) return { outcome: 'unreached' }
  if (typeof outcome === 'object') return { outcome: 'skipped', reason: withStop(outcome.failed) }
  return { outcome: outcome ? 'matches' : 'differs' }
}

function rulesOf(policy: EvaluatedPolicy, service: string, { outcomes }: Decision): Promise<readonly RuleOutcome[]> {
  const { type, rules = [] } = (Object.hasOwn(policy.services, service) && policy.services[service]) || {}
  return Promise.all(
    (type === 'rules' ? rules : []).map(async (rule, index) => ({
      action: rule.action ?? '',
      expression: rule.expression ?? '',
      ...(await outcomeOf(rule, service, outcomes[index])),
    })),
  )
}

interface Context {
  readonly policy: EvaluatedPolicy
  readonly organisation: EvaluatedPolicy | undefined
  /** RFC 3339. */
  readonly now: string
  readonly readKey: (id: string) => Promise<unknown>
}

/** The first policy that refuses one of the used keys decides, else that of the role. */
export async function verdictOf(call: TriedCall, { policy, organisation, now, readKey }: Context): Promise<Verdict> {
  const { operation } = call
  const service = all.find(([id]) => id === operation)?.[1].service ?? ''
  const members = membersOf(call.parameters)
  let verdict: Verdict | undefined
  for (const id of keysOf(operation, call.keyId ?? '', () => members)) {
    const facts = async () => {
      const refusal = bodyRefusal(new TextEncoder().encode(call.parameters).length, members)
      if (refusal !== undefined) throw new TypeError(refusal)
      return factsOf({
        operation,
        service,
        zone: call.location,
        now,
        sourceIp: call.sourceIp,
        apiKey: call.apiKey,
        id,
        members,
        key: service === 'kms' && id !== '' ? await readKey(id) : undefined,
      })
    }
    for (const [of, asked] of [
      ['the organisation’s policy', organisation],
      ['this policy', policy],
    ] as const) {
      if (!asked) continue
      const decision = await decide(asked, service, facts)
      verdict = {
        allowed: decision.allowed,
        because: reasonOf(of, service, decision),
        rules: await rulesOf(asked, service, decision),
      }
      if (!decision.allowed) return verdict
    }
  }
  return verdict ?? { allowed: false, because: 'No policy allows it.', rules: [] }
}

export async function tryOut(policy: EvaluatedPolicy, call: TriedCall, signal?: AbortSignal): Promise<Verdict> {
  const organisation = await readOrganisationPolicy(call.location, signal)
  const verdict = await verdictOf(call, {
    policy,
    organisation,
    now: new Date(currentTime()).toISOString(),
    readKey: (id) => readKey(call.location, id, signal),
  })
  return organisation ? verdict : { ...verdict, note: ORGANISATION_UNREAD }
}
