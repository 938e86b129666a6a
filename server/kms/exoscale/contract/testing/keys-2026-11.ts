/** Requests and answers of operations on keys that November 2026 added or changed. */
import * as july from './keys.ts'
import { object } from './keys.ts'
import type { Schema, StringSchema } from './schema.ts'

const { boolean, bytes, context, text, uuid } = july

const source = { type: 'string', enum: ['exoscale-kms', 'external-key-store'] } as const
const usage = { type: 'string', enum: ['encrypt-decrypt', 'sign-verify'] } as const
const xks = object({ 'external-key-id': { type: 'string', minLength: 1, maxLength: 128 }, 'xks-id': uuid })

const kind = { usage, 'key-spec': text, source, xks } as const

export const createdKey = object(
  { ...july.created, ...kind, rotation: july.rotationConfig },
  'description',
  'xks',
  'rotation',
)

const optional = ['description', 'xks', 'delete-at', 'replicas'] as const
export const listedKey = object({ ...july.listed, ...kind }, ...optional)
export const key = object(
  { ...july.listed, ...kind, 'replicas-status': { type: 'array', items: july.replicaState } },
  ...optional,
  'replicas-status',
)

const keySpec = {
  type: 'string',
  enum: [
    'AES_256',
    'ECC_NIST_P256',
    'ECC_NIST_P384',
    'ECC_NIST_P521',
    'ECC_EDWARDS25519',
    'RSA_3072',
    'RSA_4096',
    'ML_DSA_65',
    'ML_DSA_87',
  ],
  default: 'AES_256',
} as const

export const createRequest = object(
  {
    name: text,
    description: text,
    usage: { ...usage, default: 'encrypt-decrypt' },
    'key-spec': keySpec,
    'multi-zone': { type: 'boolean', default: false },
    source: { ...source, default: 'exoscale-kms' },
    xks,
  },
  'description',
  'usage',
  'key-spec',
  'multi-zone',
  'source',
  'xks',
)

const encryptionAlgorithm = { type: 'string', enum: ['AES_256', 'RSAES_OAEP_SHA_256'] } as const

const ofEncryption = { 'encryption-algorithm': encryptionAlgorithm, 'encryption-context': context } as const
const mayLack = ['encryption-algorithm', 'encryption-context'] as const

export const encryptRequest = object({ plaintext: bytes, ...ofEncryption }, ...mayLack)
export const decryptRequest = object({ ciphertext: bytes, ...ofEncryption }, ...mayLack)
export const reEncryptRequest = object({
  source: object({ key: uuid, ciphertext: bytes, ...ofEncryption }, ...mayLack),
  destination: object({ key: uuid, ...ofEncryption }, ...mayLack),
})

export const encryptAnswer = object({ ciphertext: bytes, 'encryption-algorithm': encryptionAlgorithm })
export const decryptAnswer = object({ plaintext: bytes, 'encryption-algorithm': encryptionAlgorithm })
export const reEncryptAnswer = object({
  ciphertext: bytes,
  'source-encryption-algorithm': encryptionAlgorithm,
  'destination-encryption-algorithm': encryptionAlgorithm,
})

const signed: Readonly<Record<string, Schema>> = {
  message: { ...bytes, minBytes: 1, maxBytes: 4096 },
  'message-type': { type: 'string', enum: ['raw', 'digest'], default: 'raw' },
  'signing-algorithm': {
    type: 'string',
    enum: [
      'ECDSA_SHA_256',
      'ECDSA_SHA_384',
      'ECDSA_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
      'EDDSA_ED25519',
      'ED25519_PH_SHA_512',
      'ML_DSA_SHAKE_256',
    ],
  },
}

const signature: StringSchema = { ...bytes, minBytes: 1, maxBytes: 6144 }

export const signRequest = object(signed, 'message-type')
export const verifyRequest = object({ ...signed, signature }, 'message-type')
export const signAnswer = object({ signature, 'key-spec': text, 'signing-algorithm': text })
export const verifyAnswer = object({ 'signature-valid': boolean, 'key-id': uuid, 'key-spec': text })

const publicKey = { 'key-id': uuid, 'key-spec': text, usage, 'public-key': bytes } as const
export const publicKeyAnswer = object(publicKey, ...Object.keys(publicKey))
