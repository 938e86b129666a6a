/** Events with the keys they are about, prepared for searching and filtering. */
import { activityGroup, activityLabels } from '../../../clouds/activity-vocabulary.ts'
import type { ActivityEvent } from '../../../clouds/audit-activity.ts'
import type { KeyAddress, KmsKey } from '../../../clouds/model.ts'
import { consoleLabels } from '../../../clouds/people-activity.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { FilterOption } from '../../../ui/filter.ts'
import { formatKeyAddress, parseKeyAddress } from '../../key-address.ts'
import { searchTerms } from '../list/list-view.ts'
import {
  type ActivityView,
  eachFilter,
  type FilterId,
  type Filters,
  filterIds,
  type TimeRange,
} from './activity-view.ts'

/** Name of the console's own log among those of the clouds. */
export const CONSOLE = 'Console'

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

const nowhere = ({ cloud, id }: KmsKey) => formatKeyAddress({ cloud, location: '', key: id })

const isReplica = ({ traits }: KmsKey) => traits.includes('replica')

/** Keys by address; also by slug, and without a location, which leads to the primary of a key with replicas. */
export function indexKeys(keys: readonly KmsKey[]): KeyIndex {
  const index = new Map<string, KmsKey>()
  for (const key of keys) if (key.slug !== undefined) index.set(formatKeyAddress({ ...key, key: key.slug }), key)
  for (const key of keys) {
    if (!isReplica(key) || !index.has(nowhere(key))) index.set(nowhere(key), key)
    index.set(formatKeyAddress({ ...key, key: key.id }), key)
  }
  return index
}

/** Value of the key filter: one for a key with all its replicas. */
function keyValue(key: KmsKey): string {
  const everywhere = isReplica(key) || key.traits.includes('multi-zone')
  return everywhere ? nowhere(key) : formatKeyAddress({ ...key, key: key.id })
}

/** Whose log has it, for people. */
export const sourceOf = ({ cloud, consoleOnly }: ActivityEvent): string =>
  cloud === undefined || consoleOnly ? CONSOLE : cloudOf(cloud).longName

function rowOf(event: ActivityEvent, index: KeyIndex): ActivityRow {
  const { cloud, location = '', key } = event
  const address = cloud === undefined || key === undefined ? undefined : { cloud, location, key }
  const kmsKey = address && index.get(formatKeyAddress(address))
  const facts = event.details.map(([, value]) => value)
  return {
    ...event,
    ...(kmsKey ? { kmsKey, location: kmsKey.location } : {}),
    values: {
      key: kmsKey ? keyValue(kmsKey) : address && formatKeyAddress(address),
      action: event.deed === undefined ? event.rawAction : activityGroup(event.deed),
      person: event.person,
      actor: event.actor,
      result: event.result,
    },
    text: [
      event.action,
      event.rawAction,
      key,
      kmsKey?.name,
      kmsKey?.slug,
      event.keyName,
      location,
      cloud === undefined ? undefined : cloudOf(cloud).longName,
      sourceOf(event),
      event.actor,
      event.actorName,
      event.personName,
    ]
      .concat(facts)
      .join('\n')
      .toLowerCase(),
  }
}

export const prepareRows = (events: readonly ActivityEvent[], index: KeyIndex): ActivityRow[] =>
  events.map((event) => rowOf(event, index))

/** Rows without successful reads, apart from those that the action filter asks for. */
export const filterReads = (rows: readonly ActivityRow[], { action }: Filters): readonly ActivityRow[] =>
  rows.filter(({ readOnly, result, values }) => !readOnly || result !== 'ok' || action.includes(values.action ?? ''))

/** An event whose time can't be read is shown for all time only. */
export function filterRows(
  rows: readonly ActivityRow[],
  view: ActivityView,
  { since, until }: TimeRange,
): ActivityRow[] {
  const terms = searchTerms(view.search)
  const chosen = filterIds.filter((id) => view.filters[id].length > 0)
  return rows.filter(
    ({ text, values, at }) =>
      (view.time === 'all' || (at >= since && at < until)) &&
      terms.every((term) => text.includes(term)) &&
      chosen.every((id) => view.filters[id].some((value) => value === values[id])),
  )
}

/** `count` is of the rows that have it, whatever else is chosen. */
export type FilterOptions = Readonly<Record<FilterId, readonly FilterOption<string>[]>>

export const resultLabels = { ok: 'OK', failed: 'Failed', unknown: 'Unknown' } as const

const words: Partial<Record<FilterId, Readonly<Record<string, string>>>> = {
  action: { ...activityLabels, ...consoleLabels },
  result: resultLabels,
}

/** Names of actors and people, by filter and value. */
type Names = Partial<Record<FilterId, ReadonlyMap<string, string>>>

const namesIn = (rows: readonly ActivityRow[]): Names => ({
  actor: new Map(rows.flatMap(({ actor, actorName }) => (actor && actorName ? [[actor, actorName]] : []))),
  person: new Map(rows.flatMap(({ person, personName }) => (person && personName ? [[person, personName]] : []))),
})

function labelOf(id: FilterId, value: string, index: KeyIndex, names: Names): string {
  if (id === 'key') return index.get(value)?.name ?? parseKeyFilter(value)?.key ?? value
  return words[id]?.[value] ?? names[id]?.get(value) ?? value
}

/**
 * What each filter offers: what the rows have, and always what is chosen, so that it can be undone.
 * @param all the rows with those that only read, which the action filter can ask for
 */
export function filterOptions(
  rows: readonly ActivityRow[],
  filters: Filters,
  index: KeyIndex,
  all: readonly ActivityRow[],
): FilterOptions {
  const names = namesIn(rows)
  const options = (id: FilterId): FilterOption<string>[] => {
    const fixed = id === 'result' ? Object.keys(resultLabels) : []
    const counts = new Map([...fixed, ...filters[id]].map((value) => [value, 0]))
    for (const { values } of id === 'action' ? all : rows) {
      const value = values[id]
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    const found = [...counts].map(([value, count]) => ({ value, label: labelOf(id, value, index, names), count }))
    return fixed.length > 0 ? found : found.sort((a, b) => a.label.localeCompare(b.label, 'en'))
  }
  return eachFilter(options)
}

/** Whether an event is about the key, by its id or its slug, and in the key's own location where it names one. */
export const isAboutKey =
  (key: KmsKey) =>
  (event: ActivityEvent): boolean =>
    event.cloud === key.cloud &&
    event.key !== undefined &&
    (event.key === key.id || event.key === key.slug) &&
    (event.location ?? key.location) === key.location
