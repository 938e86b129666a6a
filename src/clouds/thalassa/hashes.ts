import { algorithmNamed } from '../algorithms.ts'
import type { KmsKey } from '../model.ts'
import { defaultHash, fixedMacHashes, type HashAlgorithm, hashAlgorithms, macHashAlgorithms } from './rules.ts'

const defaultFirst = (hashes: readonly HashAlgorithm[]) => [
  defaultHash,
  ...hashes.filter(({ name }) => name !== defaultHash.name),
]

const ofSigning = defaultFirst(hashAlgorithms)
const ofMacs = defaultFirst(macHashAlgorithms)

/** Hashes of a key, its default first: one if the type fixes it, none if it has an own hash or does not hash. */
export function hashesOf({ type, can }: KmsKey): readonly HashAlgorithm[] {
  const fixed = fixedMacHashes.get(type)
  if (fixed) return [fixed]
  if (can.includes('mac')) return ofMacs
  return can.includes('sign') && algorithmNamed(type)?.family !== 'ed25519' ? ofSigning : []
}
