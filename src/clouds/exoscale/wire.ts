/** Exoscale KMS's wire format: kebab-case members, RFC 3339 times, base64 with padding. Accepts every published revision. */
import * as z from 'zod/mini'
import type { KeySpec, Source, Usage } from './key-specs.ts'

export const Rotation = z.object({
  automatic: z.boolean(),
  'rotation-period': z.number(),
  'next-at': z.string(),
  'manual-count': z.number(),
})
export type Rotation = z.infer<typeof Rotation>

/** `automatic` is absent in some real answers. */
export const Material = z.object({
  version: z.number(),
  'created-at': z.string(),
  automatic: z.optional(z.boolean()),
})

/** Key behind a key store of the customer's own; sent for keys with the source `external-key-store`. */
const ExternalKeyReference = z.object({ 'external-key-id': z.string(), 'xks-id': z.string() })

const Revision = z.object({ seq: z.number(), at: z.string() })

const keyMembers = {
  id: z.string(),
  name: z.string(),
  description: z.optional(z.string()),
  usage: z.string(),
  /** Absent before November 2026; `AES_256` then. */
  'key-spec': z.optional(z.string()),
  source: z.string(),
  xks: z.optional(ExternalKeyReference),
  status: z.string(),
  'status-since': z.string(),
  'multi-zone': z.boolean(),
  'origin-zone': z.string(),
  'created-at': z.string(),
  revision: Revision,
  /** Only in the API's first published revision. */
  policy: z.optional(z.string()),
}

/** Rotation is answered since November 2026, for keys that rotate. */
export const CreatedKey = z.object({ ...keyMembers, rotation: z.optional(Rotation) })
export type CreatedKey = z.infer<typeof CreatedKey>

const ReplicaFailure = z.object({ 'attempted-watermark': z.number(), error: z.string(), 'failed-at': z.string() })

/** Progress of one zone; watermarks are revisions of the primary. */
export const ReplicaState = z.object({
  zone: z.string(),
  'last-applied-watermark': z.number(),
  'last-failure': z.optional(ReplicaFailure),
})
export type ReplicaState = z.infer<typeof ReplicaState>

export const KmsKey = z.object({
  ...keyMembers,
  material: Material,
  rotation: Rotation,
  'delete-at': z.optional(z.string()),
  replicas: z.optional(z.array(z.string())),
  /** Only in the answer for a single key, from its primary. */
  'replicas-status': z.optional(z.array(ReplicaState)),
})
export type KmsKey = z.infer<typeof KmsKey>

export const KeyList = z.object({ 'kms-keys': z.array(KmsKey) })

export const RotationAnswer = z.object({ rotation: Rotation })

export const KeyRotation = z.object({
  version: z.number(),
  'rotated-at': z.string(),
  automatic: z.optional(z.boolean()),
  /** Announced replacement of `automatic`. */
  manual: z.optional(z.boolean()),
})
export type KeyRotation = z.infer<typeof KeyRotation>

export const KeyRotations = z.object({ rotations: z.array(KeyRotation) })

export const SuccessAnswer = z.object({ status: z.optional(z.string()) })

/** Before July 2026 the answer was a success-response, hence optional. */
export const ScheduleDeletionAnswer = z.object({ 'delete-at': z.optional(z.string()) })

/** Here and below: algorithms are answered since November 2026. */
export const EncryptAnswer = z.object({ ciphertext: z.string(), 'encryption-algorithm': z.optional(z.string()) })
export const DecryptAnswer = z.object({ plaintext: z.string(), 'encryption-algorithm': z.optional(z.string()) })
export const ReEncryptAnswer = z.object({
  ciphertext: z.string(),
  'source-encryption-algorithm': z.optional(z.string()),
  'destination-encryption-algorithm': z.optional(z.string()),
})
export const DataKeyAnswer = z.object({ plaintext: z.string(), ciphertext: z.string() })

export const SignAnswer = z.object({
  signature: z.string(),
  'key-spec': z.string(),
  'signing-algorithm': z.string(),
})

/** A signature that does not match is refused as `Invalid Signature` in place of an answer with `false`. */
export const VerifyAnswer = z.object({ 'signature-valid': z.boolean(), 'key-id': z.string(), 'key-spec': z.string() })

export const PublicKeyAnswer = z.object({
  'key-id': z.optional(z.string()),
  'key-spec': z.optional(z.string()),
  usage: z.optional(z.string()),
  /** Base64 of the DER of SubjectPublicKeyInfo. */
  'public-key': z.optional(z.string()),
})

export const ZoneList = z.object({
  zones: z.array(z.object({ name: z.string(), 'api-endpoint': z.optional(z.string()) })),
})

export interface CreateKeyRequest {
  name: string
  description?: string
  usage?: Usage
  'key-spec'?: KeySpec
  'multi-zone'?: boolean
  source?: Source
  xks?: { 'external-key-id': string; 'xks-id': string }
}
