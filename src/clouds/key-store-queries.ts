/** Query options of key stores, apart from `queries.ts`: the first screen needs none of them. Never hold a secret. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { CloudId } from './model.ts'
import { queries } from './queries.ts'
import { cloudOf } from './registry.ts'

const allOf = (cloud: CloudId) => ['key-stores', cloud]

async function storesOf(client: QueryClient, cloud: CloudId) {
  const [stores, session] = await Promise.all([cloudOf(cloud).keyStores?.(), client.ensureQueryData(queries.session())])
  const connection = session.clouds.find(({ id }) => id === cloud)
  return stores && connection ? { stores, location: stores.location(connection) } : undefined
}

export const keyStoreQueries = {
  /** Null where the service has no key stores. */
  list: (cloud: CloudId) =>
    queryOptions({
      queryKey: [...allOf(cloud), 'list'],
      async queryFn({ client, signal }) {
        const of = await storesOf(client, cloud)
        return of ? of.stores.list(of.location, signal) : null
      },
      staleTime: 10_000,
    }),

  /** One store, with its health. */
  store: (cloud: CloudId, id: string) =>
    queryOptions({
      queryKey: [...allOf(cloud), id],
      async queryFn({ client, signal }) {
        const of = await storesOf(client, cloud)
        return of ? of.stores.read(of.location, id, signal) : null
      },
      staleTime: 10_000,
    }),
}

/** Reads the list and every store again. */
export const refreshKeyStores = (client: QueryClient, cloud: CloudId): Promise<void> =>
  client.invalidateQueries({ queryKey: allOf(cloud) })
