import type { QueryClient } from '@tanstack/react-query'
import { CloudOff, SearchX } from 'lucide-react'
import { Suspense, useCallback, useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { CardsSkeleton } from '../../ui/CardsSkeleton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { lazySection } from '../../ui/lazy-section.tsx'
import { hasOwnKey } from '../own-keys.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { MissingBanner } from '../shared/MissingBanner.tsx'
import { OutdatedBanner } from '../shared/OutdatedBanner.tsx'
import { Page } from '../shared/Page.tsx'
import { groupFailures } from '../shared/read-failures.ts'
import { useCopy } from '../shared/use-copy.ts'
import { useNarrow } from '../shared/use-narrow.ts'
import { useNow } from '../shared/use-now.ts'
import { useRetryFailures } from '../shared/use-retry-failures.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectOf } from '../use-project.ts'
import { warmKeys } from '../warm-keys.ts'
import { KeyMenu, type OpenedMenu, type OpenMenu } from './cells.tsx'
import { KeyCards } from './KeyCards.tsx'
import { KeyTable, TableSkeleton } from './KeyTable.tsx'
import type { KeyRow } from './key-rows.ts'
import { hiddenBy, isNarrowed } from './keys-view.ts'
import { Toolbar } from './Toolbar.tsx'
import { type Columns, useColumns } from './use-columns.ts'
import { useKeyRows } from './use-key-rows.ts'
import { type KeysViewState, useKeysView } from './use-keys-view.ts'
import { type Selection, useSelection } from './use-selection.ts'

const barRoom = <div className="h-14" />
const SelectionBar = lazyComponent(() => import('./SelectionBar.tsx').then(({ SelectionBar }) => SelectionBar), {
  fallback: () => barRoom,
})
const KeysCommands = lazyComponent(() => import('./KeysCommands.tsx').then(({ KeysCommands }) => KeysCommands))
const FirstKey = lazySection(() => import('../shared/FirstKey.tsx').then(({ FirstKey }) => FirstKey))
const ListMenus = lazyComponent(() => import('./ListMenus.tsx').then(({ ListMenus }) => ListMenus))

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    warmKeys(client, projectOf(request))
    return null
  }

interface ListProps {
  state: KeysViewState
  rows: readonly KeyRow[]
  columns: Columns
  selection: Selection
  working: boolean
  now: number
  narrow: boolean
}

/** The rows with the one menu that all of them share. */
function KeyList({ state, rows, columns, selection, working, now, narrow }: ListProps) {
  const [menu, setMenu] = useState<OpenedMenu | undefined>()
  const { start, dialog } = useKeyActions()
  const copy = useCopy()
  const onOpen: OpenMenu = useCallback(
    (menu) => setMenu((open) => (open?.row.id === menu.row.id ? undefined : menu)),
    [],
  )
  const list = { rows, selection, working, now, menuOf: menu?.row.id, onOpen }
  return (
    <>
      {narrow ? (
        <KeyCards {...list} />
      ) : (
        <KeyTable {...list} shown={columns.shown} sort={state.view.sort} onSort={state.sortBy} />
      )}
      {menu ? (
        <Suspense>
          <KeyMenu
            key={menu.row.id}
            anchor={menu.anchor}
            byKeyboard={menu.byKeyboard}
            keyOf={menu.row.key}
            onAction={(action) => start(action, menu.row.key)}
            onCopy={() => copy(`id of ${menu.row.key.name}`, menu.row.key.id, `It is ${menu.row.key.id}.`)}
            onClose={() => setMenu(undefined)}
          />
        </Suspense>
      ) : null}
      {dialog}
    </>
  )
}

export default function KeysPage() {
  const all = useAllKeys()
  const state = useKeysView()
  const now = useNow()
  const narrow = useNarrow()
  const { missing, retrying, retry } = useRetryFailures(all)
  const { rows, all: every, view, total, options, working, preparing } = useKeyRows(all, state.view, now)
  const columns = useColumns()
  const selection = useSelection(rows, every)

  const waiting = total === 0 && (all.pending || preparing) && !retrying
  const shownWords = count(rows.length, 'key')
  const results = isNarrowed(view) ? `${formatNumber(rows.length)} of ${count(total, 'key')}` : shownWords
  const allFailed = total === 0 && all.answered === 0 && missing.length > 0
  // One reason for everything fills the page; several stand in the banner.
  const failure = allFailed && groupFailures(missing).length === 1 ? missing[0] : undefined

  const selecting = selection.rows.length + selection.hidden > 0

  const content = () => {
    if (waiting)
      return narrow ? (
        <CardsSkeleton label="Keys" className="h-32" lines={[260, 220, 240]} />
      ) : (
        <TableSkeleton shown={columns.shown} sort={view.sort} onSort={state.sortBy} />
      )
    if (failure)
      return <FailedCall title="No keys could be read" error={failure.error} onRetry={retry} retrying={retrying} />
    if (allFailed)
      return (
        <EmptyState icon={CloudOff} title="No keys could be read">
          Nothing that was asked has answered. Each reason stands above.
        </EmptyState>
      )
    if (total === 0)
      return (
        <Suspense>
          <FirstKey title={missing.length > 0 ? 'No keys in the locations that answered' : 'No keys yet'} />
        </Suspense>
      )
    if (rows.length === 0)
      return (
        <EmptyState icon={SearchX} title="No match" actions={<Button onClick={state.clear}>Clear filters</Button>}>
          {count(total, 'key')} {total === 1 ? 'is' : 'are'} hidden by {hiddenBy(view)}.
        </EmptyState>
      )
    return (
      <>
        <KeyList
          state={state}
          rows={rows}
          columns={columns}
          selection={selection}
          working={working}
          now={now}
          narrow={narrow}
        />
        {all.pending || missing.length > 0 || hasOwnKey(all.keys) ? null : (
          <Suspense>
            <FirstKey title="No keys of your own yet" />
          </Suspense>
        )}
      </>
    )
  }

  return (
    <Page title="Keys" count={waiting || allFailed ? undefined : total}>
      <Suspense>
        <KeysCommands state={state} options={options} onRefresh={all.refresh} />
      </Suspense>
      {missing.length > 0 && !failure ? (
        <MissingBanner missing={missing} answered={all.answered} retrying={retrying} onRetry={retry} />
      ) : null}
      {all.outdated.length > 0 ? <OutdatedBanner outdated={all.outdated} retrying={all.refreshing} /> : null}
      {selecting ? (
        <Suspense fallback={barRoom}>
          <SelectionBar selection={selection} shown={rows.length} />
        </Suspense>
      ) : (
        <Toolbar
          state={state}
          options={options}
          narrow={narrow}
          shown={rows.length}
          total={total}
          waiting={waiting}
          shownWords={shownWords}
          end={
            total > 0 ? (
              <Suspense>
                <ListMenus
                  columns={columns}
                  rows={rows}
                  sort={state.view.sort}
                  onSort={state.setSort}
                  narrow={narrow}
                />
              </Suspense>
            ) : null
          }
          refreshing={all.refreshing}
          onRefresh={all.refresh}
        />
      )}
      <LiveRegion>
        {waiting || allFailed ? '' : selecting ? `${count(selection.rows.length, 'key')} selected` : results}
      </LiveRegion>
      <div ref={columns.measured} className="-mx-(--gutter)">
        {content()}
      </div>
    </Page>
  )
}
