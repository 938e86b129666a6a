/** Conversion of Thalassa's answers to the neutral model. */

import * as z from 'zod/mini'
import { addDays, knownTime, parseTime } from '../../lib/dates.ts'
import { defined } from '../../lib/defined.ts'
import { algorithmNamed } from '../algorithms.ts'
import { List, type Listed, parseAnswer, readItems } from '../answer.ts'
import { asSentence, type FieldName, type Reason } from '../errors.ts'
import type { Refusal } from '../http.ts'
import type { KeyVersion, KmsKey } from '../model.ts'
import { inDays } from '../period.ts'
import { ErrorBody, KmsKey as WireKey, KeyVersion as WireVersion } from './wire.ts'

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

const reasons: Record<number, Reason> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'feature-off',
  404: 'not-found',
  409: 'name-taken',
  429: 'rate-limited',
  503: 'unavailable',
}

const advice: Partial<Record<Reason, string>> = {
  invalid: 'Change the input and try again.',
  unauthorized: 'Check the token in the gateway’s environment; it may have expired.',
  'feature-off': 'Ask Thalassa to enable KMS for the organisation.',
  'not-found':
    'It does not exist, belongs to another project, or your role can’t read it. The API gives the same answer for all three.',
  'name-taken': 'Choose another name. A key whose deletion is pending keeps its slug until it is destroyed.',
  state: 'Somebody may have changed the key since this page read it. Read it again.',
  'rate-limited': 'Wait a moment, then try again.',
  unavailable: 'Choose another region, or try again later.',
}

const fields: readonly (readonly [RegExp, FieldName])[] = [
  [/^name\b/i, 'name'],
  [/^description\b/, 'description'],
  [/^labels?\b/, 'labels'],
  [/^annotations?\b/, 'annotations'],
  [/^(keyType|operation)\b/, 'type'],
  [/^rotationPeriodInDays\b/, 'rotationPeriod'],
  [/^plaintext\b/, 'plaintext'],
  [/ciphertext\b/, 'ciphertext'],
  [/^key ?version\b/i, 'keyVersion'],
  [/^input\b/, 'input'],
  [/^(hashAlgorithm|algorithm)\b/, 'hash'],
  [/\bsignature\b/, 'signature'],
  [/\bhmac\b/, 'hmac'],
  [/^(importKeyMaterial|hashFunction)\b/, 'material'],
]

/** Advice that is more specific than that of the status. */
const adviceFor: readonly (readonly [RegExp, string])[] = [
  [
    /^importKeyMaterial\b/,
    'Wrap the key again with this region’s wrapping key and this hash, then enter the new blob.',
  ],
  [
    /^rotation is not allowed for this imported key$/,
    'It was imported without rotation, which can’t be changed. Import new material as another key.',
  ],
]

/** Keys of a list. */
export const keyReader = (region: string, project: string | undefined) => ({
  schema: KeyAnswer,
  id: 'identity',
  name: 'name',
  read: (key: KeyAnswer) => readKey(key, region, project),
})

/** Thalassa's errors are `{"message": "…"}`; anything else is tolerated. */
export function readError(status: number, body: unknown): Refusal {
  const parsed = parseAnswer(ErrorBody, body)
  const phrase = 'data' in parsed ? parsed.data.message : `Thalassa Cloud answered ${status}`
  const wrongState = status === 400 && /^kms key is /.test(phrase)
  const reason = wrongState ? 'state' : (reasons[status] ?? 'other')
  const field = reason === 'name-taken' ? 'name' : fields.find(([pattern]) => pattern.test(phrase))?.[1]
  return {
    reason,
    message: asSentence(phrase.replace(/\bkms\b/g, 'KMS')),
    advice:
      adviceFor.find(([pattern]) => pattern.test(phrase))?.[1] ??
      advice[reason] ??
      'Try again. If it stays, send the request id to Thalassa’s support.',
    ...(reason === 'invalid' || reason === 'name-taken' ? { field } : {}),
  }
}
