/** Usage and specification of keys, and what follows from them. */
import { algorithmNamed } from '../../../src/clouds/algorithms.ts'
import {
  type EncryptionAlgorithm,
  encryptionAlgorithms,
  type KeySpec,
  keySpecOf,
  type SigningAlgorithm,
  type SigningAlgorithmName,
  signingAlgorithms,
  signingAlgorithmsOf,
  type Usage,
} from '../../../src/clouds/exoscale/key-specs.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import type { StoredKey } from '../engine/store.ts'
import { attributesOf, externalOf, isRotating } from './keys.ts'
import { Problem } from './problems.ts'

/** Throws a plain error for a stored algorithm that no specification has. */
export function specOf({ id, algorithm }: StoredKey): KeySpec {
  const spec = keySpecOf(algorithm)
  if (!spec) throw new Error(`key ${id} has the unknown algorithm ${algorithm}`)
  return spec
}

export const usageOf = (key: StoredKey): Usage => attributesOf(key).usage ?? 'encrypt-decrypt'

const invalidUsage = (key: StoredKey, what: string) =>
  new Problem('invalid-usage', `the key ${key.id} is ${specOf(key)} for ${usageOf(key)}: it can't ${what}`)

/** Refuses a key of another usage, and one that the revision has no words for. */
export function requireUsage(key: StoredKey, usage: Usage, what: string, revision: ApiRevision): void {
  const isKnown = (specOf(key) === 'AES_256' && !externalOf(key)) || includes(revision, '2026-11')
  if (usageOf(key) !== usage || !isKnown) throw invalidUsage(key, what)
}

export function requireSymmetric(key: StoredKey, what: string): void {
  if (specOf(key) !== 'AES_256') throw invalidUsage(key, what)
}

export function requireRotating(key: StoredKey): void {
  if (isRotating(key)) return
  if (!externalOf(key)) throw invalidUsage(key, 'rotate')
  throw new Problem(
    'invalid-usage',
    `the material of the key ${key.id} is in an external key store: it can't rotate here`,
  )
}

const encryptionAlgorithmNames = Object.keys(encryptionAlgorithms) as EncryptionAlgorithm[]

/**
 * Encryption algorithm of a call. Throws a Problem if it does not fit the key.
 * @param asked absent: the algorithm of symmetric keys
 * @param within path of the object in the body that holds the member
 */
export function encryptionAlgorithmOf(
  key: StoredKey,
  asked: EncryptionAlgorithm = 'AES_256',
  within: readonly string[] = [],
): EncryptionAlgorithm {
  const { family } = algorithmNamed(key.algorithm) ?? {}
  if (encryptionAlgorithms[asked] === family) return asked
  const fitting = encryptionAlgorithmNames.filter((name) => encryptionAlgorithms[name] === family)
  const at = [...within, 'encryption-algorithm']
  const detail = `must be ${fitting.join(' or ')} for the key ${key.id}, which is ${specOf(key)}`
  throw new Problem('invalid-algorithm', `${at.join('.')} ${detail}`, [{ at, detail }])
}

/** Signing algorithm of a call. Throws a Problem if it does not fit the key. */
export function signingAlgorithmOf(key: StoredKey, asked: SigningAlgorithmName): SigningAlgorithm {
  const algorithm = signingAlgorithms[asked]
  if (algorithm.family === algorithmNamed(key.algorithm)?.family) return algorithm
  const fitting = signingAlgorithmsOf(specOf(key))
  const detail = `must be ${fitting.length > 1 ? 'one of ' : ''}${fitting.join(', ')} for ${specOf(key)}`
  throw new Problem('invalid-argument', `signing-algorithm ${detail}`, [{ at: ['signing-algorithm'], detail }])
}
