import { CircleHelp, UserRoundCog } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useNarrow } from '../../ui/use-media.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { ListBody } from '../shared/list/ListBody.tsx'
import type { ListSummary } from '../shared/list/ListControls.tsx'
import { sortCommands } from '../shared/list/list-commands.ts'
import { sortAfter } from '../shared/list/list-view.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import type { Asked } from './AccessDialogs.tsx'
import type { RoleRow } from './access-rows.ts'
import type { AccessView, RoleColumn } from './access-view.ts'
import { CreateButton } from './CreateButton.tsx'
import { RoleCards } from './RoleCards.tsx'
import { RoleDetail } from './RoleDetail.tsx'
import { columns, RoleTable, RoleTableSkeleton, roleLinkId } from './RoleTable.tsx'
import { type Managed, unreadableOf } from './use-access.ts'

interface RolesTabProps {
  list: ListSummary
  managed: readonly Managed[]
  /** All of them, and those that the search leaves. */
  rows: readonly RoleRow[]
  shown: readonly RoleRow[]
  view: AccessView
  onView: (view: AccessView) => void
  /** Why nothing can be changed. */
  refusal: string | undefined
  onAsk: (asked: Asked) => void
}

export function RolesTab({ managed, list, rows, shown, view, onView, refusal, onAsk }: RolesTabProps) {
  /** The role whose link was pressed, to move the focus to it and back. */
  const followed = useRef<string>(undefined)
  useEffect(() => {
    if (view.role !== undefined || followed.current === undefined) return
    document.getElementById(roleLinkId(followed.current))?.focus()
    followed.current = undefined
  }, [view.role])

  const narrow = useNarrow()
  const onSort = (column: RoleColumn) => onView({ ...view, roleSort: sortAfter(view.roleSort, column) })

  const chosen = rows.find(({ role }) => role.id === view.role)
  const of = managed.find(({ cloud }) => cloud.id === chosen?.cloud)
  const roleList = {
    rows: shown,
    view,
    chosen: view.role === undefined ? undefined : (chosen?.id ?? ''),
    onFollow: ({ role }: RoleRow) => {
      followed.current = role.id
    },
  }
  const failed = rows.length === 0 ? managed.find(({ roles }) => roles.isError) : undefined
  const body = (
    <ListBody
      list={list}
      label="Roles"
      narrow={narrow}
      pending={rows.length === 0 && managed.some(({ roles }) => roles.isPending)}
      unreadable={unreadableOf(managed, 'roles')}
      skeleton={{
        card: { className: 'h-29', lines: [180, 140, 240] },
        table: <RoleTableSkeleton sort={view.roleSort} onSort={onSort} />,
      }}
      failed={
        failed && (
          <FailedCall
            title="The roles could not be read"
            error={failed.roles.error}
            onRetry={() => void failed.roles.refetch()}
            retrying={failed.roles.isFetching}
          />
        )
      }
      empty={
        <EmptyState
          icon={UserRoundCog}
          title="No roles yet"
          actions={<CreateButton noun="role" reason={refusal} onCreate={() => onAsk({ to: 'create role' })} />}
        >
          The role of an API key says which calls are allowed.
        </EmptyState>
      }
    >
      <PageCommands commands={sortCommands(columns, view.roleSort, onSort)} />
      {narrow ? <RoleCards {...roleList} /> : <RoleTable {...roleList} onSort={onSort} />}
    </ListBody>
  )
  if (view.role === undefined || rows.length === 0) return body
  const close = () => onView({ ...view, role: undefined })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_30rem] items-start max-[1100px]:grid-cols-[minmax(0,1fr)]">
      <div className="max-[1100px]:hidden">{body}</div>
      <div className="min-[1100px]:sticky min-[1100px]:top-(--topbar)">
        {chosen && of ? (
          <RoleDetail
            key={chosen.id}
            row={chosen}
            of={of}
            refusal={refusal}
            onAsk={onAsk}
            takesFocus={followed.current === chosen.role.id}
            onClose={() => {
              followed.current = chosen.role.id
              close()
            }}
          />
        ) : (
          <EmptyState
            icon={CircleHelp}
            title="This role is not listed"
            actions={<Button onClick={close}>All roles</Button>}
          >
            It may have been deleted. Its ID is {view.role}.
          </EmptyState>
        )}
      </div>
    </div>
  )
}
