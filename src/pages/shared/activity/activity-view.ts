/** View of the list of activity in the URL: search, filters and time. */
import { DAY, isoDay, readIsoDay, startOfDay } from '../../../lib/dates.ts'
import { type FilteredView, filterCodec } from '../list/list-view.ts'
import type { ListViewState } from '../list/use-list-view.ts'

const codec = filterCodec({
  key: { label: 'Key' },
  action: { label: 'Action' },
  person: { label: 'Person' },
  actor: { label: 'Actor' },
  result: { label: 'Result', values: ['ok', 'failed', 'unknown'] },
})

export const { ids: filterIds, labels: filterLabels, each: eachFilter, none: noFilters } = codec

export type FilterId = (typeof filterIds)[number]
export type Filters = typeof noFilters

/** Days back from now. */
const spans = { '1d': 1, '7d': 7, '30d': 30, '90d': 90 } as const

/** `dates`: from one day to another. */
export const times = ['all', '1d', '7d', '30d', '90d', 'dates'] as const
export type Time = (typeof times)[number]

export const timeLabels: Readonly<Record<Time, string>> = {
  all: 'All time',
  '1d': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  dates: 'Choose dates',
}

export interface ActivityView extends FilteredView<FilterId> {
  readonly time: Time
  /** First and last day as `2026-12-04`, for the time `dates`; empty for no limit. */
  readonly from: string
  readonly to: string
}

export type ActivityViewState = ListViewState<FilterId, ActivityView>

const dayIn = (params: URLSearchParams, name: string) => {
  const day = params.get(name) ?? ''
  return readIsoDay(day) === undefined ? '' : day
}

export const activityViewFormat = {
  read: (params: URLSearchParams): ActivityView => ({
    ...codec.read(params),
    time: times.find((time) => time === params.get('time')) ?? 'all',
    from: dayIn(params, 'from'),
    to: dayIn(params, 'to'),
  }),
  write(view: ActivityView, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
    const params = new URLSearchParams(others)
    codec.write(view, params)
    for (const name of ['time', 'from', 'to'] as const) {
      params.delete(name)
      if (view[name] !== '' && view[name] !== 'all') params.set(name, view[name])
    }
    return params
  },
  clear: (view: ActivityView): ActivityView => ({ ...view, search: '', filters: noFilters, ...noTime }),
}

export const noTime = { time: 'all', from: '', to: '' } as const

/** The view with another time; its days begin with those of the time before. */
export function withTime(view: ActivityView, time: Time, now: number): ActivityView {
  if (time !== 'dates') return { ...view, time, from: '', to: '' }
  const { since } = rangeOf(view.time === 'all' ? { ...view, time: '7d' } : view, now)
  return { ...view, time, from: isoDay(since), to: isoDay(now) }
}

export interface TimeRange {
  /** Milliseconds since the epoch, inclusive; infinite for no limit. */
  readonly since: number
  /** Exclusive. */
  readonly until: number
}

export function rangeOf({ time, from, to }: ActivityView, now: number): TimeRange {
  if (time === 'all') return { since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  if (time !== 'dates') return { since: now - spans[time] * DAY, until: Number.POSITIVE_INFINITY }
  const last = readIsoDay(to)
  return {
    since: readIsoDay(from) ?? Number.NEGATIVE_INFINITY,
    until: last === undefined ? Number.POSITIVE_INFINITY : startOfDay(last, { days: 1 }),
  }
}

/** Labels of the filters that are set, the time among them. */
export const activeFilters = ({ filters, time }: ActivityView): string[] => [
  ...codec.active(filters),
  ...(time === 'all' ? [] : ['Time']),
]
