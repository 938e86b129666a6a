/** What the lists of keys say about how things stand: figures, and the keys that wait for a decision. Pure, in one pass. */
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import { daysBetween } from '../../lib/dates.ts'
import { filterValuesOf } from '../shared/key-filter-values.ts'
import type { KeyGroup, ReadLocations } from '../shared/replica-groups.ts'
import { type FigureFilter, figureGroups } from './figures.ts'

/** A key as each location has it that was read, its primary first; one even where the list shows a row for each. */
export type KeyCopies = readonly [KmsKey, ...KmsKey[]]

const isReplica = ({ traits }: KmsKey) => traits.includes('replica')

/** The lists put together: a key and its replicas are one. */
export function copiesOf(keys: readonly KmsKey[]): KeyCopies[] {
  const met: Record<CloudId, Map<string, [KmsKey, ...KmsKey[]]>> = { thalassa: new Map(), exoscale: new Map() }
  for (const key of keys) {
    const copies = met[key.cloud].get(key.id)
    if (!copies) met[key.cloud].set(key.id, [key])
    else if (isReplica(key)) copies.push(key)
    else copies.unshift(key)
  }
  return [...met.thalassa.values(), ...met.exoscale.values()]
}

/** By value of the filter. */
export type Figures = Readonly<Record<FigureFilter, ReadonlyMap<string, number>>>

/** How many rows the list shows for each figure: one counts where it is so in any of its locations. */
export function figuresOf(rows: readonly KeyGroup[], now: number): Figures {
  const counts = { status: new Map(), rotation: new Map(), material: new Map() } satisfies Record<
    FigureFilter,
    Map<string, number>
  >
  for (const { filter, figures } of figureGroups) for (const { value } of figures) counts[filter].set(value, 0)
  const add = (filter: FigureFilter, values: Iterable<string>) => {
    for (const value of values) counts[filter].set(value, (counts[filter].get(value) ?? 0) + 1)
  }
  for (const row of rows) {
    const facts = row.map((copy) => filterValuesOf(copy, now))
    const [only] = facts
    for (const { filter } of figureGroups)
      add(filter, facts.length === 1 && only ? only[filter] : new Set(facts.flatMap((each) => each[filter])))
  }
  return counts
}

/** Why a key waits for a decision. */
export type AttentionItem =
  | { readonly kind: 'pending'; readonly key: KmsKey }
  | { readonly kind: 'overdue'; readonly key: KmsKey; readonly days: number }
  /** A replica lacks something that the primary has: the key itself, a version, or what was decided about its deletion. */
  | {
      readonly kind: 'behind'
      readonly key: KmsKey
      readonly location: string
      readonly lacks: 'key' | 'version' | 'deletion'
      /** The replica's version, where it has one. */
      readonly version?: number
    }
  | { readonly kind: 'unrotated'; readonly key: KmsKey; readonly days: number }

/** Days after which a key that nothing ever rotated is told of. */
const LONG_WITHOUT_ROTATION = 365

/** What the lists alone say about replicas; what a cloud tells of one key read by itself is not known here. */
function replicaBehind([primary, ...others]: KeyCopies, read: ReadLocations): AttentionItem | undefined {
  if (isReplica(primary)) return undefined
  for (const location of primary.replicas ?? []) {
    const copy = others.find((other) => other.location === location)
    const about = { kind: 'behind', key: primary, location } as const
    if (!copy) {
      if (read.get(primary.cloud)?.includes(location)) return { ...about, lacks: 'key' }
    } else if (copy.latestVersion < primary.latestVersion)
      return { ...about, lacks: 'version', version: copy.latestVersion }
    else if ((copy.status === 'pending') !== (primary.status === 'pending')) return { ...about, lacks: 'deletion' }
  }
  return undefined
}

/** The most pressing reason of one key. */
function attentionFor(copies: KeyCopies, read: ReadLocations, now: number): AttentionItem | undefined {
  const pending = copies.find(({ status }) => status === 'pending')
  if (pending && (pending === copies[0] || isReplica(copies[0]))) return { kind: 'pending', key: pending }
  for (const key of copies) {
    const state = rotationState(key, now)
    if (state.kind === 'overdue') return { kind: 'overdue', key, days: state.days }
  }
  const late = replicaBehind(copies, read)
  if (late) return late
  const [key] = copies
  const days = daysBetween(key.createdAt, now)
  const byHand = key.status === 'active' && key.latestVersion === 1 && rotationState(key, now).kind === 'manual'
  return byHand && days > LONG_WITHOUT_ROTATION ? { kind: 'unrotated', key, days } : undefined
}

const urgency = { pending: 0, overdue: 1, behind: 2, unrotated: 3 } as const

/** Smaller comes first among those of one kind. */
function rank(one: AttentionItem): number {
  if (one.kind === 'pending') return one.key.destroyedAt ?? 0
  return one.kind === 'behind' ? 0 : -one.days
}

/** Every key that waits for a decision, once: the soonest destroyed first, then the longest overdue. */
export function attentionItems(all: readonly KeyCopies[], read: ReadLocations, now: number): AttentionItem[] {
  const found: AttentionItem[] = []
  for (const copies of all) {
    const one = attentionFor(copies, read, now)
    if (one) found.push(one)
  }
  return found.sort(
    (a, b) =>
      urgency[a.kind] - urgency[b.kind] ||
      rank(a) - rank(b) ||
      (a.key.name < b.key.name ? -1 : Number(a.key !== b.key)),
  )
}
