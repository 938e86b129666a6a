/** Conversion of Exoscale's answers to the neutral model. */
import { parseTime } from '../../lib/dates.ts'
import type { KeyVersion, KmsKey, ReplicaState as NeutralReplicaState } from '../model.ts'
import { inDays } from '../period.ts'
import { isDefaultKey } from './default-key.ts'
import { limits } from './rules.ts'
import type { KeyRotations, ReplicaState, KmsKey as WireKey } from './wire.ts'

/**
 * Creation time from the first 48 bits of a version-7 id, in milliseconds (RFC 9562). `created-at` may
 * become the time of the newest material, so it is used only for other ids.
 */
export function creationTime(id: string, createdAt: string): number {
  const digits = id.replaceAll('-', '')
  return digits.length === 32 && digits[12] === '7' ? Number.parseInt(digits.slice(0, 12), 16) : parseTime(createdAt)
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
      failure: { attempted: failure['attempted-watermark'], error: failure.error, at: parseTime(failure['failed-at']) },
    }),
  }
}

export function readKey(key: WireKey, zone: string): KmsKey {
  const { rotation } = key
  const replica = key['origin-zone'] !== zone
  return {
    cloud: 'exoscale',
    location: zone,
    id: key.id,
    name: key.name,
    ...(key.description ? { description: key.description } : {}),
    labels: {},
    annotations: {},
    type: key.usage,
    purpose: 'encrypt',
    can: ['encrypt'],
    status: key.status,
    rotation: {
      automatic: rotation.automatic,
      period: inDays(rotation['rotation-period']),
      // The API also sends the date while rotation is off or stopped; it is ignored then.
      ...(rotation.automatic && key.status !== 'pending-deletion' ? { nextAt: parseTime(rotation['next-at']) } : {}),
      manual: { used: rotation['manual-count'], limit: limits.manualRotations },
    },
    latestVersion: key.material.version,
    // Old versions are never destroyed.
    minDecryptionVersion: 1,
    createdAt: creationTime(key.id, key['created-at']),
    updatedAt: parseTime(key.revision.at),
    ...(key['delete-at'] ? { destroyedAt: parseTime(key['delete-at']) } : {}),
    traits: [
      ...(isDefaultKey(key.id) ? (['default'] as const) : []),
      ...(replica ? (['replica'] as const) : key['multi-zone'] ? (['multi-zone'] as const) : []),
    ],
    originZone: key['origin-zone'],
    ...(key.replicas ? { replicas: key.replicas } : {}),
    ...(key['replicas-status'] && !replica
      ? { replicaStates: key['replicas-status'].map((state) => readReplica(state, key.revision.seq)) }
      : {}),
    revision: key.revision.seq,
  }
}

/** Whether a rotation was automatic; undefined if absent. The member is announced to be replaced by its opposite. */
function triggerOf({ automatic, manual }: KeyRotations['rotations'][number]): Pick<KeyVersion, 'trigger'> {
  const byItself = automatic ?? (manual === undefined ? undefined : !manual)
  return byItself === undefined ? {} : { trigger: byItself ? 'automatic' : 'manual' }
}

/** Versions, newest first: the API lists rotations, to which version 1, the creation, is added. */
export function readVersions({ rotations }: KeyRotations, key: KmsKey): KeyVersion[] {
  const rotated = rotations.map(
    (rotation): KeyVersion => ({
      version: rotation.version,
      createdAt: parseTime(rotation['rotated-at']),
      ...triggerOf(rotation),
    }),
  )
  const { createdAt } = key
  const first: readonly KeyVersion[] = createdAt === undefined ? [] : [{ version: 1, createdAt, trigger: 'created' }]
  return [...rotated.filter(({ version }) => version !== 1), ...first].sort((a, b) => b.version - a.version)
}
