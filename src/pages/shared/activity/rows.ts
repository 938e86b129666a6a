/** Events with the keys they are about, prepared for searching and filtering. */
import { activityLabels } from '../../../clouds/activity-vocabulary.ts'
import type { KeyAddress, KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatKeyAddress, parseKeyAddress } from '../../key-address.ts'
import { searchTerms } from '../list/list-view.ts'
import { type ActivityView, type FilterId, type Filters, filterIds, sinceOf } from './activity-view.ts'
import type { ActivityEvent } from './events.ts'

export interface ActivityRow extends ActivityEvent {
  /** The key itself, where a list has it. */
  readonly kmsKey?: KmsKey
  /** What the filters compare: one value each, none where the event has no such thing. */
  readonly values: Readonly<Record<FilterId, string | undefined>>
  /** Everything the search looks at, in lower case. */
  readonly text: string
}

/** The address in a value of the key filter; undefined for anything else. */
export const parseKeyFilter = (value: string): KeyAddress | undefined =>
  parseKeyAddress(value, { locationOptional: true })

export type KeyIndex = ReadonlyMap<string, KmsKey>

/** Keys by address; also by slug, and without a location where only one key has the id. */
export function indexKeys(keys: readonly KmsKey[]): KeyIndex {
  const index = new Map<string, KmsKey>()
  const elsewhere = new Map<string, number>()
  for (const key of keys) {
    const nowhere = formatKeyAddress({ ...key, location: '', key: key.id })
    elsewhere.set(nowhere, (elsewhere.get(nowhere) ?? 0) + 1)
    if (key.slug !== undefined) index.set(formatKeyAddress({ ...key, key: key.slug }), key)
  }
  for (const key of keys) {
    const nowhere = formatKeyAddress({ ...key, location: '', key: key.id })
    if (elsewhere.get(nowhere) === 1) index.set(nowhere, key)
    index.set(formatKeyAddress({ ...key, key: key.id }), key)
  }
  return index
}

function rowOf(event: ActivityEvent, index: KeyIndex): ActivityRow {
  const { cloud, location = '', key } = event
  const address = key === undefined ? undefined : { cloud, location, key }
  const kmsKey = address && index.get(formatKeyAddress(address))
  const facts = event.details.map(([, value]) => value)
  return {
    ...event,
    ...(kmsKey ? { kmsKey, location: kmsKey.location } : {}),
    values: {
      key: address && formatKeyAddress(kmsKey ? { cloud, location: kmsKey.location, key: kmsKey.id } : address),
      action: event.deed ?? event.rawAction,
      actor: event.actor,
      result: event.result,
      source: event.source,
    },
    text: [
      event.action,
      event.rawAction,
      key,
      kmsKey?.name,
      kmsKey?.slug,
      location,
      cloudOf(cloud).longName,
      event.actor,
    ]
      .concat(event.actorName, facts)
      .join('\n')
      .toLowerCase(),
  }
}

export const prepareRows = (events: readonly ActivityEvent[], index: KeyIndex): ActivityRow[] =>
  events.map((event) => rowOf(event, index))

/** Rows without successful reads, unless `reads` is set. */
export const filterReads = (rows: readonly ActivityRow[], reads: boolean): readonly ActivityRow[] =>
  reads ? rows : rows.filter(({ readOnly: read, result }) => !read || result !== 'ok')

/** `now` in milliseconds. An event whose time can't be read is shown for all time only. */
export function filterRows(rows: readonly ActivityRow[], view: ActivityView, now: number): ActivityRow[] {
  const terms = searchTerms(view.search)
  const chosen = filterIds.filter((id) => view.filters[id].length > 0)
  const since = sinceOf(view, now)
  return rows.filter(
    ({ text, values, at }) =>
      (view.time === 'all' || at >= since) &&
      terms.every((term) => text.includes(term)) &&
      chosen.every((id) => view.filters[id].some((value) => value === values[id])),
  )
}

export interface FilterOption {
  readonly value: string
  readonly label: string
  /** Events that have it, whatever else is chosen. */
  readonly count: number
}

export type FilterOptions = Readonly<Record<FilterId, readonly FilterOption[]>>

export const resultLabels = { ok: 'OK', failed: 'Failed', unknown: 'Unknown' } as const
export const sourceLabels = { audit: 'Audit log', visit: 'This visit' } as const

const words: Partial<Record<FilterId, Readonly<Record<string, string>>>> = {
  action: activityLabels,
  result: resultLabels,
  source: sourceLabels,
}

function labelOf(id: FilterId, value: string, index: KeyIndex, names: ReadonlyMap<string, string>): string {
  if (id === 'key') return index.get(value)?.name ?? parseKeyFilter(value)?.key ?? value
  return words[id]?.[value] ?? (id === 'actor' ? names.get(value) : undefined) ?? value
}

/** What each filter offers: what the events have, and always what is chosen, so that it can be undone. */
export function filterOptions(rows: readonly ActivityRow[], filters: Filters, index: KeyIndex): FilterOptions {
  const names = new Map(rows.flatMap(({ actor, actorName }) => (actor && actorName ? [[actor, actorName]] : [])))
  const options = (id: FilterId): FilterOption[] => {
    const fixed = id === 'result' || id === 'source' ? Object.keys(words[id] ?? {}) : []
    const counts = new Map([...fixed, ...filters[id]].map((value) => [value, 0]))
    for (const { values } of rows) {
      const value = values[id]
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const found = [...counts].map(([value, count]) => ({ value, label: labelOf(id, value, index, names), count }))
    return fixed.length > 0 ? found : found.sort((a, b) => a.label.localeCompare(b.label, 'en'))
  }
  return {
    key: options('key'),
    action: options('action'),
    actor: options('actor'),
    result: options('result'),
    source: options('source'),
  }
}

/** Whether an event is about the key, by its id or its slug, and in the key's own location where it names one. */
export const isAboutKey =
  (key: KmsKey) =>
  (event: ActivityEvent): boolean =>
    event.cloud === key.cloud &&
    event.key !== undefined &&
    (event.key === key.id || event.key === key.slug) &&
    (event.location ?? key.location) === key.location
