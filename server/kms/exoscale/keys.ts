import * as z from 'zod'
import { type KeyStatus, keyStatuses } from '../../../src/clouds/exoscale/rules.ts'
import type { CreatedKey, KmsKey, Rotation } from '../../../src/clouds/exoscale/wire.ts'
import type { KeySpace, StoredKey, VersionInfo } from '../engine/store.ts'
import type { ApiRevision } from './api.ts'

export const CLOUD = 'exoscale'

/** There is one organisation, so a zone's keys are one list. */
export const spaceOf = (zone: string): KeySpace => ({ cloud: CLOUD, location: zone, scope: 'organisation' })

/** What only this cloud knows of a key. Times are milliseconds since the epoch. */
const Attributes = z.object({
  description: z.optional(z.string()),
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
})
export type Attributes = z.infer<typeof Attributes>

export const attributesOf = (key: StoredKey): Attributes => Attributes.parse(key.attributes)

/** Throws a plain error for a status that this code can't have stored. */
export function statusOf(key: StoredKey): KeyStatus {
  const status = keyStatuses.find((known) => known === key.status)
  if (!status) throw new Error(`key ${key.id} has the unknown status ${key.status}`)
  return status
}

/** RFC 3339, UTC, milliseconds. */
export const timestamp = (time: number): string => new Date(time).toISOString()

export const rotationOf = (key: StoredKey): Rotation => {
  const { automatic, period, nextAt, manualCount } = attributesOf(key).rotation
  return { automatic, 'rotation-period': period, 'next-at': timestamp(nextAt), 'manual-count': manualCount }
}

/** What a creation answers. */
export function createdKeyOf(key: StoredKey, revision: ApiRevision): CreatedKey {
  const { description, multiZone, originZone, statusSince } = attributesOf(key)
  return {
    id: key.id,
    name: key.handle,
    ...(description === undefined ? {} : { description }),
    usage: 'encrypt-decrypt',
    source: 'exoscale-kms',
    status: statusOf(key),
    'status-since': timestamp(statusSince),
    'multi-zone': multiZone,
    'origin-zone': originZone,
    'created-at': timestamp(key.createdAt),
    revision: { seq: key.revision, at: timestamp(key.updatedAt) },
    ...(revision === 'reference' ? { policy: '' } : {}),
  }
}

/**
 * What reading a key answers.
 * @param versions ascending, the newest included
 */
export function keyOf(key: StoredKey, versions: readonly VersionInfo[], revision: ApiRevision): KmsKey {
  const newest = versions.at(-1)
  if (!newest) throw new Error(`key ${key.id} has no version`)
  return {
    ...createdKeyOf(key, revision),
    material: {
      version: newest.version,
      'created-at': timestamp(newest.createdAt),
      automatic: newest.automatic,
    },
    rotation: rotationOf(key),
    ...(key.destroyAt === null ? {} : { 'delete-at': timestamp(key.destroyAt) }),
  }
}
