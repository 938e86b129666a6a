import type { QueryClient } from '@tanstack/react-query'
import { Suspense, useCallback, useMemo, useState } from 'react'
import type { ReadLocations } from '../../clouds/replica-groups.ts'
import { count } from '../../lib/numbers.ts'
import { CardsSkeleton } from '../../ui/CardsSkeleton.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { lazySection } from '../../ui/lazy-section.tsx'
import { isNarrow, useNarrow } from '../../ui/use-media.ts'
import { useEntryState } from '../entry-state.ts'
import { hasOwnKey } from '../own-keys.ts'
import type { Visit } from '../page-modules.ts'
import { CreateKeyLink } from '../shared/CreateKeyLink.tsx'
import { useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { formatKeyCount } from '../shared/key-count.ts'
import { ListBody } from '../shared/list/ListBody.tsx'
import { formatResults, ListControls } from '../shared/list/ListControls.tsx'
import { isFiltered, sortAfter, sortProps } from '../shared/list/list-view.ts'
import { useListView } from '../shared/list/use-list-view.ts'
import { MissingBanner, NothingRead, OutdatedBanner } from '../shared/MissingBanner.tsx'
import { Page } from '../shared/Page.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { useNow } from '../shared/use-now.ts'
import { useRetryFailures } from '../shared/use-retry-failures.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectIn } from '../use-project.ts'
import { warmKeys } from '../warm-keys.ts'
import { KeyMenu, type OpenedMenu, type OpenMenu } from './cells.tsx'
import { filterGroups } from './filter-groups.tsx'
import { KeysCommands } from './KeysCommands.tsx'
import { KeyTable, TableSkeleton } from './KeyTable.tsx'
import { type KeyRow, withLocations } from './key-rows.ts'
import {
  activeFilters,
  type ColumnId,
  type KeysViewState,
  keysViewFormat,
  namedColumns,
  type Sort,
} from './keys-view.ts'
import { ListMenus } from './ListMenus.tsx'
import { type Columns, useColumns } from './use-columns.ts'
import { useGathered } from './use-gathered.ts'
import { useKeyRows } from './use-key-rows.ts'
import { type Selection, useSelection } from './use-selection.ts'

const cardSkeleton = { className: 'h-32', lines: [260, 220, 240] }
const barRoom = <div className="h-14" />
const SelectionBar = lazyComponent(() => import('./SelectionBar.tsx').then(({ SelectionBar }) => SelectionBar), {
  fallback: () => barRoom,
})
const FirstKey = lazySection(() => import('../shared/FirstKey.tsx').then(({ FirstKey }) => FirstKey))
const KeyCards = lazyComponent(() => import('./KeyCards.tsx').then(({ KeyCards }) => KeyCards))

export const load =
  (client: QueryClient) =>
  ({ search }: Visit) => {
    if (isNarrow()) KeyCards.preload()
    warmKeys(client, projectIn(search))
  }

interface ListProps {
  state: KeysViewState
  rows: readonly KeyRow[]
  read: ReadLocations
  columns: Columns
  selection: Selection
  working: boolean
  now: number
  narrow: boolean
  onSort: (column: ColumnId) => void
}

/** The rows with the one menu that all of them share. */
function KeyList({ state, rows, read, columns, selection, working, now, narrow, onSort }: ListProps) {
  const [menu, setMenu] = useState<OpenedMenu | undefined>()
  const { start, dialog } = useKeyActions()
  const { copy, copyDialog } = useCopy()
  const onOpen: OpenMenu = useCallback((menu) => setMenu((open) => (open?.id === menu.id ? undefined : menu)), [])
  const [opened, setOpened] = useEntryState<ReadonlySet<string>>('opened-keys', new Set())
  const onToggle = useCallback(
    ({ id }: KeyRow) => setOpened((before) => before.symmetricDifference(new Set([id]))),
    [setOpened],
  )
  const lines = useMemo(() => withLocations(rows, opened, read), [rows, opened, read])
  const list = { lines, opened, onToggle, selection, working, now, menuOf: menu?.id, onOpen }
  return (
    <>
      {narrow ? (
        <Suspense fallback={<CardsSkeleton label="Keys" {...cardSkeleton} />}>
          <KeyCards {...list} />
        </Suspense>
      ) : (
        <KeyTable {...list} rows={rows} shown={columns.shown} sort={state.view.sort} onSort={onSort} />
      )}
      {menu ? (
        <Suspense>
          <KeyMenu
            key={menu.id}
            anchor={menu.anchor}
            byKeyboard={menu.byKeyboard}
            kmsKey={menu.kmsKey}
            onAction={(action) => start(action, menu.kmsKey)}
            onCopy={() => copy(`id of ${menu.kmsKey.name}`, menu.kmsKey.id)}
            onClose={() => setMenu(undefined)}
          />
        </Suspense>
      ) : null}
      {dialog}
      {copyDialog}
    </>
  )
}

export default function KeysPage() {
  const gathered = useGathered()
  const all = useAllKeys({ subscribed: gathered })
  const state = useListView(keysViewFormat)
  const now = useNow()
  const narrow = useNarrow()
  const { missing, retrying, retry } = useRetryFailures(all)
  const { rows, all: every, view, total, options, working, preparing, longestName } = useKeyRows(all, state.view, now)
  const columns = useColumns(longestName)
  const selection = useSelection(rows, every)

  const waiting = (!gathered || (total === 0 && (all.pending || preparing))) && !retrying
  const active = activeFilters(view.filters)
  const list = { noun: 'key', search: view.search, active, shown: rows.length, total, onClear: state.clear }
  const allFailed = total === 0 && all.answered === 0 && missing.length > 0 && (!all.pending || retrying)

  const onSort = (sort: Sort) => state.show({ ...state.view, sort })
  const sortBy = (column: ColumnId) => onSort(sortAfter(state.view.sort, column))
  const groups = () => {
    if (waiting) return undefined
    if (total === 0) return []
    return options && filterGroups({ options, chosen: state.view.filters, onChange: state.filter })
  }
  const summary = () => {
    if (waiting || allFailed) return ''
    if (!all.count) return 'Some keys are still being read.'
    return isFiltered(view.search, active) ? formatResults(list) : formatKeyCount(all.count)
  }
  const selecting = selection.rows.length + selection.hidden > 0

  return (
    <Page title="Keys">
      <KeysCommands state={state} options={options} onRefresh={all.refresh} />
      {missing.length > 0 && !allFailed ? (
        <MissingBanner missing={missing} answered={all.answered} retrying={retrying} onRetry={retry} />
      ) : null}
      {all.outdated.length > 0 ? <OutdatedBanner outdated={all.outdated} retrying={all.refreshing} /> : null}
      {selecting ? (
        <Suspense fallback={barRoom}>
          <SelectionBar selection={selection} shown={rows.length} />
        </Suspense>
      ) : (
        <ListControls
          {...list}
          search={state.view.search}
          active={activeFilters(state.view.filters)}
          searchField={{ label: 'Search keys', placeholder: 'Search name, id, label', className: 'w-62' }}
          onSearch={state.search}
          narrow={narrow}
          groups={groups()}
          oneMenu
          sort={sortProps({ columns: namedColumns, sort: state.view.sort, onSort })}
          refreshing={all.refreshing}
          onRefresh={all.refresh}
          end={
            <>
              {total > 0 ? (
                <ListMenus columns={columns} rows={rows} view={state.view} onSort={onSort} narrow={narrow} />
              ) : null}
              <CreateKeyLink amongTools />
            </>
          }
        />
      )}
      {/* The line is there before its figure, so that the table stays where it is. */}
      <p className="min-h-6 text-fg-muted text-xs tabular-nums">{summary()}</p>
      <LiveRegion>{selecting ? `${count(selection.rows.length, 'key')} selected` : summary()}</LiveRegion>
      <div ref={columns.measured} className="-mx-(--gutter)">
        <ListBody
          list={list}
          label="Keys"
          narrow={narrow}
          pending={waiting}
          skeleton={{
            card: cardSkeleton,
            table: <TableSkeleton shown={columns.shown} sort={view.sort} onSort={sortBy} />,
          }}
          unreadable={all.unreadable}
          failed={allFailed ? <NothingRead missing={missing} retrying={retrying} onRetry={retry} /> : undefined}
          empty={
            <Suspense>
              <FirstKey title={missing.length > 0 ? 'No keys in the locations that answered' : 'No keys yet'} />
            </Suspense>
          }
        >
          <KeyList
            state={state}
            rows={rows}
            read={all.read}
            columns={columns}
            selection={selection}
            working={working}
            now={now}
            narrow={narrow}
            onSort={sortBy}
          />
          {all.pending || missing.length > 0 || hasOwnKey(all.keys) ? null : (
            <Suspense>
              <FirstKey title="No keys of your own yet" />
            </Suspense>
          )}
        </ListBody>
      </div>
    </Page>
  )
}
