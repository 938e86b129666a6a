import type { QueryClient } from '@tanstack/react-query'
import { queries } from '../clouds/queries.ts'

/** Asks for the locations, then their keys; what was asked before is the component's matter. */
async function warm(client: QueryClient, project: string | undefined) {
  const { clouds } = await client.ensureQueryData(queries.session())
  await Promise.all(
    clouds.map(async ({ id }) => {
      if (client.getQueryState(queries.locations(id).queryKey) !== undefined) return
      await client.prefetchQuery(queries.locations(id))
      const locations = client.getQueryData(queries.locations(id).queryKey) ?? []
      for (const { available, id: location } of locations)
        if (available) void client.prefetchQuery(queries.keys(id, location, project))
    }),
  )
}

/** Starts to read every key before the page that shows them is there. A session that can't be read is the shell's failure to tell. */
export const warmKeys = (client: QueryClient, project: string | undefined): void =>
  void warm(client, project).catch(() => undefined)
