import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Page } from '../shared/Page.tsx'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { LocalKmsPanel } from './LocalKmsPanel.tsx'

async function warm(client: QueryClient) {
  const { clouds } = await client.ensureQueryData(queries.session())
  for (const { id } of clouds) void client.prefetchQuery(queries.locations(id))
}

export const load = (client: QueryClient) => () => {
  // The shell reports a session that can't be read.
  warm(client).catch(() => undefined)
  return null
}

/** Connections of the gateway and their tests. */
export default function ConnectionsPage() {
  const { data: session } = useSuspenseQuery(queries.session())
  return (
    <Page title="Connections">
      <div className="grid gap-4 pt-4">
        {session.readOnly ? (
          <Banner tone="info" title="This console only reads.">
            READ_ONLY is set: it lists, reads, encrypts and verifies.
          </Banner>
        ) : null}
        <div className="grid grid-cols-2 gap-4 max-[1180px]:grid-cols-1 [&>*]:min-w-0">
          {session.clouds.map((connection) => (
            <ConnectionPanel key={connection.id} connection={connection} />
          ))}
        </div>
        <Suspense>
          <LocalKmsPanel session={session} />
        </Suspense>
        <p className="text-fg-subtle text-xs">KMS Console {session.version}</p>
      </div>
    </Page>
  )
}
