/** A key and its replicas as one. Every list and every figure counts these groups. */

import { forEachInSteps, runToEnd, type Steps } from '../lib/time-slicing.ts'
import type { CloudId, KmsKey } from './model.ts'

/** A key as each location that was read has it: the primary first, then by location. */
export type KeyGroup = readonly [KmsKey, ...KmsKey[]]

/** The locations of each cloud whose lists were read. */
export type ReadLocations = ReadonlyMap<CloudId, readonly string[]>

const isReplica = ({ traits }: KmsKey) => traits.includes('replica')

/** Whether other locations can have the same key; ids of other keys may occur again in another location. */
export const isReplicated = ({ traits }: KmsKey): boolean => traits.includes('replica') || traits.includes('multi-zone')

const inOrder = (a: KmsKey, b: KmsKey) =>
  Number(isReplica(a)) - Number(isReplica(b)) || (a.location < b.location ? -1 : Number(a.location > b.location))

/** One pass: a replica is put together with the key of the same id. */
export function* groupReplicasSliced(keys: readonly KmsKey[]): Steps<KeyGroup[]> {
  const groups: [KmsKey, ...KmsKey[]][] = []
  const byCloud = new Map<CloudId, Map<string, [KmsKey, ...KmsKey[]]>>()
  const several = new Set<[KmsKey, ...KmsKey[]]>()
  yield* forEachInSteps(keys, (key) => {
    const byId = byCloud.get(key.cloud) ?? new Map<string, [KmsKey, ...KmsKey[]]>()
    if (byId.size === 0) byCloud.set(key.cloud, byId)
    const group = isReplicated(key) ? byId.get(key.id) : undefined
    if (group) {
      group.push(key)
      several.add(group)
    } else {
      const alone: [KmsKey] = [key]
      groups.push(alone)
      if (isReplicated(key)) byId.set(key.id, alone)
    }
  })
  for (const group of several) group.sort(inOrder)
  return groups
}

export const groupReplicas = (keys: readonly KmsKey[]): KeyGroup[] => runToEnd(groupReplicasSliced(keys))
