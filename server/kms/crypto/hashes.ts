/** Digest length in bytes by Node's name of the hash (FIPS 180-4 and FIPS 202). */
const digestLengths = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
} as const

export type HashName = keyof typeof digestLengths

/** Bytes. */
export const digestLength = (hash: HashName): number => digestLengths[hash]
