/** Authorisation of a call: the organisation's policy first, then that of the API key's role. */
import type { CelInput } from '@bufbuild/cel'
import type { EndpointId, Service } from '../../../../src/clouds/exoscale/endpoints.ts'
import type { ZoneName } from '../../../../src/clouds/exoscale/rules.ts'
import type { Clock } from '../../engine/clock.ts'
import { isObject } from '../../field-rules.ts'
import type { Call, Operation } from '../call.ts'
import { timestamp } from '../keys.ts'
import { type Answer, message, Problem } from '../problems.ts'
import { canonicalId, canonicalText, decoded, isUuid, membersOf } from '../validation.ts'
import type { ApiKey } from './api-keys.ts'
import type { Facts } from './expressions.ts'
import { decide, type Policy } from './policy.ts'
import { RESET_PERMISSION, type Roles } from './roles.ts'

export interface AuthorizationRequest {
  readonly operation: EndpointId
  readonly service: Service
  readonly zone: ZoneName
  /** Path parameter, percent-encoded; empty for none. */
  readonly id: string
  readonly body: Uint8Array
  readonly caller: ApiKey
  /** IP address. */
  readonly client: string
}

/** Nesting depth of a body that expressions see; no operation reads deeper values. */
const MAX_DEPTH = 16

/** Members whose own members have names that callers choose; they keep their spelling. */
const withChosenNames: ReadonlySet<string> = new Set(['labels', 'services'])

const underscored = (name: string) => name.replaceAll('-', '_')

/**
 * Members by their names with hyphens, as the API has them, and with underscores, as expressions can write them. A
 * member that was sent with underscores is not shown: no operation reads it, and it would stand for the real one.
 */
const inBothSpellings = (members: ReadonlyArray<readonly [string, CelInput]>): Map<string, CelInput> =>
  new Map(
    members
      .filter(([name]) => !name.includes('_'))
      .flatMap(([name, value]) => [[name, value] as const, [underscored(name), value] as const]),
  )

/** JSON value for expressions: whole numbers as integers, ids in canonical form. */
function toInput(value: unknown, within = '', depth = 0): CelInput {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return null
  if (Array.isArray(value)) return value.map((part) => toInput(part, '', depth + 1))
  const members = Object.entries(value).map(
    ([name, part]) =>
      [name, typeof part === 'string' ? canonicalText(name, part) : toInput(part, name, depth + 1)] as const,
  )
  return withChosenNames.has(within) ? new Map(members) : inBothSpellings(members)
}

/** Limits of a body for rules, in bytes and values, because macros take time and memory per value. */
const MAX_BODY = 131_072
const MAX_VALUES = 1000

const tooLargeForRules = new Problem(
  'bad-request',
  `the policy decides by rules, and those look into bodies of up to ${MAX_BODY} bytes and ${MAX_VALUES} values`,
)

const countValues = (value: unknown, depth = 0): number =>
  typeof value === 'object' && value !== null && depth < MAX_DEPTH
    ? Object.values(value).reduce((sum: number, part) => sum + countValues(part, depth + 1), 1)
    : 1

/** Parameters of a body for expressions; none for an invalid body, which is refused later. */
function parametersOf({ id, body }: AuthorizationRequest): CelInput {
  const members = membersOf(body)
  if (body.length > MAX_BODY || countValues(members) > MAX_VALUES) throw tooLargeForRules
  return toInput({
    ...(members instanceof Problem ? {} : members),
    ...(id === '' ? {} : { id: canonicalId(decoded(id)) }),
  })
}

/** Keys that a call uses, by id: that of its path, and for a re-encryption also the one that encrypts anew. */
function keysOf({ operation, id, body }: AuthorizationRequest): readonly string[] {
  if (operation !== 're-encrypt') return [id]
  const members = membersOf(body)
  const { destination } = members instanceof Problem ? {} : members
  const other = isObject(destination) ? destination.key : undefined
  // Without a valid destination the operation refuses the call.
  return typeof other === 'string' && isUuid(other) ? [id, other] : [id]
}

/** Returns the refusal, undefined if allowed. Called for each request, so that a changed policy applies at once. */
export type Authorize = (asked: AuthorizationRequest) => Promise<Answer | undefined>

export function createAuthorization({
  roles,
  organisationPolicy,
  readKey,
  clock,
}: {
  roles: Roles
  organisationPolicy: () => Policy
  /** Operation that returns one key. */
  readKey: Operation<Call>
  clock: Clock
}): Authorize {
  async function resourcesOf({ service, zone, id }: AuthorizationRequest): Promise<object> {
    if (service !== 'kms' || id === '') return {}
    try {
      const { body } = await readKey({ zone, id }, { bytes: new Uint8Array(), type: null })
      return { 'kms-key': body }
    } catch (error) {
      if (error instanceof Problem) return {}
      throw error
    }
  }

  async function factsOf(asked: AuthorizationRequest): Promise<Facts> {
    const { operation, service, zone, caller, client } = asked
    return {
      operation,
      service,
      zone,
      now: timestamp(clock.now()),
      source_ip: client,
      api_key: caller.key,
      parameters: parametersOf(asked),
      resources: toInput(await resourcesOf(asked)),
    }
  }

  async function refusalOf(asked: AuthorizationRequest): Promise<Answer | undefined> {
    const { service, operation, caller } = asked
    const role = roles.get(caller.roleId)
    const mayReset = operation === 'reset-iam-organization-policy' && role?.permissions?.includes(RESET_PERMISSION)
    const policies = [
      ...(mayReset ? [] : [{ of: 'organization', policy: organisationPolicy() }]),
      { of: 'role', policy: role?.policy },
    ]
    let known: Promise<Facts> | undefined
    const facts = () => {
      known ??= factsOf(asked)
      return known
    }
    for (const { of, policy } of policies) {
      const decision = policy ? await decide(policy, service, facts) : ({ allowed: false } as const)
      if (decision.allowed) continue
      const { rule } = decision
      const why = rule === undefined ? '' : ` - A deny rule matched. Rule index: ${rule}`
      return message(403, `Forbidden by ${of} policy for ${service}${why}`)
    }
    return undefined
  }

  return async (asked) => {
    for (const id of keysOf(asked)) {
      const refusal = await refusalOf({ ...asked, id })
      if (refusal) return refusal
    }
    return undefined
  }
}
