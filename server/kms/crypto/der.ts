/** Bytes that are not DER (X.690), or hold other elements than expected. */
export class DerError extends Error {}

export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  identifier: 0x06,
  sequence: 0x30,
} as const

/** Bytes of the longest length that is read: 16 MB of content. */
const LONGEST_LENGTH = 3

/** Strict reader: definite lengths, and lengths and numbers in their shortest form. Throws {@link DerError}. */
export interface DerReader {
  /** Tag of the next element; undefined at the end. */
  nextTag(): number | undefined
  /** Content of the next element, which must have this tag. */
  take(tag: number): Buffer
  /** Next element, a nonnegative integer. */
  number(): bigint
  /** Throws if there is another element. */
  end(): void
}

/** Number of big-endian bytes. */
export const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)

export function readDer(input: Buffer): DerReader {
  let position = 0

  function octet(): number {
    const value = input[position]
    if (value === undefined) throw new DerError('an element is cut')
    position += 1
    return value
  }

  function length(): number {
    const first = octet()
    if (first < 0x80) return first
    const count = first & 0x7f
    if (count === 0 || count > LONGEST_LENGTH) throw new DerError('a length is indefinite or too long')
    let value = 0
    for (let index = 0; index < count; index++) value = value * 256 + octet()
    if (value < 0x80 || value < 256 ** (count - 1)) throw new DerError('a length is not in its shortest form')
    return value
  }

  const reader: DerReader = {
    nextTag: () => input[position],
    take(tag) {
      if (octet() !== tag) throw new DerError('an element has another type')
      const size = length()
      const content = input.subarray(position, position + size)
      if (content.length < size) throw new DerError('an element is cut')
      position += size
      return content
    },
    number() {
      const content = reader.take(tags.integer)
      const [first = 0x80, second = 0x80] = content
      if (first >= 0x80) throw new DerError('a number is empty or negative')
      if (first === 0 && content.length > 1 && second < 0x80) throw new DerError('a number is not in its shortest form')
      return numberOf(content)
    },
    end() {
      if (position < input.length) throw new DerError('there are further elements')
    },
  }
  return reader
}

/** Content of a bit string of whole bytes. */
export function bytesOfBits(content: Buffer): Buffer {
  if (content[0] !== 0) throw new DerError('a bit string has unused bits')
  return content.subarray(1)
}
