/** Authorisation of a call: the organisation's policy first, then that of the API key's role. */
import type { EndpointId, Service } from '../../../../src/clouds/exoscale/endpoints.ts'
import { decide } from '../../../../src/clouds/exoscale/evaluation/decide.ts'
import { bodyRefusal, type Facts, factsOf, isUuid } from '../../../../src/clouds/exoscale/evaluation/facts.ts'
import type { ZoneName } from '../../../../src/clouds/exoscale/rules.ts'
import type { Clock } from '../../engine/clock.ts'
import { isObject } from '../../field-rules.ts'
import type { Call, Operation } from '../call.ts'
import { timestamp } from '../keys.ts'
import { type Answer, message, Problem } from '../problems.ts'
import { decoded, membersOf } from '../validation.ts'
import type { ApiKey } from './api-keys.ts'
import type { Policy } from './policy.ts'
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

/** Members that expressions see; none for an invalid body, which is refused later. */
function membersFor(body: Uint8Array): Readonly<Record<string, unknown>> {
  const members = membersOf(body)
  const refusal = bodyRefusal(body.length, members)
  if (refusal !== undefined) throw new Problem('bad-request', refusal)
  return members instanceof Problem ? {} : members
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
  async function keyAt({ service, zone, id }: AuthorizationRequest): Promise<unknown> {
    if (service !== 'kms' || id === '') return undefined
    try {
      return (await readKey({ zone, id }, { bytes: new Uint8Array(), type: null })).body
    } catch (error) {
      if (error instanceof Problem) return undefined
      throw error
    }
  }

  const factsAbout = async (asked: AuthorizationRequest): Promise<Facts> =>
    factsOf({
      operation: asked.operation,
      service: asked.service,
      zone: asked.zone,
      now: timestamp(clock.now()),
      sourceIp: asked.client,
      apiKey: asked.caller.key,
      id: decoded(asked.id),
      members: membersFor(asked.body),
      key: await keyAt(asked),
    })

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
      known ??= factsAbout(asked)
      return known
    }
    for (const { of, policy } of policies) {
      const decision = policy && (await decide(policy, service, facts))
      if (decision?.allowed) continue
      const why = decision?.by === 'rule' ? ` - A deny rule matched. Rule index: ${decision.outcomes.length - 1}` : ''
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
