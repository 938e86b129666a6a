import type { QueryClient } from '@tanstack/react-query'
import { CloudOff, KeyRound, SearchX } from 'lucide-react'
import { Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { queries } from '../../clouds/queries.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Live } from '../../ui/Live.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { useKeyActions } from '../key-actions/use-key-actions.tsx'
import { FailedCall } from '../parts/Failure.tsx'
import { Page } from '../parts/Page.tsx'
import { useNow } from '../parts/use-now.ts'
import { type AllKeys, type Missing, useAllKeys } from '../use-keys.ts'
import { projectOf } from '../use-project.ts'
import { KeyMenu, type OpenedMenu, type OpenMenu } from './cells.tsx'
import { CardsSkeleton, KeyCards } from './KeyCards.tsx'
import { KeyTable, TableSkeleton } from './KeyTable.tsx'
import { filterOptions, filterRows, type KeyRow, prepareRows, sortRows } from './key-rows.ts'
import { hiddenBy, isNarrowed } from './keys-view.ts'
import { MissingBanner } from './MissingBanner.tsx'
import { failuresOf } from './missing-words.ts'
import { CreateKeyLink, Toolbar } from './Toolbar.tsx'
import { type KeysViewState, useKeysView } from './use-keys-view.ts'
import { useNarrow } from './use-narrow.ts'

/** Asks for the locations, then their keys; what was asked before is the component's matter. */
async function warm(client: QueryClient, project: string | undefined) {
  const { clouds } = await client.ensureQueryData(queries.session())
  await Promise.all(
    clouds.map(async ({ id }) => {
      if (client.getQueryState(queries.locations(id).queryKey) !== undefined) return
      await client.prefetchQuery(queries.locations(id))
      const locations = client.getQueryData(queries.locations(id).queryKey) ?? []
      for (const { available, id: location } of locations)
        if (available) void client.prefetchQuery(queries.keys(id, location, project))
    }),
  )
}

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    // A session that can't be read is the shell's failure to tell.
    warm(client, projectOf(request)).catch(() => undefined)
    return null
  }

/** What is missing, held while a retry is under way, so that the banner doesn't come and go. */
function useHeldMissing({ missing, pending }: AllKeys) {
  const [held, setHeld] = useState<readonly Missing[]>([])
  if (!pending && held.length > 0) setHeld([])
  return {
    missing: pending && held.length > 0 ? held : missing,
    retrying: pending && held.length > 0,
    retry() {
      setHeld(missing)
      for (const one of missing) one.retry()
    },
  }
}

interface ListProps {
  state: KeysViewState
  rows: readonly KeyRow[]
  now: number
  narrow: boolean
}

/** The rows with the one menu that all of them share. */
function KeyList({ state, rows, now, narrow }: ListProps) {
  const [menu, setMenu] = useState<OpenedMenu | undefined>()
  const { start, dialog } = useKeyActions()
  const toast = useToast()
  const onOpen: OpenMenu = useCallback(
    (menu) => setMenu((open) => (open?.row.id === menu.row.id ? undefined : menu)),
    [],
  )
  const copyId = async ({ id, name }: KeyRow['key']) => {
    try {
      await navigator.clipboard.writeText(id)
      toast.success(`Copied the id of ${name}.`)
    } catch {
      toast.error('The id was not copied.', { text: `The browser refused. It is ${id}.` })
    }
  }
  const list = { rows, now, menuOf: menu?.row.id, onOpen }
  return (
    <>
      {narrow ? <KeyCards {...list} /> : <KeyTable {...list} sort={state.view.sort} onSort={state.sortBy} />}
      {menu ? (
        <Suspense>
          <KeyMenu
            key={menu.row.id}
            anchor={menu.anchor}
            byKeyboard={menu.byKeyboard}
            keyOf={menu.row.key}
            onAction={(action) => start(action, menu.row.key)}
            onCopy={() => void copyId(menu.row.key)}
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
  const { missing, retrying, retry } = useHeldMissing(all)
  // Typing stays ahead of the list when there are very many keys.
  const view = useDeferredValue(state.view)
  const prepared = useMemo(() => prepareRows(all.keys), [all.keys])
  const sorted = useMemo(() => sortRows(prepared, view.sort), [prepared, view.sort])
  const rows = useMemo(() => filterRows(sorted, view, now), [sorted, view, now])
  const options = useMemo(() => filterOptions(prepared, view.filters, now), [prepared, view.filters, now])

  const total = prepared.length
  const waiting = total === 0 && all.pending && !retrying
  const shownWords = count(rows.length, 'key')
  const results = isNarrowed(view) ? `${formatNumber(rows.length)} of ${count(total, 'key')}` : shownWords
  const allFailed = total === 0 && all.answered === 0 && missing.length > 0
  // One reason for everything fills the page; several stand in the banner.
  const failure = allFailed && failuresOf(missing).length === 1 ? missing[0] : undefined

  const content = () => {
    if (waiting) return narrow ? <CardsSkeleton /> : <TableSkeleton sort={view.sort} onSort={state.sortBy} />
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
        <EmptyState
          icon={KeyRound}
          title={missing.length > 0 ? 'No keys in the locations that answered' : 'No keys yet'}
          actions={<CreateKeyLink />}
        >
          Keys of every connected cloud and location stand here, with their status and their next rotation.
        </EmptyState>
      )
    if (rows.length === 0)
      return (
        <EmptyState icon={SearchX} title="No match" actions={<Button onClick={state.clear}>Clear filters</Button>}>
          {count(total, 'key')} {total === 1 ? 'is' : 'are'} hidden by {hiddenBy(view)}.
        </EmptyState>
      )
    return <KeyList state={state} rows={rows} now={now} narrow={narrow} />
  }

  return (
    <Page title="Keys" count={waiting || allFailed ? undefined : total}>
      {missing.length > 0 && !failure ? (
        <MissingBanner missing={missing} answered={all.answered} retrying={retrying} onRetry={retry} />
      ) : null}
      <Toolbar
        state={state}
        options={options}
        narrow={narrow}
        shown={rows.length}
        total={total}
        waiting={waiting}
        shownWords={shownWords}
        refreshing={all.refreshing}
        onRefresh={all.refresh}
      />
      <Live>{waiting || allFailed ? '' : results}</Live>
      <div className="-mx-(--gutter)">{content()}</div>
    </Page>
  )
}
