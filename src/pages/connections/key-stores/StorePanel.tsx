import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Pencil, Plug, Trash2, Unplug } from 'lucide-react'
import { detailsOf } from '../../../clouds/errors.ts'
import { keyStoreQueries } from '../../../clouds/key-store-queries.ts'
import type { KeyStore, StoreHealth } from '../../../clouds/key-stores.ts'
import type { CloudId } from '../../../clouds/model.ts'
import { formatAgo, formatWithRelative } from '../../../lib/dates.ts'
import { count } from '../../../lib/numbers.ts'
import { Link } from '../../../router/react.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Menu, MenuItem } from '../../../ui/Menu.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { type Property, PropertyList } from '../../../ui/PropertyList.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { ErrorNote, RetryButton } from '../../shared/Failure.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { useExclusiveMutation } from '../../shared/use-exclusive-mutation.ts'
import { useNow } from '../../shared/use-now.ts'
import { useLinks } from '../../use-project.ts'
import { Copied } from '../connection-properties.tsx'
import type { AskedStore } from './StoreDialogs.tsx'
import type { StoreCloud, StoreKeys } from './use-key-stores.ts'

const healthWords: Readonly<Record<StoreHealth['status'], { word: string; state: 'on' | 'failed' | 'unknown' }>> = {
  healthy: { word: 'Healthy', state: 'on' },
  unhealthy: { word: 'Unhealthy', state: 'failed' },
  unknown: { word: 'Unknown', state: 'unknown' },
}

/** What the last check of the proxy found: the list does not tell it. */
function Health({ cloud, id }: { cloud: CloudId; id: string }) {
  const now = useNow()
  const { data, error, isFetching, refetch } = useQuery(keyStoreQueries.store(cloud, id))
  if (data === undefined && error)
    return (
      <span className="flex flex-wrap items-center gap-2">
        <span className="text-danger-fg">It could not be read. {detailsOf(error).message}</span>
        <RetryButton retrying={isFetching} onRetry={() => void refetch()} />
      </span>
    )
  if (data === undefined) return <Skeleton width={140} />
  const { status = 'unknown', checkedAt, reason } = data?.health ?? {}
  const { word, state } = healthWords[status]
  return (
    <>
      <StatusDot state={state}>{word}</StatusDot>
      <span className="text-fg-subtle">
        {checkedAt === undefined ? ', not checked yet' : `, checked ${formatAgo(checkedAt, now)}`}
      </span>
      {reason === undefined ? null : <span className="block text-fg-muted">{reason}</span>}
    </>
  )
}

/** How many keys use the store, as a link to them. */
function KeysOfStore({ id, keys }: { id: string; keys: StoreKeys }) {
  const links = useLinks()
  const users = keys.of(id).length
  const rest = keys.complete ? '' : ' in the locations that were read'
  if (keys.pending) return <Skeleton width={60} />
  if (users === 0) return `None${rest}`
  return (
    <>
      <Link className="link" to={links.keys({ q: id })}>
        {count(users, 'key')}
      </Link>
      {rest}
    </>
  )
}

interface StorePanelProps {
  of: StoreCloud
  store: KeyStore
  keys: StoreKeys
  /** Why nothing can be changed. */
  refusal: string | undefined
  onAsk: (asked: AskedStore) => void
}

/** One key store: whether it is connected, healthy and used, and what can be done with it. */
export function StorePanel({ of, store, keys, refusal, onAsk }: StorePanelProps) {
  const { id, name, connected } = store
  const { cloud, connection, stores } = of
  const now = useNow()
  const toast = useToast()
  const users = keys.of(id)
  const connecting = useExclusiveMutation(async () => {
    try {
      await stores.connect(stores.location(connection), id)
      toast.success(`Connected ${name}.`, { text: 'Its keys can be used.' })
    } finally {
      await of.refresh()
    }
  })
  const state = connected
    ? { label: `Disconnect ${name}…`, icon: Unplug, run: () => onAsk({ to: 'disconnect', store, users }) }
    : { label: `Connect ${name}`, icon: Plug, run: connecting.mutate }
  const edit = { label: `Edit ${name}…`, icon: Pencil, run: () => onAsk({ to: 'edit', store }) }
  const remove = {
    label: `Delete ${name}…`,
    icon: Trash2,
    run: () => onAsk({ to: 'delete', store, users }),
    disabledReason:
      refusal ??
      (users.length > 0 ? `${count(users.length, 'key')} of this key store must be deleted first.` : undefined),
  }
  const properties: readonly Property[] = [
    ...(store.description === undefined ? [] : [{ name: 'Description', value: store.description }]),
    { name: 'Health', value: <Health cloud={cloud.id} id={id} /> },
    ...(store.endpoint === undefined
      ? []
      : [{ name: 'Endpoint', value: <Copied text={store.endpoint} what={`endpoint of ${name}`} /> }]),
    ...(store.accessKey === undefined
      ? []
      : [{ name: 'Access key', value: <Copied text={store.accessKey} what={`access key of ${name}`} /> }]),
    { name: 'Keys', value: <KeysOfStore id={id} keys={keys} /> },
    ...(store.since === undefined
      ? []
      : [{ name: connected ? 'Connected' : 'Disconnected', value: formatWithRelative(store.since, now) }]),
    { name: 'Id', value: <Copied text={id} what={`id of ${name}`} /> },
  ]
  return (
    <Panel
      flush
      title={name}
      sub={<StatusDot state={connected ? 'on' : 'off'}>{connected ? 'Connected' : 'Disconnected'}</StatusDot>}
      end={
        <>
          <Button
            size="sm"
            icon={state.icon}
            busy={connecting.isPending}
            disabledReason={refusal}
            aria-haspopup={connected ? 'dialog' : undefined}
            onClick={() => state.run()}
          >
            {connecting.isPending ? 'Connecting' : connected ? 'Disconnect…' : 'Connect'}
          </Button>
          <Menu
            trigger={
              <Button iconOnly size="sm" variant="ghost" icon={Ellipsis} aria-label={`More actions for ${name}`} />
            }
          >
            <MenuItem icon={edit.icon} disabledReason={refusal} onSelect={edit.run}>
              Edit…
            </MenuItem>
            <MenuItem icon={remove.icon} danger disabledReason={remove.disabledReason} onSelect={remove.run}>
              Delete…
            </MenuItem>
          </Menu>
        </>
      }
    >
      <PageCommands
        commands={[
          { ...state, run: () => state.run(), disabledReason: refusal, keywords: 'key store', detail: id },
          { ...edit, disabledReason: refusal, keywords: 'key store credentials endpoint', detail: id },
          { ...remove, keywords: 'key store', detail: id },
        ]}
      />
      <div className="grid gap-2 px-3.5 py-1.5">
        <PropertyList items={properties} />
        {connecting.error === null ? null : <ErrorNote title={`${name} is not connected.`} error={connecting.error} />}
      </div>
    </Panel>
  )
}
