import type { ActivityKind } from '../endpoint.ts'
import type { KeyAccess } from '../key-access.ts'
import { endpoints, type ThalassaEndpoint } from './endpoints.ts'

const permissions = new Map<ActivityKind, readonly string[]>(
  Object.values<ThalassaEndpoint>(endpoints).flatMap(({ activity, permissions: needed }) =>
    activity === undefined || needed === undefined ? [] : [[activity, needed] as const],
  ),
)

export const keyAccess: KeyAccess = {
  by: 'permissions',
  resource: 'kms_key',
  needs: (activity) => permissions.get(activity),
  note: 'Roles give them to users and service accounts. The API does not tell who has which.',
}
