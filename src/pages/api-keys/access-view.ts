/** What the screen of API keys shows, as it stands in the URL; whatever is at its default is left out. */

export const tabs = ['keys', 'roles'] as const
export type Tab = (typeof tabs)[number]

export const keyColumns = ['name', 'key', 'role', 'allows'] as const
export type KeyColumn = (typeof keyColumns)[number]

export const roleColumns = ['name', 'allows', 'policy', 'permissions', 'keys'] as const
export type RoleColumn = (typeof roleColumns)[number]

export interface Sort<Column extends string> {
  readonly column: Column
  readonly descending: boolean
}

export interface AccessView {
  readonly tab: Tab
  /** As typed, spaces included. Each tab starts without. */
  readonly search: string
  /** On the first tab: ids of roles, one of which a key must have. */
  readonly roles: readonly string[]
  /** On the second: the id of the role that is shown. */
  readonly role: string | undefined
  /** The order of the first tab, and of the second; the URL has the one of its tab. */
  readonly sort: Sort<KeyColumn>
  readonly roleSort: Sort<RoleColumn>
}

const firstSort = { column: 'name', descending: false } as const

function readSort<Column extends string>(columns: readonly Column[], text: string): Sort<Column> | undefined {
  const descending = text.startsWith('-')
  const column = columns.find((id) => id === (descending ? text.slice(1) : text))
  return column === undefined ? undefined : { column, descending }
}

const sortText = ({ column, descending }: Sort<string>) => (descending ? `-${column}` : column)

const start: AccessView = {
  tab: 'keys',
  search: '',
  roles: [],
  role: undefined,
  sort: firstSort,
  roleSort: firstSort,
}

export function readView(params: URLSearchParams): AccessView {
  const tab = tabs.find((id) => id === params.get('tab')) ?? 'keys'
  const roles = [...new Set(params.getAll('role'))].filter((id) => id !== '')
  const search = params.get('q') ?? ''
  const sort = params.get('sort') ?? ''
  return tab === 'keys'
    ? { ...start, search, roles, sort: readSort(keyColumns, sort) ?? firstSort }
    : { ...start, tab, search, role: roles[0], roleSort: readSort(roleColumns, sort) ?? firstSort }
}

/** The parameters of a view; parameters of others stay as they are. */
export function writeView(view: AccessView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(others)
  for (const name of ['tab', 'q', 'role', 'sort']) params.delete(name)
  if (view.tab !== 'keys') params.set('tab', view.tab)
  if (view.search !== '') params.set('q', view.search)
  for (const id of view.roles) params.append('role', id)
  if (view.role !== undefined) params.append('role', view.role)
  const sort = sortText(view.tab === 'keys' ? view.sort : view.roleSort)
  if (sort !== sortText(firstSort)) params.set('sort', sort)
  return params
}

/** A tab as it is when nothing was chosen on it. */
export const tabView = (tab: Tab): AccessView => ({ ...start, tab })

/** A role on the second tab. */
export const roleView = (role: string): AccessView => ({ ...tabView('roles'), role })

/** The keys that act in a role. */
export const keysOfRole = (role: string): AccessView => ({ ...start, roles: [role] })

/** The order after a click on a column's head: ascending first, then descending. */
export const sortAfter = <Column extends string>(sort: Sort<Column>, column: Column): Sort<Column> => ({
  column,
  descending: sort.column === column && !sort.descending,
})

export const isNarrowed = ({ search, roles }: AccessView): boolean => search.trim() !== '' || roles.length > 0

/** `the search “ci” and the filter Role`: what hides what is not shown. */
export function hiddenBy({ search, roles }: AccessView): string {
  const words = search.trim()
  return [...(words === '' ? [] : [`the search “${words}”`]), ...(roles.length === 0 ? [] : ['the filter Role'])].join(
    ' and ',
  )
}
