import { randomFillSync } from 'node:crypto'
import { derivedBytes } from '../seed/derive.ts'

const ALPHABET = '0123456789abcdefghijklmnopqrstuv'
const LENGTH = 20

/** Turns bytes to characters of `0-9a-v`, in place. */
function toCharacters(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = ALPHABET.charCodeAt((bytes[at] ?? 0) % ALPHABET.length)
  return bytes
}

/** Characters for new identities: one large request for random bytes costs a fraction of many small ones. */
const pool = Buffer.alloc(LENGTH * 512)
let used = pool.length

/** New random identity: the prefix, a dash and 20 characters of `0-9a-v` (100 random bits). */
export function newIdentity(prefix: string): string {
  if (used === pool.length) {
    toCharacters(randomFillSync(pool))
    used = 0
  }
  used += LENGTH
  return `${prefix}-${pool.toString('latin1', used - LENGTH, used)}`
}

/** Identity that a seed omits, derived from a label: the same in every run. */
export const derivedIdentity = (prefix: string, label: string): string =>
  `${prefix}-${toCharacters(Buffer.from(derivedBytes(`${prefix} ${label}`, LENGTH))).toString('latin1')}`
