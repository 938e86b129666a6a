/** Which roles may do what with a key, by the evaluator of the local KMS and the try-out. */
import { formatList } from '../../lib/format-list.ts'
import { pause } from '../../lib/time-slicing.ts'
import type { ActivityKind } from '../endpoint.ts'
import type { Role } from '../iam.ts'
import type { AccessDecision, KeyAccess, RoleAccess } from '../key-access.ts'
import type { KmsKey } from '../model.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import type { EvaluatedPolicy } from './evaluation/decide.ts'
import { policyOf } from './policy-text.ts'
import { type KnownCall, type Possible, possibleDecisions } from './possible-decisions.ts'
import { ORGANISATION_UNREAD, readKey, readOrganisationPolicy } from './try-out.ts'

/** Operations on one key by activity; some activities have two. */
const operations = Map.groupBy(
  Object.entries<ExoscaleEndpoint>(endpoints).filter(([, { path }]) => path.startsWith('/v2/kms-key/:key')),
  ([, { activity }]) => activity,
)

type Decided = readonly Possible[]

const ORGANISATION = 'the organisation’s policy'

function partOf({ by, rule }: Possible, of: string | undefined): string {
  if (by === 'rule') return `by rule ${rule}${of === undefined ? '' : ` of ${of}`}`
  if (of !== undefined) return `by ${of}`
  if (by === 'no-rule') return 'because no rule matches'
  return by === 'service' ? 'with all of kms' : 'by default'
}

function dependence(possible: Decided, of: string | undefined): string {
  const open = possible.filter(({ on }) => on !== undefined)
  const facts = formatList(new Set(open.flatMap(({ on = [] }) => on)))
  const rules = formatList(open.map(({ rule }) => String(rule)))
  return `on ${facts} (${open.length === 1 ? 'rule' : 'rules'} ${rules}${of === undefined ? '' : ` of ${of}`})`
}

function readDecision(possible: Decided, of?: string): AccessDecision {
  const last = possible.at(-1)
  const [allows, refuses] = [possible.some(({ allowed }) => allowed), possible.some(({ allowed }) => !allowed)]
  if (allows && refuses) return { verdict: 'depends', because: dependence(possible, of) }
  return { verdict: allows ? 'allowed' : 'refused', because: last ? partOf(last, of) : '' }
}

/** The refusal of either decides; else what depends on the request. */
function both(organisation: AccessDecision, role: AccessDecision): AccessDecision {
  if (organisation.verdict === 'refused') return organisation
  if (role.verdict === 'refused') return role
  return organisation.verdict === 'depends' ? organisation : role
}

/** Of the operations of one activity. */
function together([first, ...others]: readonly AccessDecision[]): AccessDecision | undefined {
  if (first === undefined || others.every(({ verdict }) => verdict === first.verdict)) return first
  return { verdict: 'depends', because: 'on which way it is changed' }
}

const allowAll: EvaluatedPolicy = { 'default-service-strategy': 'allow', services: {} }

const policyIn = ({ policyText }: Role): EvaluatedPolicy => (policyText === undefined ? allowAll : policyOf(policyText))

function callsFor({ location, id }: KmsKey, key: unknown, activity: ActivityKind): readonly KnownCall[] {
  return (operations.get(activity) ?? []).map(([operation, { method, service = '' }]) => ({
    operation,
    service,
    zone: location,
    id,
    key,
    hasBody: method !== 'GET',
  }))
}

async function decideActivity(
  calls: readonly KnownCall[],
  organisation: EvaluatedPolicy,
  role: EvaluatedPolicy,
): Promise<AccessDecision | undefined> {
  const decisions = await Promise.all(
    calls.map(async (call) =>
      both(
        readDecision(await possibleDecisions(organisation, call), ORGANISATION),
        readDecision(await possibleDecisions(role, call)),
      ),
    ),
  )
  return together(decisions)
}

export const keyAccess: KeyAccess = {
  by: 'roles',
  async decide(key, roles, activities, signal) {
    const [wire, organisation] = await Promise.all([
      readKey(key.location, key.id, signal),
      readOrganisationPolicy(key.location, signal),
    ])
    const decided: RoleAccess[] = []
    // One after the other: the expressions of one role stay compiled, and the page is drawn in between.
    for (const role of roles) {
      await pause()
      signal?.throwIfAborted()
      const policy = policyIn(role)
      const decisions = new Map<ActivityKind, AccessDecision>()
      for (const activity of activities) {
        const decision = await decideActivity(callsFor(key, wire, activity), organisation ?? allowAll, policy)
        if (decision) decisions.set(activity, decision)
      }
      decided.push({ role, decisions })
    }
    return { roles: decided, ...(organisation ? {} : { note: ORGANISATION_UNREAD }) }
  },
}
