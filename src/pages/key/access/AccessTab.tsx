import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { ChunkError } from '../../../ui/lazy-section.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { activitiesOn } from './activities.ts'
import { ConsoleRoles } from './ConsoleRoles.tsx'
import { LoadingAccess } from './LoadingAccess.tsx'
import { PermissionTable } from './PermissionTable.tsx'
import { RoleAccessPanel } from './RoleAccessPanel.tsx'
import type { OnKey } from './words.ts'

/** Who may do what with a key: by its provider, and by the roles of this console where people sign in. */
export function AccessTab({ kmsKey }: { kmsKey: KmsKey }) {
  const session = useSuspenseQuery(queries.session()).data
  const activities = useMemo(() => activitiesOn(kmsKey), [kmsKey])
  const on = { kmsKey, activities }
  return (
    <>
      {session.person ? <ConsoleRoles session={session} {...on} /> : null}
      {cloudOf(kmsKey.cloud).keyAccess ? <ProviderAccess {...on} /> : null}
    </>
  )
}

function ProviderAccess(on: OnKey) {
  const { id, longName, keyAccess } = cloudOf(on.kmsKey.cloud)
  const { data, isError, refetch } = useQuery({
    queryKey: ['key access', id],
    queryFn: async () => (await keyAccess?.()) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = `At ${longName}`
  if (isError)
    return (
      <Panel title={title}>
        <ChunkError onRetry={() => void refetch()} />
      </Panel>
    )
  if (data === undefined) return <LoadingAccess title={title} />
  if (data === null) return null
  return data.by === 'permissions' ? (
    <PermissionTable access={data} title={title} {...on} />
  ) : (
    <RoleAccessPanel access={data} title={title} {...on} />
  )
}
