import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { HashName } from './hashes.ts'

/** HMAC (RFC 2104, FIPS 198-1) of a message; as long as the hash's digest. */
export const hmac = (material: Uint8Array | KeyObject, hash: HashName, message: Uint8Array): Buffer =>
  createHmac(hash, material).update(message).digest()

/** Whether two MACs are equal, in constant time for their lengths. */
export const sameMac = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other)
