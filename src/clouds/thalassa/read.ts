/** Conversion of Thalassa's answers to the neutral model. */

import * as z from 'zod/mini'
import { addDays, knownTime, parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { algorithmNamed } from '../algorithms.ts'
import { List, type Listed, readItems } from '../answer.ts'
import type { KeyVersion, KmsKey } from '../model.ts'
import { inDays } from '../period.ts'
import { KmsKey as WireKey, KeyVersion as WireVersion } from './wire.ts'

/** Key whose versions `readVersions` validates one by one: an unreadable version leaves the key readable. */
export const KeyAnswer = z.extend(WireKey, { versions: z.optional(List) })
type KeyAnswer = z.output<typeof KeyAnswer>

const versionReader = {
  schema: WireVersion,
  id: 'version',
  name: 'version',
  read: ({ version, createdAt, status }: z.output<typeof WireVersion>) =>
    defined<KeyVersion>({
      version,
      createdAt: parseTime(createdAt),
      trigger: version === 1 ? 'created' : undefined,
      providerStatus: status,
    }),
}

/** Newest first. */
export function readVersions(key: KeyAnswer): Listed<KeyVersion> {
  const { items, unreadable } = readItems(key.versions, versionReader)
  return { items: items.length > 1 ? items.toSorted((a, b) => b.version - a.version) : items, unreadable }
}

/** Time of the next automatic rotation: one period after the latest version (run hourly, so up to an hour late). */
function nextRotation(key: KeyAnswer, latestMadeAt: number | undefined): number | undefined {
  const { rotationPeriodInDays: days } = key
  const runs = key.keyRotationEnabled && key.status !== 'pending_deletion'
  if (!runs || days === undefined || latestMadeAt === undefined) return undefined
  return knownTime(addDays(latestMadeAt, days))
}

/** @param project project of the request, for the key's links */
export function readKey(key: KeyAnswer, region: string, project?: string): KmsKey {
  const [latest] = readVersions(key).items
  const algorithm = algorithmNamed(key.keyType)
  const createdAt = parseTime(key.createdAt)
  const latestMadeAt = latest?.createdAt ?? ((latest?.version ?? 1) === 1 ? createdAt : undefined)
  return defined<KmsKey>({
    cloud: 'thalassa',
    location: region,
    id: key.identity,
    name: key.name,
    slug: key.slug,
    description: key.description,
    labels: key.labels ?? {},
    annotations: key.annotations ?? {},
    type: key.keyType,
    purpose: algorithm?.purpose ?? 'encrypt',
    can: algorithm?.can ?? [],
    status: key.status,
    rotation: defined<KmsKey['rotation']>({
      automatic: key.keyRotationEnabled,
      period: key.rotationPeriodInDays === undefined ? undefined : inDays(key.rotationPeriodInDays),
      lastAt: latest === undefined || latest.version === 1 ? undefined : latest.createdAt,
      nextAt: nextRotation(key, latestMadeAt),
      manual: undefined,
    }),
    latestVersion: key.latestVersion ?? latest?.version ?? 1,
    minDecryptionVersion: key.minDecryptionVersion,
    createdAt,
    updatedAt: parseTime(key.updatedAt),
    destroyedAt: key.deletionScheduledAt === undefined ? undefined : parseTime(key.deletionScheduledAt),
    traits: [...(key.imported ? (['imported'] as const) : []), ...(key.exportAllowed ? (['exportable'] as const) : [])],
    originZone: undefined,
    replicas: undefined,
    projectId: key.projectId,
    project,
  })
}

/** Keys of a list. */
export const keyReader = (region: string, project: string | undefined) => ({
  schema: KeyAnswer,
  id: 'identity',
  name: 'name',
  read: (key: KeyAnswer) => readKey(key, region, project),
})
