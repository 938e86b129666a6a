import * as z from 'zod'
import { type Action, type KeyStatus, keyStatuses, statusMachine } from '../../../src/clouds/thalassa/rules.ts'
import type { KmsKey } from '../../../src/clouds/thalassa/wire.ts'
import type { AuditRows } from '../engine/audit.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { Conclude, KeySpace, KeyWithVersions, StoredKey } from '../engine/store.ts'
import { type Answer, ApiError, keyNotFound } from './errors.ts'
import { projectOfScope } from './projects.ts'
import type { JsonObject } from './validation.ts'

const DAY = 86_400_000

/** Attributes of a key in this provider. */
const KeyAttributes = z.object({
  name: z.string(),
  description: z.string(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  exportAllowed: z.boolean(),
  keyRotationEnabled: z.boolean(),
  rotationPeriodInDays: z.optional(z.number()),
  /** Creation time of the latest version, absent with one version; milliseconds. */
  rotatedAt: z.optional(z.number()),
  imported: z.optional(z.boolean()),
  /** Set at import; not part of answers. */
  allowRotation: z.optional(z.boolean()),
})
export type KeyAttributes = z.infer<typeof KeyAttributes>

export const attributesOf = (key: StoredKey): KeyAttributes => KeyAttributes.parse(key.attributes)

/** Input of an operation on one key, independent of HTTP. */
export interface KeyCall extends RecordedCall {
  readonly keyring: Keyring
  readonly key: StoredKey
}

/** Call that may change something. */
export interface RecordedCall {
  /** Audit rows of the call with the given answer. Called in the transaction of its change. */
  readonly record: (answer: Answer) => AuditRows
}

/** @throws ApiError */
export type KeyOperation = (call: KeyCall, body: JsonObject) => Promise<Answer>

function statusOf(key: StoredKey): KeyStatus {
  const status = keyStatuses.find((known) => known === key.status)
  if (!status) throw new Error(`key ${key.id} has the unknown status ${key.status}`)
  return status
}

/** Status after an action; throws status 400 if it is refused. */
export function statusAfter(action: Action, key: StoredKey): KeyStatus {
  const next = statusMachine[action][statusOf(key)]
  if (typeof next !== 'string') throw new ApiError(400, next.message)
  return next
}

/** Time of the next automatic rotation; null while it is off. */
export const nextRotation = (latestVersionAt: number, attributes: KeyAttributes): number | null =>
  attributes.keyRotationEnabled && attributes.rotationPeriodInDays !== undefined
    ? latestVersionAt + attributes.rotationPeriodInDays * DAY
    : null

/** Throws status 400 for an imported key that does not allow rotation. */
export function requireRotatable({ imported, allowRotation }: Pick<KeyAttributes, 'imported' | 'allowRotation'>): void {
  if (imported && !allowRotation) throw new ApiError(400, 'rotation is not allowed for this imported key')
}

/** Key by identity, else by slug. */
export function findKey(keyring: Keyring, space: KeySpace, idOrSlug: string): StoredKey {
  const { cloud, location } = space
  const key = keyring.get({ cloud, location, id: idOrSlug })
  // An identity is unique in its region, so this also finds keys of other scopes.
  if (key?.scope === space.scope) return key
  const named = keyring.getByUniqueName(space, idOrSlug)
  if (!named) throw keyNotFound()
  return named
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Key in the wire format. Optional members are absent, never null or empty. */
export function toWire({ key, versions }: KeyWithVersions): KmsKey {
  const { name, description, labels, annotations, ...settings } = attributesOf(key)
  const projectId = projectOfScope(key.scope)
  return {
    identity: key.id,
    name,
    slug: key.uniqueName,
    ...(description && { description }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(projectId !== undefined && { projectId }),
    keyType: key.algorithm,
    status: key.status,
    exportAllowed: settings.exportAllowed,
    ...(settings.imported && { imported: true }),
    keyRotationEnabled: settings.keyRotationEnabled,
    ...(settings.rotationPeriodInDays !== undefined && { rotationPeriodInDays: settings.rotationPeriodInDays }),
    latestVersion: key.latestVersion,
    minDecryptionVersion: 1,
    versions: versions.map(({ version, createdAt }) => ({ version, status: 'active', createdAt: instant(createdAt) })),
    ...(key.destroyAt !== null && { deletionScheduledAt: instant(key.destroyAt) }),
    createdAt: instant(key.createdAt),
    updatedAt: instant(key.updatedAt),
    objectVersion: key.revision,
  }
}

/** Key in the wire format. */
export const keyAnswer = async (keyring: Keyring, key: StoredKey): Promise<Answer> => ({
  status: 200,
  body: toWire({ key, versions: await keyring.versions(key) }),
})

/** Answer with the changed key, and its audit rows. */
export const answered =
  ({ record }: RecordedCall, status: 200 | 201 = 200): Conclude<Answer> =>
  (made) => {
    const answer = { status, body: toWire(made) }
    return { result: answer, audit: record(answer) }
  }

/** The answer to a change; 404 if the key was destroyed meanwhile. */
export function existing(answer: Answer | undefined): Answer {
  if (!answer) throw keyNotFound()
  return answer
}
