/** Posture derived from the lists of keys: figures, and the keys that need attention. */
import { isPendingDeletion, isUsable } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { clouds } from '../../clouds/registry.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import { daysBetween } from '../../lib/dates.ts'
import { filterValuesOf } from '../shared/key-filter-values.ts'
import type { KeyGroup, ReadLocations } from '../shared/replica-groups.ts'
import { type FigureFilter, figureGroups } from './figures.ts'

/** One key in every location that was read, the primary first. */
export type KeyCopies = readonly [KmsKey, ...KmsKey[]]

const isReplica = ({ traits }: KmsKey) => traits.includes('replica')

/** Groups keys with their replicas. */
export function copiesOf(keys: readonly KmsKey[]): KeyCopies[] {
  const byCloud = new Map(clouds.map(({ id }) => [id, new Map<string, [KmsKey, ...KmsKey[]]>()]))
  for (const key of keys) {
    const copies = byCloud.get(key.cloud)?.get(key.id)
    if (!copies) byCloud.get(key.cloud)?.set(key.id, [key])
    else if (isReplica(key)) copies.push(key)
    else copies.unshift(key)
  }
  return [...byCloud.values()].flatMap((byId) => [...byId.values()])
}

/** Counts by filter and filter value. */
export type Figures = Readonly<Record<FigureFilter, ReadonlyMap<string, number>>>

/** Rows of the key list per figure. A row counts where the value applies in any of its locations. */
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

/** Key that needs attention, with the reason. */
export type AttentionItem =
  | { readonly kind: 'pending'; readonly key: KmsKey }
  | { readonly kind: 'overdue'; readonly key: KmsKey; readonly days: number }
  /** A replica lacks the key, a version, or the scheduled or cancelled deletion of the primary. */
  | {
      readonly kind: 'behind'
      readonly key: KmsKey
      readonly location: string
      readonly lacks: 'key' | 'version' | 'deletion'
      /** Latest version of the replica. */
      readonly version?: number
    }
  | { readonly kind: 'unrotated'; readonly key: KmsKey; readonly days: number }

/** Days after which a key that was never rotated needs attention. */
const LONG_WITHOUT_ROTATION = 365

/** Replica that is behind its primary according to the lists, which don't have the revisions of single keys. */
function replicaBehind([primary, ...others]: KeyCopies, read: ReadLocations): AttentionItem | undefined {
  if (isReplica(primary)) return undefined
  for (const location of primary.replicas ?? []) {
    const copy = others.find((other) => other.location === location)
    const about = { kind: 'behind', key: primary, location } as const
    if (!copy) {
      if (read.get(primary.cloud)?.includes(location)) return { ...about, lacks: 'key' }
    } else if (copy.latestVersion < primary.latestVersion)
      return { ...about, lacks: 'version', version: copy.latestVersion }
    else if (isPendingDeletion(copy) !== isPendingDeletion(primary)) return { ...about, lacks: 'deletion' }
  }
  return undefined
}

/** Most urgent reason of one key. */
function attentionFor(copies: KeyCopies, read: ReadLocations, now: number): AttentionItem | undefined {
  const pending = copies.find(isPendingDeletion)
  if (pending && (pending === copies[0] || isReplica(copies[0]))) return { kind: 'pending', key: pending }
  for (const key of copies) {
    const state = rotationState(key, now)
    if (state.kind === 'overdue') return { kind: 'overdue', key, days: state.days }
  }
  const late = replicaBehind(copies, read)
  if (late) return late
  const [key] = copies
  if (key.createdAt === undefined) return undefined
  const days = daysBetween(key.createdAt, now)
  const byHand = isUsable(key) && key.latestVersion === 1 && rotationState(key, now).kind === 'manual'
  return byHand && days > LONG_WITHOUT_ROTATION ? { kind: 'unrotated', key, days } : undefined
}

const urgency = { pending: 0, overdue: 1, behind: 2, unrotated: 3 } as const

/** Order among items of one kind, the smallest first. */
function rank(one: AttentionItem): number {
  if (one.kind === 'pending') return one.key.destroyedAt ?? 0
  return one.kind === 'behind' ? 0 : -one.days
}

/** Keys that need attention, each once: the soonest destroyed first, then the longest overdue. */
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
