/** Key material of versions: read from the store, unwrapped, parsed, and wrapped for a copy. */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { knownAlgorithm } from '../crypto/material.ts'
import { privateKeyIn } from '../crypto/public-key.ts'
import { requireSupport } from '../crypto/support.ts'
import type { KeyCache } from './key-cache.ts'
import type { KeyWrapper } from './key-wrapper.ts'
import { IntegrityError, type KeyAddress, type Store, type StoredKey, type StoredVersion } from './store.ts'
import { materialName } from './wrapped-names.ts'

const unknownVersion = (version: number) => new RangeError(`key version ${version} does not exist`)

/**
 * The functions throw IntegrityError for a version that is missing or was changed outside of the KMS, and
 * UnsupportedAlgorithmError for a private key that this Node can't use.
 */
export function openMaterial({
  store,
  keyWrapper,
  cache,
}: {
  readonly store: Pick<Store, 'get' | 'version'>
  readonly keyWrapper: KeyWrapper
  readonly cache: KeyCache
}) {
  /** Undefined for a version that the key never had. */
  function storedVersion(key: StoredKey, version: number): StoredVersion | undefined {
    const stored = store.version(key, version)
    const isExpected = version >= 1 && version <= key.latestVersion
    // The key may have been destroyed meanwhile.
    if (!stored && isExpected && store.get(key))
      throw new IntegrityError(`version ${version} of the key ${key.id} in ${key.location} (table versions) is missing`)
    return stored
  }

  function unwrapped(key: KeyAddress, { version, wrapped }: StoredVersion): Buffer {
    try {
      return keyWrapper.unwrap(materialName(key, version), wrapped)
    } catch {
      throw new IntegrityError(
        `version ${version} of the key ${key.id} in ${key.location} (table versions) was changed outside of the KMS`,
      )
    }
  }

  /** Material in the clear. @throws RangeError for an unknown version */
  function existingMaterial(key: StoredKey, version: number): Buffer {
    const stored = storedVersion(key, version)
    if (!stored) throw unknownVersion(version)
    return unwrapped(key, stored)
  }

  /** Key of a version as `parse` makes it of its material, which is cleared; undefined for an unknown version. */
  function keyObject(key: StoredKey, version: number, parse: (secret: Buffer) => KeyObject): KeyObject | undefined {
    const stored = storedVersion(key, version)
    return (
      stored &&
      cache.keyOf(key, stored, () => {
        const secret = unwrapped(key, stored)
        try {
          return parse(secret)
        } finally {
          secret.fill(0)
        }
      })
    )
  }

  /** Secret key of a symmetric algorithm; undefined for an unknown version. */
  const secretKey = (key: StoredKey, version: number) => keyObject(key, version, createSecretKey)

  /** Parsed private key of an asymmetric algorithm; undefined for an unknown version. */
  function privateKey(key: StoredKey, version: number): KeyObject | undefined {
    requireSupport(knownAlgorithm(key.algorithm))
    return keyObject(key, version, privateKeyIn)
  }

  /** @throws RangeError for an unknown version */
  const existing =
    (find: typeof privateKey) =>
    (key: StoredKey, version: number): KeyObject => {
      const found = find(key, version)
      if (!found) throw unknownVersion(version)
      return found
    }

  function rewrapped(stored: StoredVersion, from: KeyAddress, to: KeyAddress): StoredVersion {
    const secret = unwrapped(from, stored)
    const wrapped = keyWrapper.wrap(materialName(to, stored.version), secret)
    secret.fill(0)
    return { ...stored, wrapped }
  }

  return {
    storedVersion,
    existingMaterial,
    secretKey,
    existingSecretKey: existing(secretKey),
    privateKey,
    existingPrivateKey: existing(privateKey),
    rewrapped,
  }
}
