/** Conversion of Exoscale's answers to the neutral model. */
import * as z from 'zod/mini'
import { knownTime, parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { List, type Listed, readItems } from '../answer.ts'
import type { KeyVersion, KmsKey, ReplicaState as NeutralReplicaState } from '../model.ts'
import { inDays } from '../period.ts'
import { DEFAULT_KEY_NAME, isDefaultKey } from './default-key.ts'
import { DEFAULT_KEY_SPEC, EXTERNAL_SOURCE } from './key-specs.ts'
import { limits } from './rules.ts'
import { KeyRotation, type ReplicaState, KmsKey as WireKey } from './wire.ts'

/** Source of keys whose material is in a key store of the customer's own. */

/**
 * Creation time from the first 48 bits of a version-7 id, in milliseconds (RFC 9562). `created-at` may
 * become the time of the newest material, so it is used only for other ids.
 */
export function creationTime(id: string, createdAt: string): number | undefined {
  const digits = id.replaceAll('-', '')
  const isTimed = digits.length === 32 && digits[12] === '7'
  return (isTimed ? knownTime(Number.parseInt(digits.slice(0, 12), 16)) : undefined) ?? parseTime(createdAt)
}

/** State of a replica by its watermark: current at or above the primary's newest revision, unless a later attempt failed. */
function readReplica(
  { zone, 'last-applied-watermark': applied, 'last-failure': failure }: ReplicaState,
  revision: number,
): NeutralReplicaState {
  const failing = failure !== undefined && failure['attempted-watermark'] > applied
  return {
    location: zone,
    applied,
    state: failing ? 'failing' : applied >= revision ? 'current' : 'behind',
    ...(failure && {
      failure: defined<NonNullable<NeutralReplicaState['failure']>>({
        attempted: failure['attempted-watermark'],
        error: failure.error,
        at: parseTime(failure['failed-at']),
      }),
    }),
  }
}

/** Why a key can't rotate; undefined for symmetric keys of Exoscale's own material, which can. */
function neverRotates({ 'key-spec': spec = DEFAULT_KEY_SPEC, source }: WireKey): string | undefined {
  if (source === EXTERNAL_SOURCE) return 'Its material is in an external key store, which Exoscale can’t rotate.'
  return spec === DEFAULT_KEY_SPEC ? undefined : 'Only symmetric keys rotate. This key has one version for life.'
}

export function readKey(key: WireKey, zone: string): KmsKey {
  const { rotation } = key
  const purpose = key.usage === 'sign-verify' ? 'sign' : 'encrypt'
  const replica = key['origin-zone'] !== zone
  // The API also sends the date while rotation is off or stopped; it is ignored then.
  const runs = rotation.automatic && key.status !== 'pending-deletion'
  return defined<KmsKey>({
    cloud: 'exoscale',
    location: zone,
    id: key.id,
    name: key.name,
    slug: undefined,
    description: key.description || undefined,
    labels: {},
    annotations: {},
    type: key['key-spec'] ?? DEFAULT_KEY_SPEC,
    assumedType: key['key-spec'] === undefined ? true : undefined,
    purpose,
    can: [purpose],
    status: key.status,
    rotation: defined<KmsKey['rotation']>({
      automatic: rotation.automatic,
      never: neverRotates(key),
      period: inDays(rotation['rotation-period']),
      lastAt: key.material.version > 1 ? parseTime(key.material['created-at']) : undefined,
      nextAt: runs && neverRotates(key) === undefined ? parseTime(rotation['next-at']) : undefined,
      manual: { used: rotation['manual-count'], limit: limits.manualRotations },
    }),
    latestVersion: key.material.version,
    // Old versions are never destroyed.
    minDecryptionVersion: 1,
    external: key.xks && { store: key.xks['xks-id'], key: key.xks['external-key-id'] },
    createdAt: creationTime(key.id, key['created-at']),
    updatedAt: parseTime(key.revision.at),
    destroyedAt: key['delete-at'] === undefined ? undefined : parseTime(key['delete-at']),
    traits: [
      ...(isDefaultKey(key.id) || key.name === DEFAULT_KEY_NAME ? (['default'] as const) : []),
      ...(key.source === EXTERNAL_SOURCE ? (['external'] as const) : []),
      ...(replica ? (['replica'] as const) : key['multi-zone'] ? (['multi-zone'] as const) : []),
    ],
    originZone: key['origin-zone'],
    replicas: key.replicas,
    replicaStates: replica ? undefined : key['replicas-status']?.map((state) => readReplica(state, key.revision.seq)),
    revision: key.revision.seq,
    projectId: undefined,
    project: undefined,
  })
}

/** Whether a rotation was automatic; undefined if absent. The member is announced to be replaced by its opposite. */
function triggerOf({ automatic, manual }: KeyRotation): Pick<KeyVersion, 'trigger'> {
  const byItself = automatic ?? (manual === undefined ? undefined : !manual)
  return byItself === undefined ? {} : { trigger: byItself ? 'automatic' : 'manual' }
}

export const RotationsAnswer = z.object({ rotations: List })

const rotationReader = {
  schema: KeyRotation,
  id: 'version',
  name: 'version',
  read: (rotation: KeyRotation): KeyVersion => {
    const createdAt = parseTime(rotation['rotated-at'])
    return {
      version: rotation.version,
      ...(createdAt === undefined ? {} : { createdAt }),
      ...triggerOf(rotation),
    }
  },
}

/** Keys of a list. */
export const keyReader = (zone: string) => ({
  schema: WireKey,
  id: 'id',
  name: 'name',
  read: (key: WireKey) => readKey(key, zone),
})

/** Versions, newest first: the API lists rotations, to which version 1, the creation, is added. */
export function readVersions(
  { rotations }: z.output<typeof RotationsAnswer>,
  { createdAt }: KmsKey,
): Listed<KeyVersion> {
  const { items, unreadable } = readItems(rotations, rotationReader)
  const first: KeyVersion = { version: 1, trigger: 'created', ...(createdAt === undefined ? {} : { createdAt }) }
  return {
    items: [...items.filter(({ version }) => version !== 1), first].sort((a, b) => b.version - a.version),
    unreadable,
  }
}
