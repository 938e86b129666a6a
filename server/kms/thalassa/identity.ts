import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghijklmnopqrstuv'
const LENGTH = 20

/** A new random identity: the prefix, a dash and 20 characters of `0-9a-v` (100 random bits). */
export const newIdentity = (prefix: string): string =>
  `${prefix}-${Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`
