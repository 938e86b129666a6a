import { timingSafeEqual } from 'node:crypto'

/** Bytes for the length of a secret, which is compared with it. */
const LENGTH = 4

/**
 * Function that finds the value of a secret: it compares with all of them, each at the length of the longest, in time that
 * depends on neither the given text nor the secrets. It makes no digests, which cost more than all else that finds a caller.
 */
export function openSecretTable<T>(entries: readonly { secret: string; value: T }[]): (given: string) => T | undefined {
  const most = Math.max(0, ...entries.map(({ secret }) => Buffer.byteLength(secret)))
  const padded = (text: string, block: Buffer): Buffer => {
    block.writeUInt32BE(block.fill(0).write(text, LENGTH))
    return block
  }
  const known = entries.map(({ secret, value }) => ({ block: padded(secret, Buffer.alloc(LENGTH + most)), value }))
  const asked = Buffer.alloc(LENGTH + most)
  return (given) => {
    // Longer than any secret.
    if (Buffer.byteLength(given) > most) return undefined
    padded(given, asked)
    let found: T | undefined
    for (const { block, value } of known) if (timingSafeEqual(block, asked)) found = value
    return found
  }
}
