import type { KeyObject } from 'node:crypto'
import type { KeyAddress, StoredVersion } from './store.ts'
import { materialName, materialPrefix } from './wrapped-names.ts'

/**
 * Keys as OpenSSL has them: it prepares a private key for its first use, which takes as long as a signature, and secret
 * keys need not be unwrapped for each use.
 */
export interface KeyCache {
  /** Key of a version as it is stored now; `parse` runs unless the same material was parsed before. */
  keyOf(address: KeyAddress, stored: StoredVersion, parse: () => KeyObject): KeyObject
  /** Forgets all versions of a key. */
  forget(address: KeyAddress): void
  clear(): void
}

interface Entry {
  /** Material as it was stored: other bytes are another key. */
  readonly wrapped: Buffer
  readonly key: KeyObject
  readonly bytes: number
}

const MOST_KEYS = 2000
const MOST_BYTES = 8_000_000

/** Estimate for a parsed key and the numbers that OpenSSL prepares from it: for ML-DSA, matrices from a seed of 32 bytes. */
const bytesOf = ({ asymmetricKeyType }: KeyObject, { length }: Uint8Array) =>
  asymmetricKeyType?.startsWith('ml-dsa') ? 60_000 : 2000 + 8 * length

const entryOf = (key: KeyObject, wrapped: Uint8Array): Entry => ({
  wrapped: Buffer.from(wrapped),
  key,
  bytes: bytesOf(key, wrapped),
})

/**
 * Keeps the keys that were used last, in bounds of number and memory.
 * @param dataVersion changes when another process writes to the store; all keys are forgotten then
 */
export function createKeyCache(
  dataVersion: () => number,
  { keys = MOST_KEYS, bytes: most = MOST_BYTES }: { keys?: number; bytes?: number } = {},
): KeyCache {
  /** The longest unused first. */
  const entries = new Map<string, Entry>()
  let bytes = 0
  let version = dataVersion()

  function remove(name: string): void {
    bytes -= entries.get(name)?.bytes ?? 0
    entries.delete(name)
  }

  function put(name: string, entry: Entry): void {
    remove(name)
    entries.set(name, entry)
    bytes += entry.bytes
    for (const oldest of entries.keys()) {
      if (entries.size <= keys && bytes <= most) return
      remove(oldest)
    }
  }

  const cache: KeyCache = {
    keyOf(address, { version: number, wrapped }, parse) {
      const now = dataVersion()
      if (now !== version) cache.clear()
      version = now
      const name = materialName(address, number)
      const known = entries.get(name)
      const isSame = known?.wrapped.equals(wrapped) ?? false
      const entry = known && isSame ? known : entryOf(parse(), wrapped)
      put(name, entry)
      return entry.key
    },
    forget(address) {
      const prefix = materialPrefix(address)
      for (const name of [...entries.keys()]) if (name.startsWith(prefix)) remove(name)
    },
    clear() {
      entries.clear()
      bytes = 0
    },
  }
  return cache
}
