import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { UserRoundCog } from 'lucide-react'
import type { KeyAccess } from '../../../clouds/key-access.ts'
import { queries } from '../../../clouds/queries.ts'
import { count } from '../../../lib/numbers.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useNarrow } from '../../../ui/use-media.ts'
import { FailedCall } from '../../shared/Failure.tsx'
import { useConnections } from '../../use-keys.ts'
import { LoadingAccess } from './LoadingAccess.tsx'
import { RoleCards } from './RoleCards.tsx'
import { Legend, RoleMatrix } from './RoleMatrix.tsx'
import { keysByRole } from './role-keys.ts'
import type { OnKey } from './words.ts'

interface RoleAccessPanelProps extends OnKey {
  access: Extract<KeyAccess, { by: 'roles' }>
  title: string
}

const byName = new Intl.Collator('en', { numeric: true })

/** What the policies of the provider's roles allow with the key, and the API keys that act in them. */
export function RoleAccessPanel({ access, kmsKey: key, activities, title }: RoleAccessPanelProps) {
  const narrow = useNarrow()
  const connection = useConnections().find(({ id }) => id === key.cloud)
  const roles = useQuery(queries.roles(key.cloud))
  const apiKeys = useQuery(queries.apiKeys(key.cloud))
  const decided = useQuery({
    queryKey: ['role access', key.cloud, key.location, key.id, key.status, activities, roles.dataUpdatedAt],
    queryFn: ({ signal }) => access.decide(key, roles.data?.items ?? [], activities, signal),
    enabled: roles.data !== undefined,
    placeholderData: keepPreviousData,
  })
  const failed = roles.data === undefined ? roles : decided
  if (failed.error && !decided.data)
    return (
      <Panel title={title}>
        <FailedCall
          title={failed === roles ? 'The roles could not be read' : 'The key could not be read'}
          error={failed.error}
          retrying={failed.isFetching}
          onRetry={() => void failed.refetch()}
        />
      </Panel>
    )
  if (!decided.data) return <LoadingAccess title={title} />
  const { note } = decided.data
  const unreadable = roles.data?.unreadable.length ?? 0
  const notes = [note, unreadable > 0 ? `${count(unreadable, 'role')} can’t be read.` : undefined].filter(Boolean)
  const list = {
    rows: [...decided.data.roles].sort((a, b) => byName.compare(a.role.name, b.role.name)),
    activities: activities.filter((activity) => decided.data.roles.some(({ decisions }) => decisions.has(activity))),
    keys: apiKeys.data && keysByRole(apiKeys.data.items, connection?.apiKey),
    keysFailed: apiKeys.isError,
  }
  if (list.rows.length === 0)
    return (
      <Panel title={title}>
        <EmptyState icon={UserRoundCog} title="No roles">
          API keys act in roles, whose policies decide.
        </EmptyState>
      </Panel>
    )
  return (
    <Panel
      title={title}
      flush
      footer={
        narrow && notes.length === 0 ? undefined : (
          <>
            {narrow ? null : <Legend />}
            {notes.length === 0 ? null : <span className="text-warning-fg text-xs">{notes.join(' ')}</span>}
          </>
        )
      }
    >
      {narrow ? <RoleCards {...list} /> : <RoleMatrix {...list} />}
    </Panel>
  )
}
