import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Plug, Server } from 'lucide-react'
import { Suspense } from 'react'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { useSearchParams } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { lazySection } from '../../ui/lazy-section.tsx'
import { type TabItem, Tabs } from '../../ui/Tabs.tsx'
import { usePageCommands } from '../commands.ts'
import { KEY_STORES } from '../paths.ts'
import { Page } from '../shared/Page.tsx'
import { useConnections } from '../use-keys.ts'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { LocalKmsPanel } from './LocalKmsPanel.tsx'

const KeyStoresTab = lazySection(() => import('./key-stores/KeyStoresTab.tsx').then(({ KeyStoresTab }) => KeyStoresTab))

async function warm(client: QueryClient) {
  const { clouds } = await client.ensureQueryData(queries.session())
  for (const { id } of clouds) void client.prefetchQuery(queries.locations(id))
}

export const load = (client: QueryClient) => () => {
  // The shell reports a session that can't be read.
  warm(client).catch(() => undefined)
  return null
}

function Connections() {
  const { data: session } = useSuspenseQuery(queries.session())
  return (
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
  )
}

type Tab = 'clouds' | typeof KEY_STORES

/** Selected tab, `tab` in the URL; the first is omitted there. */
function useTab(): readonly [Tab, (tab: Tab) => void] {
  const [params, setParams] = useSearchParams()
  const choose = (tab: Tab) => {
    const next = new URLSearchParams(params)
    next.delete('tab')
    if (tab === KEY_STORES) next.set('tab', tab)
    setParams(next)
  }
  return [params.get('tab') === KEY_STORES ? KEY_STORES : 'clouds', choose]
}

/** Connections of the gateway with their tests, and key stores outside of the clouds where a connected cloud can have some. */
export default function ConnectionsPage() {
  const connections = useConnections()
  const [tab, choose] = useTab()
  const tabs: readonly TabItem<Tab>[] = [
    { value: 'clouds', label: 'Clouds' },
    { value: KEY_STORES, label: 'Key stores' },
  ]
  const hasStores = connections.some(({ id }) => cloudOf(id).keyStores !== undefined)
  usePageCommands(
    hasStores
      ? [
          tab === 'clouds'
            ? { label: 'Show key stores', icon: Server, run: () => choose(KEY_STORES), keywords: 'tab external' }
            : { label: 'Show clouds', icon: Plug, run: () => choose('clouds'), keywords: 'tab' },
        ]
      : [],
  )
  return (
    <Page title="Connections">
      {hasStores ? (
        <Tabs label="Clouds and key stores" tabs={tabs} value={tab} onChange={choose} className="pt-1">
          <Suspense>{tab === 'clouds' ? <Connections /> : <KeyStoresTab />}</Suspense>
        </Tabs>
      ) : (
        <Connections />
      )}
    </Page>
  )
}
