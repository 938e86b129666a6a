/** The organisation: name, policy above all roles, and use of its quotas. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { EndpointId } from '../../../../src/clouds/exoscale/endpoints.ts'
import { limits, type ZoneName } from '../../../../src/clouds/exoscale/rules.ts'
import { settingOnFirstUse } from '../../engine/first-use.ts'
import type { Store } from '../../engine/store.ts'
import type { ProviderServices } from '../../provider.ts'
import type { Queue } from '../../queue.ts'
import { decoded } from '../../routes.ts'
import { answered, type Call, type RecordedCall } from '../call.ts'
import { CLOUD } from '../keys.ts'
import { type Answer, answer, message } from '../problems.ts'
import { countKeys } from '../quota.ts'
import { type Content, readBody } from '../validation.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Jobs } from './jobs.ts'
import type { IamOperation } from './operations.ts'
import { allowAll, checkExpressions, Policy, remarkOn } from './policy.ts'

/** Setting with the organisation's id. */
export const ORGANISATION_SETTING = 'exoscale.organization'
/** Setting with its name and currency as JSON, if they are not the built-in ones. */
export const DETAILS_SETTING = 'exoscale.organization-details'
export const POLICY_KIND = 'iam-organization-policy'
export const POLICY_ID = 'organization'
/** Limit of an unlimited quota. */
const NO_LIMIT = -1

type OrganisationEndpointId = Extract<EndpointId, `${string}organization${string}` | `${string}-quota${string}`>

export interface Organisation {
  /** Current policy; at first an empty one, which allows everything. */
  policy(): Policy
  /** Reloads the policy, which another process may have changed. */
  reload(): Promise<void>
  readonly operations: Readonly<Record<OrganisationEndpointId, IamOperation>>
}

/** Data that a reset keeps: the organisation, and the API key that is printed at the start. */
export const keptForReset = async (store: Pick<Store, 'credentials'>) => ({
  settings: [ORGANISATION_SETTING, DETAILS_SETTING],
  credentials: (await store.credentials(CLOUD)).filter(({ attributes }) => attributes.start === true),
})

export const currencies = ['CHF', 'EUR', 'USD', 'GBP'] as const

export const Details = z.object({ name: z.string(), currency: z.enum(currencies) })

async function openDetails(settings: ProviderServices['settings']): Promise<z.infer<typeof Details>> {
  const known = await settings.setting(DETAILS_SETTING)
  return known === undefined ? { name: 'Local organisation', currency: 'CHF' } : Details.parse(JSON.parse(known))
}

export async function openOrganisation(
  services: Pick<ProviderServices, 'keyring' | 'settings' | 'resources' | 'clock'> & {
    apiKeys: ApiKeys
    jobs: Jobs
    inTurn: Queue
  },
): Promise<Organisation> {
  const { keyring, settings, resources, clock, apiKeys, jobs, inTurn } = services
  const id = await settingOnFirstUse(settings, ORGANISATION_SETTING, randomUUID)
  const details = await openDetails(settings)

  async function read(): Promise<Policy> {
    const stored = await resources.resource(CLOUD, POLICY_KIND, POLICY_ID)
    return stored ? Policy.parse(stored.content) : allowAll
  }
  let policy = await read()

  async function setPolicy(call: RecordedCall, content: Content): Promise<Answer> {
    const given = readBody(Policy, content)
    await checkExpressions(given)
    const remark = await remarkOn(given)
    const resource = { cloud: CLOUD, kind: POLICY_KIND, id: POLICY_ID, createdAt: clock.now(), content: given }
    return inTurn(async () => {
      const reply = await settings.write((rows) => {
        rows.putResource(resource)
        return answered(call, jobs.done(rows, undefined, remark))
      })
      policy = given
      return reply
    })
  }

  const resetPolicy = (call: RecordedCall): Promise<Answer> =>
    inTurn(async () => {
      const reply = await settings.write((rows) => {
        rows.removeResource(CLOUD, POLICY_KIND, POLICY_ID)
        return answered(call, jobs.done(rows))
      })
      policy = allowAll
      return reply
    })

  const quotas = async (zone: ZoneName) => [
    { resource: 'kms-key', usage: await countKeys(keyring, zone), limit: limits.keysPerZone },
    { resource: 'iam-key', usage: apiKeys.all().length, limit: NO_LIMIT },
  ]

  async function quota({ zone, id }: Call): Promise<Answer> {
    const entity = decoded(id)
    const found = (await quotas(zone)).find(({ resource }) => resource === entity)
    return found ? answer(found) : message(404, 'Quota not found')
  }

  return {
    policy: () => policy,
    async reload() {
      policy = await read()
    },
    operations: {
      'get-organization': async () => answer({ id, ...details }),
      'get-iam-organization-policy': async () => answer(policy),
      'update-iam-organization-policy': setPolicy,
      'reset-iam-organization-policy': resetPolicy,
      'list-quotas': async ({ zone }) => answer({ quotas: await quotas(zone) }),
      'get-quota': quota,
    },
  }
}
