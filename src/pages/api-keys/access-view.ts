/** View of API keys and roles in the URL: tab, search, filter, order and the role that is shown. */
import type { Sort } from '../../ui/sort.ts'
import { type FilteredView, filterCodec, readSort, writeSort } from '../shared/list/list-view.ts'

export const tabs = ['keys', 'roles'] as const
export type Tab = (typeof tabs)[number]

export const keyColumns = ['name', 'key', 'role', 'created', 'allows'] as const
export type KeyColumn = (typeof keyColumns)[number]

export const roleColumns = ['name', 'allows', 'keys'] as const
export type RoleColumn = (typeof roleColumns)[number]

const codec = filterCodec({ role: { label: 'Role' } })

export const { none: noFilters, active: activeFilters } = codec

/** Search and filters start anew with each tab; `filters` holds ids of roles and is empty on the tab of roles. */
export interface AccessView extends FilteredView<'role'> {
  readonly tab: Tab
  /** Id of the role that is shown, on the tab of roles. */
  readonly role: string | undefined
  /** Order of each tab; the URL holds the one of its tab. */
  readonly sort: Sort<KeyColumn>
  readonly roleSort: Sort<RoleColumn>
}

const defaultSort = { column: 'name', descending: false } as const

const start: AccessView = {
  tab: 'keys',
  search: '',
  filters: noFilters,
  role: undefined,
  sort: defaultSort,
  roleSort: defaultSort,
}

export const accessViewFormat = {
  read(params: URLSearchParams): AccessView {
    const { search, filters } = codec.read(params)
    const sort = params.get('sort') ?? ''
    return params.get('tab') === 'roles'
      ? {
          ...start,
          tab: 'roles',
          search,
          role: filters.role[0],
          roleSort: readSort(roleColumns, sort) ?? defaultSort,
        }
      : { ...start, search, filters, sort: readSort(keyColumns, sort) ?? defaultSort }
  },
  write(view: AccessView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
    const params = new URLSearchParams(others)
    params.delete('tab')
    if (view.tab !== 'keys') params.set('tab', view.tab)
    codec.write(view, params)
    if (view.role !== undefined) params.append('role', view.role)
    writeSort(view.tab === 'keys' ? view.sort : view.roleSort, defaultSort, params)
    return params
  },
  clear: (view: AccessView): AccessView => ({ ...view, search: '', filters: noFilters }),
}

/** A tab with nothing chosen on it. */
export const tabView = (tab: Tab): AccessView => ({ ...start, tab })

/** A role on the tab of roles. */
export const roleView = (role: string): AccessView => ({ ...tabView('roles'), role })

/** The keys that act in a role. */
export const keysOfRole = (role: string): AccessView => ({ ...start, filters: { role: [role] } })
