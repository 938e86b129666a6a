/** What needs a decision, derived from the lists of keys and from what could not be read. */
import { isPendingDeletion } from '../../clouds/key-status.ts'
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { KeyGroup, ReadLocations } from '../../clouds/replica-groups.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import { type FailureGroup, groupFailures } from '../shared/read-failures.ts'
import type { AllKeys } from '../use-keys.ts'

/** Zone whose replica lacks the key, a version, or the scheduled or cancelled deletion of the primary. */
export interface BehindZone {
  readonly location: string
  readonly lacks: 'key' | 'version' | 'deletion'
  /** Latest version of the replica. */
  readonly version?: number
}

type Cause =
  | { readonly kind: 'overdue'; readonly key: KmsKey; readonly days: number }
  | { readonly kind: 'behind'; readonly key: KmsKey; readonly zones: readonly BehindZone[] }
  /** Keys from an earlier answer are shown where it is `stale`. */
  | { readonly kind: 'unanswered'; readonly failure: FailureGroup; readonly stale: boolean }
  | { readonly kind: 'deletion'; readonly key: KmsKey }

/** Item that needs a decision, at most one of each key. */
export type Decision = Cause & {
  /** The same while the key or the failure is the same; begins with its scope. */
  readonly id: string
  /** Another one asks for another decision. */
  readonly state: string
}

/** What a list belongs to: the cloud, and the project where the cloud has projects. */
export const scopeOf = (cloud: CloudId, project: string | undefined): string =>
  `${cloud}/${(cloudOf(cloud).projects && project) ?? ''}/`

/** Zones that are behind according to the lists, which don't have the revisions of single keys. */
function zonesBehind([primary, ...others]: KeyGroup, read: ReadLocations): BehindZone[] {
  if (primary.traits.includes('replica')) return []
  return (primary.replicas ?? []).flatMap((location): BehindZone[] => {
    const copy = others.find((other) => other.location === location)
    if (!copy) return read.get(primary.cloud)?.includes(location) ? [{ location, lacks: 'key' }] : []
    if (copy.latestVersion < primary.latestVersion) return [{ location, lacks: 'version', version: copy.latestVersion }]
    return isPendingDeletion(copy) === isPendingDeletion(primary) ? [] : [{ location, lacks: 'deletion' }]
  })
}

/** Most urgent decision about one key. */
function decisionAbout(group: KeyGroup, read: ReadLocations, now: number): Decision | undefined {
  const [key] = group
  const id = `${scopeOf(key.cloud, key.project)}${key.location}/${key.id}`
  for (const copy of group) {
    const rotation = rotationState(copy, now)
    if (rotation.kind === 'overdue')
      return { id, kind: 'overdue', key: copy, days: rotation.days, state: `overdue ${copy.rotation.nextAt}` }
  }
  const zones = zonesBehind(group, read)
  if (zones.length > 0)
    return {
      id,
      kind: 'behind',
      key,
      zones,
      state: `behind ${key.latestVersion} ${zones.map(({ location, lacks, version }) => [location, lacks, version].join(' ')).join(' ')}`,
    }
  return isPendingDeletion(key) ? { id, kind: 'deletion', key, state: `deletion ${key.destroyedAt}` } : undefined
}

const urgency = { overdue: 0, behind: 1, unanswered: 2, deletion: 3 } as const

/** Order among items of one kind, the smallest first. */
function rank(one: Decision): number {
  if (one.kind === 'overdue') return -one.days
  return one.kind === 'deletion' ? (one.key.destroyedAt ?? 0) : 0
}

type Failures = Pick<AllKeys, 'missing' | 'outdated'>

function* unansweredIn({ missing, outdated }: Failures, project: string | undefined): Iterable<Decision> {
  for (const [failures, stale] of [
    [missing, false],
    [outdated, true],
  ] as const)
    for (const failure of groupFailures(failures)) {
      const id = `${scopeOf(failure.cloud, project)}${failure.message.replace(/\s+/g, ' ')}`
      yield { id, kind: 'unanswered', failure, stale, state: `unanswered ${failure.names}` }
    }
}

/** What needs a decision, the most urgent first. */
export function decisionsIn(
  groups: readonly KeyGroup[],
  all: Pick<AllKeys, 'read'> & Failures,
  now: number,
  project?: string,
): Decision[] {
  const found = [...unansweredIn(all, project)]
  for (const group of groups) {
    const one = decisionAbout(group, all.read, now)
    if (one) found.push(one)
  }
  return found.sort((a, b) => urgency[a.kind] - urgency[b.kind] || rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}
