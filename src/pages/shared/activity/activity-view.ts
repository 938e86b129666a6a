/** What the list of activity shows, as it stands in the URL; whatever is at its default is left out. */

export const filterIds = ['key', 'action', 'actor', 'result', 'source'] as const
export type FilterId = (typeof filterIds)[number]

export const filterNames: Readonly<Record<FilterId, string>> = {
  key: 'Key',
  action: 'Action',
  actor: 'Actor',
  result: 'Result',
  source: 'Source',
}

export type Filters = Readonly<Record<FilterId, readonly string[]>>

export const times = ['all', 'hour', 'day', 'week'] as const
export type Time = (typeof times)[number]

export const timeLabels: Readonly<Record<Time, string>> = {
  all: 'All time',
  hour: 'Last hour',
  day: 'Last day',
  week: 'Last week',
}

const HOUR = 3_600_000
const spans: Readonly<Record<Time, number>> = {
  all: Number.POSITIVE_INFINITY,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
}

export interface ActivityView {
  /** As typed, spaces included. */
  readonly search: string
  /** Chosen values; within a filter one has to match, and every filter that has any. */
  readonly filters: Filters
  readonly time: Time
  /** Whether what was only read, with success, is shown too. */
  readonly reads: boolean
}

export const noFilters: Filters = { key: [], action: [], actor: [], result: [], source: [] }

const fixedValues: Partial<Record<FilterId, readonly string[]>> = {
  result: ['ok', 'failed', 'unknown'],
  source: ['audit', 'visit'],
}

function readFilter(params: URLSearchParams, id: FilterId): readonly string[] {
  const known = fixedValues[id]
  return [...new Set(params.getAll(id))].filter((value) => value !== '' && (!known || known.includes(value)))
}

export const readView = (params: URLSearchParams): ActivityView => ({
  search: params.get('q') ?? '',
  filters: {
    key: readFilter(params, 'key'),
    action: readFilter(params, 'action'),
    actor: readFilter(params, 'actor'),
    result: readFilter(params, 'result'),
    source: readFilter(params, 'source'),
  },
  time: times.find((time) => time === params.get('time')) ?? 'all',
  reads: params.get('reads') === '1',
})

/** The parameters of a view; parameters of others stay as they are. */
export function writeView(view: ActivityView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(others)
  for (const name of ['q', 'time', 'reads', ...filterIds]) params.delete(name)
  if (view.search !== '') params.set('q', view.search)
  for (const id of filterIds) for (const value of view.filters[id]) params.append(id, value)
  if (view.time !== 'all') params.set('time', view.time)
  if (view.reads) params.set('reads', '1')
  return params
}

/** From when on events are shown; `now` in milliseconds. */
export const sinceOf = ({ time }: ActivityView, now: number): number => now - spans[time]

const setFilters = ({ filters, time }: ActivityView): string[] => [
  ...filterIds.filter((id) => filters[id].length > 0).map((id) => filterNames[id]),
  ...(time === 'all' ? [] : ['Time']),
]

/** How many filters have a choice, the search and the reads not counted. */
export const filterCount = (view: ActivityView): number => setFilters(view).length

export const isNarrowed = (view: ActivityView): boolean => view.search.trim() !== '' || filterCount(view) > 0

/** `the search “card” and the filters Result and Time`: what hides the events that are not shown. */
export function hiddenBy(view: ActivityView): string {
  const names = setFilters(view)
  const last = names.at(-1)
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
  const filters = list === undefined ? [] : [`the ${names.length === 1 ? 'filter' : 'filters'} ${list}`]
  const search = view.search.trim()
  return [...(search === '' ? [] : [`the search “${search}”`]), ...filters].join(' and ')
}
