/** Identity and access: who signs, what they may do, and the record of what they did. */
import type { CloudParts } from '../../cloud.ts'
import type { Operation } from '../call.ts'
import type { Switches } from '../switches.ts'
import { type ApiKeys, openApiKeys } from './api-keys.ts'
import { type Authorize, createAuthorization } from './authorization.ts'
import { listEvents } from './events.ts'
import { openJobs } from './jobs.ts'
import { createIamOperations, type IamOperations } from './operations.ts'
import { openOrganisation } from './organisation.ts'
import { openRoles, type Roles } from './roles.ts'

export interface Iam {
  readonly apiKeys: ApiKeys
  readonly roles: Roles
  readonly authorize: Authorize
  readonly operations: IamOperations
}

export async function openIam(parts: CloudParts & { switches: Switches; readKey: Operation }): Promise<Iam> {
  const roles = await openRoles(parts)
  const apiKeys = await openApiKeys(parts)
  const jobs = await openJobs(parts)
  const organisation = await openOrganisation({ ...parts, apiKeys, jobs })
  return {
    apiKeys,
    roles,
    authorize: createAuthorization({ ...parts, roles, organisationPolicy: organisation.policy }),
    operations: new Map([
      ...createIamOperations({ ...parts, roles, apiKeys, jobs }),
      ...organisation.operations,
      ['list-events', listEvents(parts)],
    ]),
  }
}
