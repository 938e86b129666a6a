/** Identity and access: API keys, authorisation and the event log. */
import type { EndpointId, endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import type { ApiRevision } from '../../../../src/clouds/exoscale/revisions.ts'
import type { ProviderServices } from '../../provider.ts'
import { createQueue } from '../../queue.ts'
import type { Call, Operation } from '../call.ts'
import type { FaultSwitches } from '../fault-switches.ts'
import { type ApiKeys, openApiKeys } from './api-keys.ts'
import { type Authorize, createAuthorization } from './authorization.ts'
import { listEvents } from './events.ts'
import { openJobs } from './jobs.ts'
import { createIamOperations, type IamOperation } from './operations.ts'
import { openOrganisation } from './organisation.ts'
import { openRoles, type Roles } from './roles.ts'

/** Endpoints of IAM and the organisation, without the list of zones. */
type IamEndpointId = Exclude<
  { [Id in EndpointId]: (typeof endpoints)[Id] extends { service: 'kms' } ? never : Id }[EndpointId],
  'list-zones'
>

export interface Iam {
  readonly apiKeys: ApiKeys
  readonly roles: Roles
  readonly authorize: Authorize
  /** Loads changes of other processes from the store. Call it before the other methods. */
  refresh(): Promise<void>
  readonly operations: Readonly<Record<IamEndpointId, IamOperation>>
}

export async function openIam(
  services: ProviderServices & { switches: FaultSwitches; readKey: Operation<Call>; revision: ApiRevision },
): Promise<Iam> {
  const roles = await openRoles(services)
  const apiKeys = await openApiKeys(services)
  const jobs = openJobs(services)
  const inTurn = createQueue()
  const organisation = await openOrganisation({ ...services, apiKeys, jobs, inTurn })
  let seen = services.dataVersion()

  async function reload(): Promise<void> {
    const version = services.dataVersion()
    if (version === seen) return
    await Promise.all([roles.reload(), apiKeys.reload(), organisation.reload()])
    seen = version
  }

  return {
    // Queued with the changes of this process, which a concurrent reload would overwrite.
    refresh: async () => (services.dataVersion() === seen ? undefined : inTurn(reload)),
    apiKeys,
    roles,
    authorize: createAuthorization({ ...services, roles, organisationPolicy: organisation.policy }),
    operations: {
      ...createIamOperations({ ...services, roles, apiKeys, jobs, inTurn }),
      ...organisation.operations,
      'list-events': listEvents(services),
    },
  }
}
