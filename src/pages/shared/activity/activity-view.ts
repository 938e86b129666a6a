/** View of the list of activity in the URL: search, filters, time and whether reads are shown. */
import { HOUR } from '../../../lib/dates.ts'
import { type FilteredView, filterCodec } from '../list/list-view.ts'
import type { ListViewState } from '../list/use-list-view.ts'

const codec = filterCodec({
  key: { label: 'Key' },
  action: { label: 'Action' },
  actor: { label: 'Actor' },
  result: { label: 'Result', values: ['ok', 'failed', 'unknown'] },
  source: { label: 'Source', values: ['audit', 'visit'] },
})

export const { ids: filterIds, labels: filterLabels, none: noFilters } = codec

export type FilterId = (typeof filterIds)[number]
export type Filters = typeof noFilters

export const times = ['all', 'hour', 'day', 'week'] as const
export type Time = (typeof times)[number]

export const timeLabels: Readonly<Record<Time, string>> = {
  all: 'All time',
  hour: 'Last hour',
  day: 'Last day',
  week: 'Last week',
}

const spans: Readonly<Record<Time, number>> = {
  all: Number.POSITIVE_INFINITY,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
}

export interface ActivityView extends FilteredView<FilterId> {
  readonly time: Time
  /** Whether successful reads are shown too. */
  readonly reads: boolean
}

export type ActivityViewState = ListViewState<FilterId, ActivityView>

export const activityViewFormat = {
  read: (params: URLSearchParams): ActivityView => ({
    ...codec.read(params),
    time: times.find((time) => time === params.get('time')) ?? 'all',
    reads: params.get('reads') === '1',
  }),
  write(view: ActivityView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
    const params = new URLSearchParams(others)
    for (const name of ['time', 'reads']) params.delete(name)
    codec.write(view, params)
    if (view.time !== 'all') params.set('time', view.time)
    if (view.reads) params.set('reads', '1')
    return params
  },
  clear: (view: ActivityView): ActivityView => ({ ...view, search: '', filters: noFilters, time: 'all' }),
}

/** Start of the chosen time in milliseconds since the epoch. */
export const sinceOf = ({ time }: ActivityView, now: number): number => now - spans[time]

/** Labels of the filters that are set, the time among them. */
export const activeFilters = ({ filters, time }: ActivityView): string[] => [
  ...codec.active(filters),
  ...(time === 'all' ? [] : ['Time']),
]
