/**
 * The one table of algorithms. Validation, the local KMS's engine, the create wizard and the playground derive from it.
 * Each provider offers some of them, and maps names of its own with `capabilities.typeOf`.
 */

export type Purpose = 'encrypt' | 'sign' | 'mac'

export type Family = 'aes-gcm' | 'chacha20-poly1305' | 'rsa' | 'ecdsa' | 'ed25519' | 'ml-dsa' | 'hmac'

export interface Algorithm {
  readonly name: string
  readonly family: Family
  /** Main purpose of a key of this type. RSA keys can also sign: `can` lists all purposes. */
  readonly purpose: Purpose
  /** Cryptographic operations that the type supports. */
  readonly can: readonly Purpose[]
  /** Symmetric key length or RSA modulus length in bits, the curve's field size, or ML-DSA's parameter set. */
  readonly bits: number
  /** Longest plaintext in bytes for one encrypt call; absent where the type can't encrypt. */
  readonly maxPlaintext?: number
  readonly publicKey: boolean
  readonly importable: boolean
  readonly recommended?: true
}

/** Upper bound of plaintext, in decoded bytes, of one encrypt call with a symmetric key. */
export const MAX_SYMMETRIC_PLAINTEXT = 65_535

/** RSA-OAEP with SHA-256: the modulus less two hashes less two bytes (RFC 8017, section 7.1.1). */
const oaepLimit = (modulusBits: number) => modulusBits / 8 - 2 * 32 - 2

export const algorithms = [
  {
    name: 'aes256-gcm96',
    family: 'aes-gcm',
    purpose: 'encrypt',
    can: ['encrypt'],
    bits: 256,
    maxPlaintext: MAX_SYMMETRIC_PLAINTEXT,
    publicKey: false,
    importable: true,
    recommended: true,
  },
  {
    name: 'chacha20-poly1305',
    family: 'chacha20-poly1305',
    purpose: 'encrypt',
    can: ['encrypt'],
    bits: 256,
    maxPlaintext: MAX_SYMMETRIC_PLAINTEXT,
    publicKey: false,
    importable: true,
  },
  {
    name: 'aes128-gcm96',
    family: 'aes-gcm',
    purpose: 'encrypt',
    can: ['encrypt'],
    bits: 128,
    maxPlaintext: MAX_SYMMETRIC_PLAINTEXT,
    publicKey: false,
    importable: true,
  },
  {
    name: 'rsa-4096',
    family: 'rsa',
    purpose: 'encrypt',
    can: ['encrypt', 'sign'],
    bits: 4096,
    maxPlaintext: oaepLimit(4096),
    publicKey: true,
    importable: true,
  },
  {
    name: 'rsa-3072',
    family: 'rsa',
    purpose: 'encrypt',
    can: ['encrypt', 'sign'],
    bits: 3072,
    maxPlaintext: oaepLimit(3072),
    publicKey: true,
    importable: true,
  },
  {
    name: 'rsa-2048',
    family: 'rsa',
    purpose: 'encrypt',
    can: ['encrypt', 'sign'],
    bits: 2048,
    maxPlaintext: oaepLimit(2048),
    publicKey: true,
    importable: true,
  },
  {
    name: 'ecdsa-p256',
    family: 'ecdsa',
    purpose: 'sign',
    can: ['sign'],
    bits: 256,
    publicKey: true,
    importable: true,
    recommended: true,
  },
  {
    name: 'ed25519',
    family: 'ed25519',
    purpose: 'sign',
    can: ['sign'],
    bits: 255,
    publicKey: true,
    importable: true,
  },
  {
    name: 'ecdsa-p384',
    family: 'ecdsa',
    purpose: 'sign',
    can: ['sign'],
    bits: 384,
    publicKey: true,
    importable: true,
  },
  {
    name: 'ecdsa-p521',
    family: 'ecdsa',
    purpose: 'sign',
    can: ['sign'],
    bits: 521,
    publicKey: true,
    importable: true,
  },
  {
    name: 'ml-dsa-65',
    family: 'ml-dsa',
    purpose: 'sign',
    can: ['sign'],
    bits: 65,
    publicKey: true,
    importable: false,
  },
  {
    name: 'ml-dsa-87',
    family: 'ml-dsa',
    purpose: 'sign',
    can: ['sign'],
    bits: 87,
    publicKey: true,
    importable: false,
  },
  {
    name: 'hmac-sha256',
    family: 'hmac',
    purpose: 'mac',
    can: ['mac'],
    bits: 256,
    publicKey: false,
    importable: false,
    recommended: true,
  },
  {
    name: 'hmac-sha512',
    family: 'hmac',
    purpose: 'mac',
    can: ['mac'],
    bits: 512,
    publicKey: false,
    importable: false,
  },
  {
    name: 'hmac',
    family: 'hmac',
    purpose: 'mac',
    can: ['mac'],
    bits: 256,
    publicKey: false,
    importable: false,
  },
] as const satisfies readonly Algorithm[]

export type AlgorithmName = (typeof algorithms)[number]['name']

const byName: ReadonlyMap<string, Algorithm> = new Map(algorithms.map((algorithm) => [algorithm.name, algorithm]))

/** The row of the table for a name from the wire, or undefined for a type that this build does not know. */
export const algorithmNamed = (name: string): Algorithm | undefined => byName.get(name)
