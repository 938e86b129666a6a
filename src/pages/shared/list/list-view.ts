/** View of a list as the URL holds it: search, chosen filters and order. Whatever is at its default is left out. */
import { formatList } from '../../../lib/format-list.ts'
import type { Sort, SortProps } from '../../../ui/sort.ts'

/** Chosen values by filter. One value of a filter has to match, and every filter that has any. */
export type Filters<Id extends string> = Readonly<Record<Id, readonly string[]>>

export interface FilteredView<Id extends string> {
  /** As typed, spaces included. */
  readonly search: string
  readonly filters: Filters<Id>
}

interface FilterDefinition {
  readonly label: string
  /** Values known beforehand; other filters take whatever the rows have. */
  readonly values?: readonly string[]
}

export interface FilterCodec<Id extends string> {
  readonly ids: readonly Id[]
  readonly labels: Readonly<Record<Id, string>>
  /** A value for each filter. */
  readonly each: <Value>(of: (id: Id) => Value) => Readonly<Record<Id, Value>>
  /** No filter is set. */
  readonly none: Filters<Id>
  /** Reads `q` and one parameter per filter; unknown values are dropped. */
  readonly read: (params: URLSearchParams) => FilteredView<Id>
  /** Replaces these parameters and leaves others as they are. */
  readonly write: (view: FilteredView<Id>, params: URLSearchParams) => void
  /** Labels of the filters that are set. */
  readonly active: (filters: Filters<Id>) => string[]
}

export function filterCodec<Id extends string>(definitions: Readonly<Record<Id, FilterDefinition>>): FilterCodec<Id> {
  const ids = Object.keys(definitions) as Id[]
  const mapIds = <Value>(pick: (id: Id) => Value) =>
    Object.fromEntries(ids.map((id) => [id, pick(id)])) as Record<Id, Value>
  const readFilter = (params: URLSearchParams, id: Id) => {
    const { values } = definitions[id]
    return [...new Set(params.getAll(id))].filter((value) => value !== '' && (!values || values.includes(value)))
  }
  return {
    ids,
    labels: mapIds((id) => definitions[id].label),
    each: mapIds,
    none: mapIds(() => []),
    read: (params) => ({ search: params.get('q') ?? '', filters: mapIds((id) => readFilter(params, id)) }),
    write({ search, filters }, params) {
      for (const name of ['q', ...ids]) params.delete(name)
      if (search !== '') params.set('q', search)
      for (const id of ids) for (const value of filters[id]) params.append(id, value)
    },
    active: (filters) => ids.filter((id) => filters[id].length > 0).map((id) => definitions[id].label),
  }
}

/** The order in `created` or `-created`; undefined for a column that is none of these. */
export function readSort<Column extends string>(columns: readonly Column[], text: string): Sort<Column> | undefined {
  const descending = text.startsWith('-')
  const column = columns.find((id) => id === (descending ? text.slice(1) : text))
  return column === undefined ? undefined : { column, descending }
}

const sortText = ({ column, descending }: Sort<string>) => (descending ? `-${column}` : column)

/** Writes the order as `sort`, unless it is the default. */
export function writeSort(sort: Sort<string>, defaultSort: Sort<string>, params: URLSearchParams): void {
  params.delete('sort')
  if (sortText(sort) !== sortText(defaultSort)) params.set('sort', sortText(sort))
}

/** The order after a click on a column header: ascending first, then descending. */
export const sortAfter = <Column extends string>(sort: Sort<Column>, column: Column): Sort<Column> => ({
  column,
  descending: sort.column === column && !sort.descending,
})

/** What a column header says of the order; undefined for the other columns. */
export const directionOf = (sort: Sort<string>, column: string): 'ascending' | 'descending' | undefined =>
  sort.column !== column ? undefined : sort.descending ? 'descending' : 'ascending'

/** Properties of a sort field that holds its columns as plain text. */
export const sortProps = <Column extends string>({ columns, sort, onSort }: SortProps<Column>): SortProps<string> => ({
  columns,
  sort,
  onSort({ column, descending }) {
    const known = columns.find(({ id }) => id === column)
    if (known) onSort({ column: known.id, descending })
  },
})

export const isFiltered = (search: string, active: readonly string[]): boolean =>
  search.trim() !== '' || active.length > 0

/**
 * `the search “card” and the filters Status and Type`: why rows are hidden.
 * @param active labels of the filters that are set
 */
export function formatHiddenBy(search: string, active: readonly string[]): string {
  const words = search.trim()
  return [
    ...(words === '' ? [] : [`the search “${words}”`]),
    ...(active.length === 0 ? [] : [`the ${active.length === 1 ? 'filter' : 'filters'} ${formatList(active)}`]),
  ].join(' and ')
}

/** Terms of a search in lower case; each has to occur. */
export const searchTerms = (search: string): readonly string[] => search.toLowerCase().split(/\s+/).filter(Boolean)
