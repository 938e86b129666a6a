import * as z from 'zod'
import { keySpecOf, usages } from '../../../src/clouds/exoscale/key-specs.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { type KeyStatus, keyStatuses } from '../../../src/clouds/exoscale/rules.ts'
import type { CreatedKey, KmsKey, ReplicaState, Rotation } from '../../../src/clouds/exoscale/wire.ts'
import type { KeySpace, StoredKey, VersionInfo } from '../engine/store.ts'
import type { FaultSwitches } from './fault-switches.ts'

export const CLOUD = 'exoscale'

/** Key space of a zone: one organisation, so without a scope. */
export const spaceOf = (zone: string): KeySpace => ({ cloud: CLOUD, location: zone, scope: 'organisation' })

/** State of a replica, stored on its primary. Watermarks are revisions of the primary. */
const Replica = z.object({
  zone: z.string(),
  /** Revision of the replica; 0 while it does not exist. */
  applied: z.number(),
  /** Time of the next attempt; null if up to date. */
  dueAt: z.nullable(z.number()),
  /** Last failure; absent after a success. */
  failure: z.optional(z.object({ attempted: z.number(), error: z.string(), at: z.number() })),
})
export type Replica = z.infer<typeof Replica>

/** Key behind a key store. */
const ExternalReference = z.object({ storeId: z.string(), externalKeyId: z.string() })
export type ExternalReference = z.infer<typeof ExternalReference>

/** Attributes of a key in this provider. Times are milliseconds since the epoch. */
const Attributes = z.object({
  description: z.optional(z.string()),
  /** Absent: `encrypt-decrypt`. */
  usage: z.optional(z.enum(usages)),
  /** Where the material is; absent if the KMS has it. */
  external: z.optional(ExternalReference),
  multiZone: z.boolean(),
  originZone: z.string(),
  statusSince: z.number(),
  rotation: z.object({
    automatic: z.boolean(),
    /** Days; kept while automatic rotation is off. */
    period: z.number(),
    /** Kept while automatic rotation is off. */
    nextAt: z.number(),
    manualCount: z.number(),
  }),
  /** The organisation's default key. */
  managed: z.optional(z.boolean()),
  /** On a primary, in the order of registration. */
  replicas: z.optional(z.array(Replica)),
  /** On a primary: revision of the last cancelled deletion, for replicas behind it. */
  cancelledIn: z.optional(z.number()),
  /** On a replica that is pending deletion: time of destruction, together with the primary. */
  deleteAt: z.optional(z.number()),
})
export type Attributes = z.infer<typeof Attributes>

/** Parsed attributes by what was parsed: one call asks for those of its key several times. */
const parsed = new WeakMap<StoredKey['attributes'], Attributes>()

export function attributesOf({ attributes }: StoredKey): Attributes {
  const known = parsed.get(attributes)
  if (known) return known
  const made = Attributes.parse(attributes)
  parsed.set(attributes, made)
  return made
}

/** Undefined for a key whose material the KMS has. */
export const externalOf = (key: StoredKey): ExternalReference | undefined => attributesOf(key).external

/** Whether a key has new versions: only the KMS's own symmetric ones. */
export const isRotating = (key: StoredKey): boolean => keySpecOf(key.algorithm) === 'AES_256' && !externalOf(key)

/** Whether a key is the organisation's default key. */
export const isDefaultKey = (key: StoredKey): boolean => key.attributes.managed === true

export const isReplica = (key: StoredKey): boolean => key.origin !== null

/** Throws a plain error for an unknown stored status. */
export function statusOf(key: StoredKey): KeyStatus {
  const status = keyStatuses.find((known) => known === key.status)
  if (!status) throw new Error(`key ${key.id} has the unknown status ${key.status}`)
  return status
}

/** RFC 3339, UTC, milliseconds. */
export const timestamp = (time: number): string => new Date(time).toISOString()

const rotationBody = ({ automatic, period, nextAt, manualCount }: Attributes['rotation']): Rotation => ({
  automatic,
  'rotation-period': period,
  'next-at': timestamp(nextAt),
  'manual-count': manualCount,
})

export const rotationOf = (key: StoredKey): Rotation => rotationBody(attributesOf(key).rotation)

const referenceBody = ({ storeId, externalKeyId }: ExternalReference) => ({
  'external-key-id': externalKeyId,
  'xks-id': storeId,
})

function commonMembers(key: StoredKey, attributes: Attributes, revision: ApiRevision): CreatedKey {
  const { description, usage = 'encrypt-decrypt', external, multiZone, originZone, statusSince } = attributes
  const spec = keySpecOf(key.algorithm)
  return {
    id: key.id,
    name: key.uniqueName,
    ...(description === undefined ? {} : { description }),
    usage,
    ...(spec && includes(revision, '2026-11') ? { 'key-spec': spec } : {}),
    source: external ? 'external-key-store' : 'exoscale-kms',
    ...(external && includes(revision, '2026-11') ? { xks: referenceBody(external) } : {}),
    status: statusOf(key),
    'status-since': timestamp(statusSince),
    'multi-zone': multiZone,
    'origin-zone': originZone,
    'created-at': timestamp(key.createdAt),
    revision: { seq: key.revision, at: timestamp(key.updatedAt) },
    ...(revision === 'reference' ? { policy: '' } : {}),
  }
}

/** Key in the answer to its creation; since November 2026 with the rotation of a key that rotates. */
export function createdKeyOf(key: StoredKey, revision: ApiRevision): CreatedKey {
  const attributes = attributesOf(key)
  const rotates = includes(revision, '2026-11') && isRotating(key)
  return {
    ...commonMembers(key, attributes, revision),
    ...(rotates ? { rotation: rotationBody(attributes.rotation) } : {}),
  }
}

/**
 * Key in a list.
 * @param newest its newest version
 * @param created key or version whose time is `created-at`
 */
export function keyOf(
  key: StoredKey,
  newest: VersionInfo | undefined,
  revision: ApiRevision,
  created: FaultSwitches['createdAt'] = 'key',
): KmsKey {
  if (!newest) throw new Error(`key ${key.id} has no version`)
  const attributes = attributesOf(key)
  const { replicas = [], rotation } = attributes
  const deleteAt = key.destroyAt ?? attributes.deleteAt
  return {
    ...commonMembers(key, attributes, revision),
    ...(created === 'material' ? { 'created-at': timestamp(newest.createdAt) } : {}),
    material: {
      version: newest.version,
      'created-at': timestamp(newest.createdAt),
      automatic: newest.automatic,
    },
    rotation: rotationBody(rotation),
    ...(deleteAt === undefined ? {} : { 'delete-at': timestamp(deleteAt) }),
    ...(replicas.length > 0 ? { replicas: replicas.map(({ zone }) => zone) } : {}),
  }
}

const replicaState = ({ zone, applied, failure }: Replica): ReplicaState => ({
  zone,
  'last-applied-watermark': applied,
  ...(failure && {
    'last-failure': {
      'attempted-watermark': failure.attempted,
      error: failure.error,
      'failed-at': timestamp(failure.at),
    },
  }),
})

/** State of the replicas, only in the answer for a single key. */
export function replicaStatesOf(key: StoredKey): Pick<KmsKey, 'replicas-status'> {
  const { replicas = [] } = attributesOf(key)
  return replicas.length > 0 ? { 'replicas-status': replicas.map(replicaState) } : {}
}
