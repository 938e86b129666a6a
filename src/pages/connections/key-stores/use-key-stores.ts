import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { use } from 'react'
import type { Listed } from '../../../clouds/answer.ts'
import type { CloudConnection } from '../../../clouds/gateway/wire.ts'
import { keyStoreQueries, refreshKeyStores } from '../../../clouds/key-store-queries.ts'
import type { KeyStore, KeyStores } from '../../../clouds/key-stores.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { ConnectedCloud } from '../../shared/OrganisationPath.tsx'
import { useAllKeys, useConnections } from '../../use-keys.ts'

/** A connected cloud that can have key stores. */
export interface StoreCloud extends ConnectedCloud {
  readonly stores: KeyStores
  /** Null where the service behind the connection has none. */
  readonly list: UseQueryResult<Listed<KeyStore> | null>
  readonly refresh: () => Promise<void>
}

export const useStoreConnections = (): readonly CloudConnection[] =>
  useConnections().filter(({ id }) => cloudOf(id).keyStores !== undefined)

/** Suspends while the code of the cloud's key stores is fetched; undefined for a cloud without them. */
export function useStoreCloud(connection: CloudConnection): StoreCloud | undefined {
  const cloud = cloudOf(connection.id)
  const client = useQueryClient()
  const list = useQuery(keyStoreQueries.list(cloud.id))
  const loading = cloud.keyStores?.()
  if (!loading) return undefined
  return { cloud, connection, list, stores: use(loading), refresh: () => refreshKeyStores(client, cloud.id) }
}

/** The keys of each store by its id, of the locations that could be read; `complete` once all of them were. */
export interface StoreKeys {
  readonly of: (store: string) => readonly KmsKey[]
  readonly pending: boolean
  readonly complete: boolean
}

export function useStoreKeys(): StoreKeys {
  const { keys, pending, missing } = useAllKeys()
  return {
    of: (store) => keys.filter(({ external }) => external?.store === store),
    pending,
    complete: !pending && missing.length === 0,
  }
}
