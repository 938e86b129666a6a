/** Which keys of several locations the list shows as one. */
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { forEachInSteps, runToEnd, type Steps } from '../../lib/time-slicing.ts'

/** A key, or the same key as each location has it: the primary first, then by location. */
export type KeyGroup = readonly [KmsKey, ...KmsKey[]]

/** The locations of each cloud whose lists were read. */
export type ReadLocations = ReadonlyMap<CloudId, readonly string[]>

const isReplica = ({ traits }: KmsKey) => traits.includes('replica')

const inOrder = (a: KmsKey, b: KmsKey) =>
  Number(isReplica(a)) - Number(isReplica(b)) || (a.location < b.location ? -1 : Number(a.location > b.location))

/** Where every location has it and all say the same of it, it is one; else each is worth a row of its own. */
const isOne = ([key, ...others]: KeyGroup, read: ReadLocations): boolean =>
  others.length > 0 &&
  others.length + 1 === read.get(key.cloud)?.length &&
  others.every(({ status, location }) => status === key.status && location !== key.location)

/** One pass: a key met again is put together with what was met before. */
export function* groupReplicasSliced(keys: readonly KmsKey[], read: ReadLocations): Steps<KeyGroup[]> {
  const groups: [KmsKey, ...KmsKey[]][] = []
  const indexes = new Map<CloudId, Map<string, number>>()
  const several = new Set<number>()
  yield* forEachInSteps(keys, (key) => {
    const byId = indexes.get(key.cloud) ?? new Map<string, number>()
    if (byId.size === 0) indexes.set(key.cloud, byId)
    const place = byId.get(key.id)
    const group = place === undefined ? undefined : groups[place]
    if (place === undefined || group === undefined) {
      byId.set(key.id, groups.length)
      groups.push([key])
    } else {
      group.push(key)
      several.add(place)
    }
  })
  if (several.size === 0) return groups
  return groups.flatMap((group, place): KeyGroup[] => {
    if (!several.has(place)) return [group]
    group.sort(inOrder)
    return isOne(group, read) ? [group] : group.map((key) => [key])
  })
}

export const groupReplicas = (keys: readonly KmsKey[], read: ReadLocations): KeyGroup[] =>
  runToEnd(groupReplicasSliced(keys, read))
