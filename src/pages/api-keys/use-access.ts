import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { use } from 'react'
import type { Listed } from '../../clouds/answer.ts'
import type { Cloud } from '../../clouds/cloud.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import type { ApiKey, Iam, Role } from '../../clouds/iam.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { type UnreadableItem, unreadableIn } from '../shared/list/unreadable.ts'
import { useConnections } from '../use-keys.ts'
import type { AccessList } from './access-rows.ts'

/** A connected cloud whose API keys the console manages, with what it has answered. */
export interface Managed {
  readonly cloud: Cloud
  readonly connection: CloudConnection
  readonly access: Iam
  readonly keys: UseQueryResult<Listed<ApiKey>>
  readonly roles: UseQueryResult<Listed<Role>>
}

/** Suspends while the code of a cloud's access management is fetched. */
export function useManaged(): readonly Managed[] {
  const connections = useConnections().filter(({ id }) => cloudOf(id).iam !== undefined)
  const keys = useQueries({ queries: connections.map(({ id }) => queries.apiKeys(id)) })
  const roles = useQueries({ queries: connections.map(({ id }) => queries.roles(id)) })
  const managed: Managed[] = []
  for (const [place, connection] of connections.entries()) {
    const cloud = cloudOf(connection.id)
    const fetching = cloud.iam?.()
    const [keysOf, rolesOf] = [keys[place], roles[place]]
    if (fetching && keysOf && rolesOf)
      managed.push({ cloud, connection, access: use(fetching), keys: keysOf, roles: rolesOf })
  }
  return managed
}

export const listsOf = (managed: readonly Managed[]): AccessList[] =>
  managed.map(({ cloud, connection, keys, roles }) => ({
    cloud: cloud.id,
    keys: keys.data?.items,
    roles: roles.data?.items,
    rolesFailed: roles.isError && !roles.isFetching,
    ownKey: connection.apiKey,
  }))

/** API keys or roles that can't be read. */
export const unreadableOf = (managed: readonly Managed[], list: 'keys' | 'roles'): readonly UnreadableItem[] =>
  managed.flatMap((one) => unreadableIn(one[list].data, { cloud: one.cloud.id }))
