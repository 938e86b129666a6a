import { Plus, RefreshCw, Server, ServerOff } from 'lucide-react'
import { useState } from 'react'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import type { CloudConnection } from '../../../clouds/gateway/wire.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { usePageCommands } from '../../commands.ts'
import { FailedCall, RetryButton } from '../../shared/Failure.tsx'
import { UnreadableItems } from '../../shared/list/UnreadableItems.tsx'
import { unreadableIn } from '../../shared/list/unreadable.ts'
import { useChangeRefusal } from '../../use-change-refusal.ts'
import { type AskedStore, StoreDialogs } from './StoreDialogs.tsx'
import { StorePanel } from './StorePanel.tsx'
import { type StoreCloud, useStoreCloud, useStoreConnections, useStoreKeys } from './use-key-stores.ts'

const Loading = () => (
  <div role="status" aria-busy="true" className="grid gap-4 rounded-lg border border-line bg-surface p-3.5">
    <span className="sr-only">Reading the key stores</span>
    {[180, 240, 140].map((width) => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)

function StoreList({ of, onAsk }: { of: StoreCloud; onAsk: (asked: AskedStore) => void }) {
  const { cloud, list, stores } = of
  const keys = useStoreKeys()
  const refusal = useChangeRefusal('createKeyStore', cloud.id)
  const offered = list.data !== null
  const create = {
    label: 'Create key store',
    icon: Plus,
    run: () => onAsk({ to: 'create' }),
    disabledReason: refusal ?? (offered ? undefined : 'This service has no key stores.'),
  }
  usePageCommands([
    { ...create, keywords: 'external new' },
    { label: 'Refresh', icon: RefreshCw, run: () => void of.refresh(), keywords: 'reload key stores' },
  ])
  const button = (
    <Button
      variant="primary"
      icon={Plus}
      aria-haspopup="dialog"
      disabledReason={create.disabledReason}
      onClick={create.run}
    >
      {create.label}
    </Button>
  )
  if (list.isPending) return <Loading />
  if (list.data === undefined)
    return (
      <FailedCall
        title="The key stores could not be read"
        error={list.error}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    )
  if (list.data === null)
    return (
      <EmptyState icon={ServerOff} title={`This ${cloud.longName} service has no key stores`}>
        It speaks a version of the API from before they were introduced.
      </EmptyState>
    )
  const { items, unreadable } = list.data
  if (items.length === 0 && unreadable.length === 0)
    return (
      <EmptyState icon={Server} title="No key stores yet" actions={button}>
        {stores.about}
      </EmptyState>
    )
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 text-fg-muted text-sm">{stores.about}</p>
        <div className="flex items-center gap-1">
          <Button
            iconOnly
            variant="ghost"
            icon={RefreshCw}
            aria-label="Refresh"
            busy={list.isRefetching}
            onClick={() => void of.refresh()}
          />
          {button}
        </div>
      </div>
      {list.isError ? (
        <Banner
          tone="warning"
          title="The key stores could not be read again."
          meta={requestLine(detailsOf(list.error))}
          actions={<RetryButton retrying={list.isFetching} onRetry={() => void list.refetch()} />}
        >
          {detailsOf(list.error).message} What you see may be out of date.
        </Banner>
      ) : null}
      {unreadable.length === 0 ? null : (
        <UnreadableItems items={unreadableIn(list.data, { cloud: cloud.id })} noun="key store" search="" />
      )}
      <ul className="grid grid-cols-2 items-start gap-4 max-[1180px]:grid-cols-1 [&>*]:min-w-0">
        {items.map((store) => (
          <li key={store.id}>
            <StorePanel of={of} store={store} keys={keys} refusal={refusal} onAsk={onAsk} />
          </li>
        ))}
      </ul>
    </>
  )
}

function CloudStores({ connection }: { connection: CloudConnection }) {
  const of = useStoreCloud(connection)
  const [asked, setAsked] = useState<AskedStore>()
  if (!of) return null
  return (
    <>
      <StoreList of={of} onAsk={setAsked} />
      <StoreDialogs of={of} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

/** Key stores of the connected clouds that can have some. */
export const KeyStoresTab = () => (
  <div className="grid gap-4 pt-4">
    {useStoreConnections().map((connection) => (
      <CloudStores key={connection.id} connection={connection} />
    ))}
  </div>
)
