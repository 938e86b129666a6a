import type { QueryClient } from '@tanstack/react-query'
import { queries } from '../clouds/queries.ts'

/** Asks for the locations, then their keys, unless they were read before. Resolves when all have answered or failed. */
export async function gatherKeys(client: QueryClient, project: string | undefined): Promise<void> {
  const { clouds } = await client.ensureQueryData(queries.session())
  await Promise.all(
    clouds.map(async ({ id }) => {
      await client.prefetchQuery(queries.locations(id))
      const locations = client.getQueryData(queries.locations(id).queryKey) ?? []
      const open = locations.filter(({ available }) => available)
      await Promise.all(open.map((location) => client.prefetchQuery(queries.keys(id, location.id, project))))
    }),
  )
}

/** Starts to read every key before the page that shows them is there. A session that can't be read is the shell's failure to tell. */
export const warmKeys = (client: QueryClient, project: string | undefined): void =>
  void gatherKeys(client, project).catch(() => undefined)
