/** Requests and answers of operations on keys, as published in July 2026. */
import type { ObjectSchema, Schema } from './schema.ts'

export const text = { type: 'string' } as const
const integer = { type: 'integer' } as const
export const boolean = { type: 'boolean' } as const
export const uuid = { type: 'string', format: 'uuid' } as const
export const time = { type: 'string', format: 'date-time' } as const
export const bytes = { type: 'string', format: 'byte' } as const
export const context = { type: 'string', format: 'byte', nullable: true } as const

/** Object whose members are required, except the named ones. */
export const object = (properties: Readonly<Record<string, Schema>>, ...optional: readonly string[]): ObjectSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((member) => !optional.includes(member)),
  properties,
})

export const rotationConfig = object({
  automatic: boolean,
  'rotation-period': integer,
  'next-at': time,
  'manual-count': integer,
})

const material = object({ version: integer, 'created-at': time, automatic: boolean })

const replicaFailure = object({ 'attempted-watermark': integer, error: text, 'failed-at': time })

export const replicaState = object(
  { zone: text, 'last-applied-watermark': integer, 'last-failure': replicaFailure },
  'last-failure',
)

export const created = {
  id: uuid,
  name: text,
  description: text,
  usage: text,
  source: { type: 'string', enum: ['exoscale-kms', 'external-key-store'] },
  status: { type: 'string', enum: ['enabled', 'disabled', 'pending-deletion'] },
  'status-since': time,
  'multi-zone': boolean,
  'origin-zone': text,
  'created-at': time,
  revision: object({ seq: { type: 'integer', minimum: 0 }, at: time }),
} as const

export const listed = {
  ...created,
  material,
  rotation: rotationConfig,
  'delete-at': time,
  replicas: { type: 'array', items: text },
} as const

export const createdKey = object(created, 'description')
export const listedKey = object(listed, 'description', 'delete-at', 'replicas')
export const key = object(
  { ...listed, 'replicas-status': { type: 'array', items: replicaState } },
  'description',
  'delete-at',
  'replicas',
  'replicas-status',
)

export const keyListOf = (entry: ObjectSchema) => object({ 'kms-keys': { type: 'array', items: entry } })

export const rotationAnswer = object({ rotation: rotationConfig })

export const rotationsAnswer = object({
  rotations: { type: 'array', items: object({ version: integer, 'rotated-at': time, automatic: boolean }) },
})

export const success = object({
  status: { type: 'string', enum: ['success', 'target-registered', 'already-applied'], default: 'success' },
})

export const deletionAnswer = object({ 'delete-at': time }, 'delete-at')

export const ciphertextAnswer = object({ ciphertext: bytes })
export const plaintextAnswer = object({ plaintext: bytes })
export const dataKeyAnswer = object({ plaintext: bytes, ciphertext: bytes })

export const createRequest = object(
  {
    name: text,
    description: text,
    usage: { type: 'string', enum: ['encrypt-decrypt'], default: 'encrypt-decrypt' },
    'multi-zone': { type: 'boolean', default: false },
  },
  'description',
  'usage',
  'multi-zone',
)

export const enableRotationRequest = object(
  { 'rotation-period': { type: 'integer', minimum: 90, maximum: 2560, default: 365 } },
  'rotation-period',
)
export const deletionRequest = object(
  { 'delay-days': { type: 'integer', minimum: 7, maximum: 30, default: 30 } },
  'delay-days',
)
export const replicateRequest = object({ zone: text })
export const encryptRequest = object({ plaintext: bytes, 'encryption-context': context }, 'encryption-context')
export const decryptRequest = object({ ciphertext: bytes, 'encryption-context': context }, 'encryption-context')
export const reEncryptRequest = object({
  source: object({ key: uuid, ciphertext: bytes, 'encryption-context': context }, 'encryption-context'),
  destination: object({ key: uuid, 'encryption-context': context }, 'encryption-context'),
})
export const dataKeyRequest = object(
  {
    'key-spec': { type: 'string', enum: ['AES-256'] },
    'bytes-count': { type: 'integer', minimum: 1, maximum: 1024 },
    'encryption-context': context,
  },
  'key-spec',
  'bytes-count',
  'encryption-context',
)
