import { randomBytes } from 'node:crypto'
import { derivedBytes } from '../seed/derive.ts'

const ALPHABET = '0123456789abcdefghijklmnopqrstuv'
const LENGTH = 20

/** Identity: the prefix, a dash and one character of `0-9a-v` per byte. */
const identityOf = (prefix: string, bytes: Uint8Array): string =>
  `${prefix}-${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`

/** New random identity: the prefix, a dash and 20 characters of `0-9a-v` (100 random bits). */
export const newIdentity = (prefix: string): string => identityOf(prefix, randomBytes(LENGTH))

/** Identity that a seed omits, derived from a label: the same in every run. */
export const derivedIdentity = (prefix: string, label: string): string =>
  identityOf(prefix, derivedBytes(`${prefix} ${label}`, LENGTH))
