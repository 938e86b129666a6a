/** Authorisation of a call: the organisation's policy first, then that of the API key's role. */
import type { EndpointId, Service } from '../../../../src/clouds/exoscale/endpoints.ts'
import { decide } from '../../../../src/clouds/exoscale/evaluation/decide.ts'
import { bodyRefusal, type Facts, factsOf, keysOf } from '../../../../src/clouds/exoscale/evaluation/facts.ts'
import type { ZoneName } from '../../../../src/clouds/exoscale/rules.ts'
import type { Clock } from '../../engine/clock.ts'
import { decoded } from '../../routes.ts'
import type { Call, Operation } from '../call.ts'
import { timestamp } from '../keys.ts'
import { type Answer, message, Problem } from '../problems.ts'
import { type Content, contentOf } from '../validation.ts'
import type { ApiKey } from './api-keys.ts'
import type { Policy } from './policy.ts'
import { RESET_PERMISSION, type Roles } from './roles.ts'

export interface AuthorizationRequest {
  readonly operation: EndpointId
  readonly service: Service
  readonly zone: ZoneName
  /** Path parameter, percent-encoded; empty for none. */
  readonly id: string
  readonly content: Content
  readonly caller: ApiKey
  /** IP address. */
  readonly client: string
}

/** Members of a body; none of an invalid one, which is refused later. */
const membersIn = ({ members }: Content) => (members instanceof Problem ? {} : members)

/** Members that expressions see. */
function membersFor(content: Content): Readonly<Record<string, unknown>> {
  const members = membersIn(content)
  const refusal = bodyRefusal(content.bytes.length, members)
  if (refusal !== undefined) throw new Problem('bad-request', refusal)
  return members
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
      return (await readKey({ zone, id }, contentOf(new Uint8Array()))).body
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
      members: membersFor(asked.content),
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
    for (const id of keysOf(asked.operation, asked.id, () => membersIn(asked.content))) {
      const refusal = await refusalOf({ ...asked, id })
      if (refusal) return refusal
    }
    return undefined
  }
}
