/** Thalassa Cloud KMS's wire format. Unknown extra members are ignored; `parseAnswer` takes null for absent. */
import * as z from 'zod/mini'

const StringMap = z.record(z.string(), z.string())

export const KeyVersion = z.object({
  version: z.number(),
  status: z.optional(z.string()),
  createdAt: z.string(),
})

/** `status` and `keyType` accept any text: an early-access API may add values, which are shown unchanged. */
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

/** List as a bare array; an empty one may be null. */
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
  /** Base64 of the wrapped material; the next two members apply only with it. */
  importKeyMaterial?: string
  hashFunction?: string
  allowRotation?: boolean
}

export interface UpdateRotationRequest {
  keyRotationEnabled?: boolean
  rotationPeriodInDays?: number
}

/** `keyVersion` is text here, while `latestVersion` of a key is a number. */
export const EncryptAnswer = z.object({ ciphertext: z.string(), keyVersion: z.optional(z.string()) })
export const DecryptAnswer = z.object({ plaintext: z.string(), keyVersion: z.optional(z.string()) })

export const SignAnswer = z.object({ signature: z.string(), keyVersion: z.optional(z.string()) })
export const HmacAnswer = z.object({ hmac: z.string(), keyVersion: z.optional(z.string()) })
export const VerifyAnswer = z.object({ valid: z.boolean(), keyVersion: z.optional(z.string()) })

/** By version, as text: PEM for RSA and ECDSA, base64 of the 32 raw bytes for Ed25519. */
export const PublicKeys = z.object({ keys: z.record(z.string(), z.string()) })

/** Plaintext key material. */
export const ExportAnswer = z.object({ keyMaterial: z.string(), keyVersion: z.string() })

export const WrappingKey = z.object({ publicKey: z.string(), algorithm: z.optional(z.string()) })

export const Project = z.object({ identity: z.string(), name: z.string(), slug: z.string() })
export const ProjectList = z.nullable(z.array(Project))

const User = z.object({ name: z.optional(z.string()), email: z.optional(z.string()) })
export const Memberships = z.nullable(z.array(z.object({ user: z.optional(User) })))

/** `context` of a KMS entry and of a generic one differ; every member may be missing. */
export const AuditEntry = z.object({
  createdAt: z.string(),
  eventID: z.optional(z.string()),
  action: z.string(),
  userIdentity: z.optional(z.string()),
  user: z.optional(z.record(z.string(), z.unknown())),
  serviceAccountIdentity: z.optional(z.string()),
  serviceAccount: z.optional(z.record(z.string(), z.unknown())),
  description: z.optional(z.string()),
  resourceType: z.optional(z.string()),
  resourceIdentity: z.optional(z.string()),
  context: z.optional(z.record(z.string(), z.unknown())),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = z.object({
  items: z.nullable(z.array(AuditEntry)),
  totalItems: z.optional(z.number()),
  page: z.number(),
  totalPages: z.number(),
})

export const ErrorBody = z.object({ message: z.string() })
