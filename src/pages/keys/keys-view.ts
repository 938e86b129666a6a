/** What the list of keys shows, as it stands in the URL: search, filters and order; whatever is at its default is left out. */
import { clouds } from '../../clouds/registry.ts'

export const columnIds = [
  'name',
  'cloud',
  'location',
  'type',
  'status',
  'rotation',
  'version',
  'created',
  'labels',
] as const
export type ColumnId = (typeof columnIds)[number]

export const columnNames: Readonly<Record<ColumnId, string>> = {
  name: 'Name',
  cloud: 'Cloud',
  location: 'Location',
  type: 'Type',
  status: 'Status',
  rotation: 'Rotation',
  version: 'Version',
  created: 'Created',
  labels: 'Labels',
}

export const namedColumns = columnIds.map((id) => ({ id, name: columnNames[id] }))

export const filterIds = ['cloud', 'location', 'status', 'type', 'rotation', 'material', 'label'] as const
export type FilterId = (typeof filterIds)[number]

export const filterNames: Readonly<Record<FilterId, string>> = {
  cloud: 'Cloud',
  location: 'Location',
  status: 'Status',
  type: 'Type',
  rotation: 'Rotation',
  material: 'Material',
  label: 'Label',
}

export type Filters = Readonly<Record<FilterId, readonly string[]>>

export interface Sort {
  readonly column: ColumnId
  readonly descending: boolean
}

export interface KeysView {
  /** As typed, spaces included. */
  readonly search: string
  /** Chosen values; within a filter one has to match, and every filter that has any. */
  readonly filters: Filters
  readonly sort: Sort
}

export const noFilters: Filters = {
  cloud: [],
  location: [],
  status: [],
  type: [],
  rotation: [],
  material: [],
  label: [],
}

const firstSort: Sort = { column: 'name', descending: false }

export const isColumn = (text: string): text is ColumnId => columnIds.some((id) => id === text)

/** Filters whose values are known beforehand; others take whatever the keys have. */
const fixedValues: Partial<Record<FilterId, readonly string[]>> = {
  status: ['active', 'disabled', 'pending'],
  rotation: ['automatic', 'manual', 'due', 'overdue', 'never'],
  material: ['exportable', 'imported'],
}

const readFilter = (params: URLSearchParams, id: FilterId): readonly string[] => {
  const known = id === 'cloud' ? clouds.map((cloud) => cloud.id) : fixedValues[id]
  return [...new Set(params.getAll(id))].filter((value) => value !== '' && (!known || known.includes(value)))
}

/** `created` or `-created`; the order by name for anything else. */
export function readSort(text: string | null): Sort {
  if (text === null) return firstSort
  const descending = text.startsWith('-')
  const column = descending ? text.slice(1) : text
  return isColumn(column) ? { column, descending } : firstSort
}

export const sortText = ({ column, descending }: Sort): string => (descending ? `-${column}` : column)

export const readView = (params: URLSearchParams): KeysView => ({
  search: params.get('q') ?? '',
  filters: {
    cloud: readFilter(params, 'cloud'),
    location: readFilter(params, 'location'),
    status: readFilter(params, 'status'),
    type: readFilter(params, 'type'),
    rotation: readFilter(params, 'rotation'),
    material: readFilter(params, 'material'),
    label: readFilter(params, 'label'),
  },
  sort: readSort(params.get('sort')),
})

/** The parameters of a view; parameters of others stay as they are. */
export function writeView(view: KeysView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(others)
  for (const name of ['q', 'sort', ...filterIds]) params.delete(name)
  if (view.search !== '') params.set('q', view.search)
  for (const id of filterIds) for (const value of view.filters[id]) params.append(id, value)
  if (sortText(view.sort) !== sortText(firstSort)) params.set('sort', sortText(view.sort))
  return params
}

/** The order after a click on a column's head: ascending first, then descending. */
export const sortAfter = (sort: Sort, column: ColumnId): Sort => ({
  column,
  descending: sort.column === column && !sort.descending,
})

const chosenFilters = ({ filters }: KeysView) => filterIds.filter((id) => filters[id].length > 0)

export const isNarrowed = (view: KeysView): boolean => view.search.trim() !== '' || chosenFilters(view).length > 0

/** How many filters have a choice, the search not counted. */
export const filterCount = (view: KeysView): number => chosenFilters(view).length

/** `the search “card” and the filters Status and Type`: what hides the keys that are not shown. */
export function hiddenBy(view: KeysView): string {
  const names = chosenFilters(view).map((id) => filterNames[id])
  const last = names.at(-1)
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
  const filters = list === undefined ? [] : [`the ${names.length === 1 ? 'filter' : 'filters'} ${list}`]
  const search = view.search.trim()
  return [...(search === '' ? [] : [`the search “${search}”`]), ...filters].join(' and ')
}
