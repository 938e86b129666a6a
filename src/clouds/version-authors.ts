/** Who made the versions of a key, by the audit logs of its cloud and of the console. */

import { MINUTE } from '../lib/dates.ts'
import { activityLabels } from './activity-vocabulary.ts'
import type { ActivityEvent } from './audit-activity.ts'
import type { KeyVersion } from './model.ts'

/** Largest difference between the time of a version and of its entry in the log, in milliseconds. */
const TOLERANCE = MINUTE

export interface VersionAuthor {
  /** `Automatic rotation`, or the name of the person, user or credential. */
  readonly name: string
  /** Id of the person, user or credential; absent for an automatic rotation. */
  readonly id?: string
}

type Rotation = ActivityEvent & { readonly deed: 'rotate' | 'rotateOnSchedule' }

const isRotation = (event: ActivityEvent): event is Rotation =>
  (event.deed === 'rotate' || event.deed === 'rotateOnSchedule') && event.result !== 'failed'

const automatic: VersionAuthor = { name: activityLabels.rotateOnSchedule }

function authorOf({ deed, actor, actorName, person, personName }: Rotation): VersionAuthor | undefined {
  if (deed === 'rotateOnSchedule') return automatic
  if (person !== undefined) return { name: personName ?? person, id: person }
  return actor === undefined ? undefined : { name: actorName ?? actor, id: actor }
}

/** Milliseconds between the two, 0 where only the version number tells; undefined where they can't be the same rotation. */
function distance({ version, createdAt, trigger }: KeyVersion, { at, deed, keyVersion }: Rotation): number | undefined {
  if (keyVersion !== undefined && keyVersion !== version) return undefined
  if (trigger !== undefined && trigger !== (deed === 'rotate' ? 'manual' : 'automatic')) return undefined
  if (createdAt === undefined) return keyVersion === undefined ? undefined : 0
  const between = Math.abs(at - createdAt)
  return between <= TOLERANCE ? between : undefined
}

/**
 * Authors by version: each rotation in the log belongs to the version nearest in time, or to the one that it names. A version
 * that the log says nothing of has none.
 * @param events of this key alone
 */
export function versionAuthors(
  versions: readonly KeyVersion[],
  events: readonly ActivityEvent[],
): ReadonlyMap<number, VersionAuthor> {
  const rotations = events.filter(isRotation)
  const pairs = versions
    .flatMap((version) =>
      rotations.flatMap((rotation) => {
        const between = distance(version, rotation)
        return between === undefined ? [] : [{ version: version.version, rotation, between }]
      }),
    )
    .sort((a, b) => a.between - b.between)
  const authors = new Map<number, VersionAuthor>()
  const used = new Set<string>()
  for (const { version, rotation } of pairs) {
    const author = authorOf(rotation)
    if (author === undefined || authors.has(version) || used.has(rotation.id)) continue
    authors.set(version, author)
    used.add(rotation.id)
  }
  for (const { version, trigger } of versions)
    if (trigger === 'automatic' && !authors.has(version)) authors.set(version, automatic)
  return authors
}
