/** Thalassa Cloud KMS on the wire. Unknown extra members are let through; optional members are absent, not null. */
import * as z from 'zod/mini'

const StringMap = z.record(z.string(), z.string())

export const KeyVersion = z.object({
  version: z.number(),
  status: z.optional(z.string()),
  createdAt: z.string(),
})

/** `status` and `keyType` are open: an early-access API may grow new words, which are shown as they come. */
export const KmsKey = z.object({
  identity: z.string(),
  name: z.string(),
  slug: z.string(),
  description: z.optional(z.string()),
  labels: z.optional(StringMap),
  annotations: z.optional(StringMap),
  projectId: z.optional(z.string()),
  keyType: z.string(),
  status: z.string(),
  exportAllowed: z.boolean(),
  imported: z.optional(z.boolean()),
  keyRotationEnabled: z.boolean(),
  rotationPeriodInDays: z.optional(z.number()),
  latestVersion: z.optional(z.number()),
  minDecryptionVersion: z.optional(z.number()),
  versions: z.optional(z.array(KeyVersion)),
  deletionScheduledAt: z.optional(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
  objectVersion: z.optional(z.number()),
})
export type KmsKey = z.infer<typeof KmsKey>

/** The list is a bare array; an empty one may come as null. */
export const KeyList = z.nullable(z.array(KmsKey))

export const Region = z.object({
  identity: z.string(),
  name: z.string(),
  slug: z.string(),
  kmsAvailable: z.boolean(),
  totalKeys: z.number(),
  activeKeys: z.number(),
  disabledKeys: z.number(),
  pendingDeletionKeys: z.number(),
})
export type Region = z.infer<typeof Region>

export const Summary = z.object({
  featureEnabled: z.boolean(),
  regions: z.optional(z.array(Region)),
})
export type Summary = z.infer<typeof Summary>

export interface CreateKeyRequest {
  name: string
  keyType: string
  description?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  exportAllowed?: boolean
  keyRotationEnabled?: boolean
  rotationPeriodInDays?: number
}

export interface UpdateRotationRequest {
  keyRotationEnabled?: boolean
  rotationPeriodInDays?: number
}

/** `keyVersion` is text here, while `latestVersion` of a key is a number. */
export const EncryptAnswer = z.object({ ciphertext: z.string(), keyVersion: z.optional(z.string()) })
export const DecryptAnswer = z.object({ plaintext: z.string(), keyVersion: z.optional(z.string()) })

export const ErrorBody = z.object({ message: z.string() })
