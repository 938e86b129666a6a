/** Usages, key specifications and algorithms of Exoscale's keys, as data for the local KMS and the console. */
import { type Algorithm, type AlgorithmName, algorithmNamed, type Family, type Purpose } from '../algorithms.ts'
import { limits } from './rules.ts'

export const usages = ['encrypt-decrypt', 'sign-verify'] as const
export type Usage = (typeof usages)[number]

export const purposes = { 'encrypt-decrypt': 'encrypt', 'sign-verify': 'sign' } as const satisfies Record<
  Usage,
  Purpose
>

/** Where the material of keys is: in the KMS, or behind a key store. */
export const sources = ['exoscale-kms', 'external-key-store'] as const

export type Source = (typeof sources)[number]

/** Source of keys whose material is in a key store. */
export const EXTERNAL_SOURCE = sources[1]

/** Algorithm of each key specification. */
export const keySpecs = {
  AES_256: 'aes256-gcm96',
  ECC_NIST_P256: 'ecdsa-p256',
  ECC_NIST_P384: 'ecdsa-p384',
  ECC_NIST_P521: 'ecdsa-p521',
  ECC_EDWARDS25519: 'ed25519',
  RSA_3072: 'rsa-3072',
  RSA_4096: 'rsa-4096',
  ML_DSA_65: 'ml-dsa-65',
  ML_DSA_87: 'ml-dsa-87',
} as const satisfies Record<string, AlgorithmName>
export type KeySpec = keyof typeof keySpecs

export const keySpecNames = Object.keys(keySpecs) as KeySpec[]

/** Specification of keys whose answers name none. */
export const DEFAULT_KEY_SPEC: KeySpec = 'AES_256'

export const isKeySpec = (name: string): name is KeySpec => Object.hasOwn(keySpecs, name)

/** Specification of an algorithm; undefined for one that no key has. */
export const keySpecOf = (algorithm: string): KeySpec | undefined =>
  keySpecNames.find((spec) => keySpecs[spec] === algorithm)

/** Whether keys are RSA: their calls name the algorithm, and take no encryption context. */
export const isRsa = (spec: string): boolean => isKeySpec(spec) && algorithmNamed(keySpecs[spec])?.family === 'rsa'

/** Whether keys of a specification can have a usage. */
export const isUsageOf = (spec: KeySpec, usage: Usage): boolean =>
  algorithmNamed(keySpecs[spec])?.can.includes(purposes[usage]) ?? false

/** Specifications whose keys can have a usage. */
export const specsFor = (usage: Usage): readonly KeySpec[] => keySpecNames.filter((spec) => isUsageOf(spec, usage))

/** Encryption algorithms, and the family of the keys that each needs. */
export const encryptionAlgorithms = {
  AES_256: 'aes-gcm',
  RSAES_OAEP_SHA_256: 'rsa',
} as const satisfies Record<string, Family>
export type EncryptionAlgorithm = keyof typeof encryptionAlgorithms

export interface SigningAlgorithm {
  readonly family: Family
  /** Hash by Node's name; absent where the scheme takes the message as it is. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
  /** Bytes of a digest in the message's place; absent where none is taken. */
  readonly digest?: number
}

const hashing = (family: Family, bits: 256 | 384 | 512) =>
  ({ family, hash: `sha${bits}`, digest: bits / 8 }) as const satisfies SigningAlgorithm

/** RSA: PSS, MGF1 over the same hash, a salt as long as the digest. ECDSA: DER. Ed25519 and ML-DSA: with an empty context. */
export const signingAlgorithms = {
  RSASSA_PSS_SHA_256: hashing('rsa', 256),
  RSASSA_PSS_SHA_384: hashing('rsa', 384),
  RSASSA_PSS_SHA_512: hashing('rsa', 512),
  ECDSA_SHA_256: hashing('ecdsa', 256),
  ECDSA_SHA_384: hashing('ecdsa', 384),
  ECDSA_SHA_512: hashing('ecdsa', 512),
  EDDSA_ED25519: { family: 'ed25519' },
  ED25519_PH_SHA_512: hashing('ed25519', 512),
  ML_DSA_SHAKE_256: { family: 'ml-dsa' },
} as const satisfies Record<string, SigningAlgorithm>
export type SigningAlgorithmName = keyof typeof signingAlgorithms

export const signingAlgorithmNames = Object.keys(signingAlgorithms) as SigningAlgorithmName[]

/** Hash that fits the field size of a curve. */
const ofCurve: Readonly<Record<number, SigningAlgorithmName>> = { 384: 'ECDSA_SHA_384', 521: 'ECDSA_SHA_512' }

/** Signing algorithms of a specification's family, the recommended one first. */
export function signingAlgorithmsOf(spec: KeySpec): readonly SigningAlgorithmName[] {
  const algorithm = algorithmNamed(keySpecs[spec])
  const fitting = signingAlgorithmNames.filter((name) => signingAlgorithms[name].family === algorithm?.family)
  const first = ofCurve[algorithm?.bits ?? 0]
  return first === undefined ? fitting : [first, ...fitting.filter((name) => name !== first)]
}

/** Longest plaintext of one encrypt call in bytes: RSA's is that of its modulus. */
export const maxPlaintextOf = (spec: string): number =>
  (isRsa(spec) && isKeySpec(spec) ? algorithmNamed(keySpecs[spec])?.maxPlaintext : undefined) ?? limits.plaintext.max

/** Algorithms of new keys, one row per usage: an RSA key either encrypts or signs. Material is always Exoscale's own. */
export const offeredAlgorithms: readonly Algorithm[] = usages.flatMap((usage) =>
  keySpecNames.flatMap((spec): Algorithm[] => {
    const algorithm = algorithmNamed(keySpecs[spec])
    if (!algorithm || !isUsageOf(spec, usage)) return []
    const purpose = purposes[usage]
    return [{ ...algorithm, purpose, can: [purpose], importable: false, maxPlaintext: maxPlaintextOf(spec) }]
  }),
)
