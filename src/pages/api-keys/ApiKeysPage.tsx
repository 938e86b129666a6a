import type { QueryClient } from '@tanstack/react-query'
import { IdCard, Plus, RefreshCw, Unplug, UserRoundCog, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { queries } from '../../clouds/queries.ts'
import { cloudOf, clouds } from '../../clouds/registry.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { useNarrow } from '../../ui/use-media.ts'
import { type Command, usePageCommands } from '../commands.ts'
import { formatResults, ListControls } from '../shared/list/ListControls.tsx'
import { clearFiltersCommand, filterCommands } from '../shared/list/list-commands.ts'
import { isFiltered, sortProps } from '../shared/list/list-view.ts'
import { useListView } from '../shared/list/use-list-view.ts'
import { Page } from '../shared/Page.tsx'
import { useChangeRefusal } from '../use-change-refusal.ts'
import { AccessDialogs, type Asked } from './AccessDialogs.tsx'
import { columnsFor } from './ApiKeyTable.tsx'
import {
  filterKeys,
  filterRoles,
  keyRows,
  type RoleRow,
  roleOptions,
  roleRows,
  sortKeys,
  sortRoles,
} from './access-rows.ts'
import { type AccessView, accessViewFormat, activeFilters, type Tab, tabView } from './access-view.ts'
import { CreateButton } from './CreateButton.tsx'
import { KeysTab } from './KeysTab.tsx'
import { RolesTab } from './RolesTab.tsx'
import { columns as roleColumns } from './RoleTable.tsx'
import { listsOf, type Managed, useManaged } from './use-access.ts'

async function warm(client: QueryClient) {
  const session = await client.ensureQueryData(queries.session())
  for (const { id } of session.clouds.filter((connection) => cloudOf(connection.id).iam !== undefined)) {
    void client.prefetchQuery(queries.apiKeys(id))
    void client.prefetchQuery(queries.roles(id))
  }
}

export const load = (client: QueryClient) => () => {
  // A session that can't be read is the shell's failure to tell.
  warm(client).catch(() => undefined)
  return null
}

/** Undefined while a list is not known at all. */
const countOf = (known: boolean, rows: readonly unknown[]) => (known ? formatNumber(rows.length) : undefined)

/** The button that opened a dialog may go with its row, before the dialog or after it. */
function useKeptFocus(asking: boolean) {
  const asked = useRef(false)
  useEffect(() => {
    if (asking) asked.current = true
    else if (asked.current && document.activeElement === document.body)
      document.getElementById('content')?.focus({ preventScroll: true })
  })
}

const roleActions = (
  rows: readonly RoleRow[],
  view: AccessView,
  show: (view: AccessView) => void,
): readonly Command[] => [
  ...(view.role === undefined ? [] : [{ label: 'Close role', icon: X, run: () => show({ ...view, role: undefined }) }]),
  ...rows.map(({ role: { id, name } }) => ({
    label: `Open role ${name}`,
    detail: id,
    icon: UserRoundCog,
    keywords: 'policy',
    collapsed: true,
    run: () => show({ ...view, role: id }),
  })),
]

function AccessScreen({ managed }: { managed: readonly Managed[] }) {
  const { view, show, search, filter, clear } = useListView(accessViewFormat)
  const refusal = useChangeRefusal('createApiKey', managed[0]?.cloud.id ?? '')
  const narrow = useNarrow()
  const [asked, setAsked] = useState<Asked>()

  const lists = listsOf(managed)
  const keys = keyRows(lists)
  const roles = roleRows(lists)
  useKeptFocus(asked?.to.startsWith('delete') ?? false)
  const shownKeys = sortKeys(filterKeys(keys, view), view.sort)
  const shownRoles = sortRoles(filterRoles(roles, view), view.roleSort)
  const onKeys = view.tab === 'keys'
  const active = activeFilters(view.filters)
  const noun = onKeys ? 'API key' : 'role'
  const create = () => setAsked({ to: onKeys ? 'create key' : 'create role' })
  const list = {
    noun,
    search: view.search,
    active,
    shown: onKeys ? shownKeys.length : shownRoles.length,
    total: onKeys ? keys.length : roles.length,
    onClear: clear,
  }
  const roleFilter = {
    label: 'Role',
    options: roleOptions(keys),
    chosen: view.filters.role,
    onChange: (chosen: string[]) => filter('role', chosen),
  }
  const refresh = () => {
    for (const one of managed) void Promise.all([one.keys.refetch(), one.roles.refetch()])
  }
  usePageCommands([
    {
      label: `Create ${noun}`,
      icon: Plus,
      run: create,
      disabledReason: refusal,
      shortcut: 'c',
      keywords: 'new',
    },
    onKeys
      ? { label: 'Show roles', icon: UserRoundCog, run: () => show(tabView('roles')), keywords: 'tab policy' }
      : { label: 'Show API keys', icon: IdCard, run: () => show(tabView('keys')), keywords: 'tab' },
    { label: 'Refresh', icon: RefreshCw, run: refresh, keywords: 'reload' },
    clearFiltersCommand(isFiltered(view.search, active), clear),
    ...(onKeys ? filterCommands([roleFilter]) : roleActions(shownRoles, view, show)),
  ])

  return (
    <Page title={`${managed.map(({ cloud }) => cloud.longName).join(', ')} API keys`}>
      <Tabs<Tab>
        label="API keys and roles"
        tabs={[
          {
            value: 'keys',
            label: 'API keys',
            count: countOf(
              managed.some((one) => one.keys.data),
              keys,
            ),
          },
          {
            value: 'roles',
            label: 'Roles',
            count: countOf(
              managed.some((one) => one.roles.data),
              roles,
            ),
          },
        ]}
        value={view.tab}
        onChange={(tab) => show(tabView(tab))}
        className="pt-1"
      >
        <ListControls
          {...list}
          searchField={
            onKeys
              ? { label: 'Search API keys', placeholder: 'Search name, key, role' }
              : { label: 'Search roles', placeholder: 'Search name, id' }
          }
          onSearch={search}
          narrow={narrow}
          groups={onKeys && roleFilter.options.length > 0 ? [roleFilter] : []}
          sort={
            onKeys
              ? sortProps({ columns: columnsFor(keys), sort: view.sort, onSort: (sort) => show({ ...view, sort }) })
              : sortProps({
                  columns: roleColumns,
                  sort: view.roleSort,
                  onSort: (roleSort) => show({ ...view, roleSort }),
                })
          }
          refreshing={managed.some((one) => one.keys.isRefetching || one.roles.isRefetching)}
          onRefresh={refresh}
          end={<CreateButton noun={noun} reason={refusal} onCreate={create} />}
        />
        <LiveRegion>{isFiltered(view.search, active) ? formatResults(list) : ''}</LiveRegion>
        <div className="-mx-(--gutter)">
          {onKeys ? (
            <KeysTab
              list={list}
              managed={managed}
              rows={keys}
              shown={shownKeys}
              view={view}
              onView={show}
              refusal={refusal}
              onCreate={create}
              onDelete={(row) => setAsked({ to: 'delete key', row })}
            />
          ) : (
            <RolesTab
              list={list}
              managed={managed}
              rows={roles}
              shown={shownRoles}
              view={view}
              onView={show}
              refusal={refusal}
              onAsk={setAsked}
            />
          )}
        </div>
      </Tabs>
      <AccessDialogs
        asked={asked}
        managed={managed}
        onClose={() => setAsked(undefined)}
        onRole={(role) => show({ ...view, tab: 'roles', role })}
      />
    </Page>
  )
}

/** The clouds whose API keys the console manages. */
const manageable = clouds.flatMap(({ longName, iam: access }) => (access ? [longName] : [])).join(', ')

export default function ApiKeysPage() {
  const managed = useManaged()
  if (managed.length > 0) return <AccessScreen managed={managed} />
  return (
    <Page title="API keys">
      <EmptyState icon={Unplug} title="No connected cloud has API keys to manage">
        Connect {manageable} to manage its API keys here.
      </EmptyState>
    </Page>
  )
}
