import { Copy, IdCard, Trash2 } from 'lucide-react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useNarrow } from '../../ui/use-media.ts'
import { FailedCall, RetryButton } from '../shared/Failure.tsx'
import { ListBody } from '../shared/list/ListBody.tsx'
import type { ListSummary } from '../shared/list/ListControls.tsx'
import { sortCommands } from '../shared/list/list-commands.ts'
import { sortAfter } from '../shared/list/list-view.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { ApiKeyCards } from './ApiKeyCards.tsx'
import { ApiKeyTable, columnsFor, TableSkeleton } from './ApiKeyTable.tsx'
import type { ApiKeyRow } from './access-rows.ts'
import type { AccessView, KeyColumn } from './access-view.ts'
import { CreateButton } from './CreateButton.tsx'
import { type Managed, unreadableOf } from './use-access.ts'

interface KeysTabProps {
  readonly list: ListSummary
  managed: readonly Managed[]
  /** All of them, and those that search and filter leave, in order. */
  rows: readonly ApiKeyRow[]
  shown: readonly ApiKeyRow[]
  view: AccessView
  onView: (view: AccessView) => void
  /** Why nothing can be changed. */
  refusal: string | undefined
  onCreate: () => void
  onDelete: (row: ApiKeyRow) => void
}

/** Up to here, the palette lists them before anything is typed. */
const FEW = 5

/** What could not be read while something else was. */
function MissingNote({ managed }: { managed: readonly Managed[] }) {
  const lists = managed.flatMap(({ cloud, keys, roles }) => [
    { id: `${cloud.id} keys`, title: `The API keys of ${cloud.longName} could not be read.`, query: keys, means: '' },
    {
      id: `${cloud.id} roles`,
      title: `The roles of ${cloud.longName} could not be read.`,
      query: roles,
      means: 'The list shows their ids, and no API key can be created. ',
    },
  ])
  return lists
    .filter(({ query }) => query.isError)
    .map(({ id, title, query, means }) => {
      const details = detailsOf(query.error)
      return (
        <Banner
          key={id}
          tone="warning"
          title={title}
          meta={requestLine(details)}
          className="mb-3"
          actions={<RetryButton retrying={query.isFetching} onRetry={() => void query.refetch()} />}
        >
          {means}
          {details.message} {details.advice}
        </Banner>
      )
    })
}

export function KeysTab(props: KeysTabProps) {
  const { managed, list, rows, shown, view, onView, refusal, onCreate, onDelete } = props
  const narrow = useNarrow()
  const { copy, copyDialog } = useCopy()
  const onSort = (column: KeyColumn) => onView({ ...view, sort: sortAfter(view.sort, column) })

  const pending = rows.length === 0 && managed.some(({ keys }) => keys.isPending)
  const unread = managed.every(({ keys }) => keys.data === undefined)
  const failed = unread ? managed.find(({ keys }) => keys.isError) : undefined
  const columns = columnsFor(rows)
  const rowProps = { rows: shown, reason: refusal, onDelete }
  const body = (
    <ListBody
      list={list}
      label="API keys"
      narrow={narrow}
      pending={pending}
      unreadable={unreadableOf(managed, 'keys')}
      skeleton={{
        card: { className: 'h-30', lines: [220, 100, 180] },
        table: <TableSkeleton sort={view.sort} onSort={onSort} />,
      }}
      failed={
        failed && (
          <FailedCall
            title="The API keys could not be read"
            error={failed.keys.error}
            onRetry={() => void Promise.all([failed.keys.refetch(), failed.roles.refetch()])}
            retrying={failed.keys.isFetching}
          />
        )
      }
      empty={
        <EmptyState
          icon={IdCard}
          title="No API keys yet"
          actions={<CreateButton noun="API key" reason={refusal} onCreate={onCreate} />}
        >
          Programs sign their requests with an API key. Its role says which calls are allowed.
        </EmptyState>
      }
    >
      {narrow ? (
        <ApiKeyCards {...rowProps} />
      ) : (
        <ApiKeyTable {...rowProps} columns={columns} sort={view.sort} onSort={onSort} />
      )}
    </ListBody>
  )
  if (pending || failed) return body
  return (
    <>
      <PageCommands
        commands={[
          ...shown
            .filter(({ own }) => !own)
            .map((row) => ({
              label: `Delete ${row.key.name}…`,
              detail: row.key.key,
              icon: Trash2,
              keywords: 'API key',
              collapsed: shown.length > FEW,
              disabledReason: refusal,
              run: () => onDelete(row),
            })),
          ...shown.map(({ key: { name, key } }) => ({
            label: `Copy key of ${name}`,
            detail: key,
            icon: Copy,
            collapsed: true,
            run: () => copy(`key of ${name}`, key),
          })),
          ...sortCommands(columns, view.sort, onSort),
        ]}
      />
      <div className="px-(--gutter)">
        <MissingNote managed={managed} />
      </div>
      {body}
      {copyDialog}
      {managed.map(({ cloud, access }) => (
        <p key={cloud.id} className="px-(--gutter) pt-3 text-fg-subtle text-xs">
          {access.listNote}
        </p>
      ))}
    </>
  )
}
