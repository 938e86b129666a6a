/** Strict check of JSON (RFC 8259) while its bytes arrive, chunk by chunk, without building the value. */

export interface JsonCheck {
  /** Returns false once the bytes so far can't begin JSON. */
  add(chunk: Uint8Array): boolean
  /** Whether all bytes together are one JSON value. */
  isComplete(): boolean
}

/** Levels; answers of APIs have a handful, and readers of the value may be recursive. */
const DEEPEST = 64

/** Characters of a number or word; longer ones are in no API. */
const LONGEST_SCALAR = 400

const SCALAR = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null)$/

const codeOf = (character: string) => character.charCodeAt(0)

/** Set of bytes; an array is several times as fast to ask as a `Set`. */
const bytesIn = (characters: string): Uint8Array => {
  const table = new Uint8Array(256)
  for (const character of characters) table[codeOf(character)] = 1
  return table
}

const QUOTE = codeOf('"')
const BACKSLASH = codeOf('\\')
const COMMA = codeOf(',')
const COLON = codeOf(':')
const UNICODE = codeOf('u')
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [codeOf('['), codeOf(']'), codeOf('{'), codeOf('}')]
const FIRST_PRINTABLE = 0x20

const blanks = bytesIn(' \t\n\r')
const escapes = bytesIn('"\\/bfnrt')
const hexDigits = bytesIn('0123456789abcdefABCDEF')
const ends = bytesIn(' \t\n\r,]}')

/** What the next byte belongs to: `first…` may also be the end of an empty array or object. */
type State = 'value' | 'firstValue' | 'name' | 'firstName' | 'colon' | 'after' | 'text' | 'escape' | 'hex' | 'scalar'

/** Bytes that stay in a text. */
const plain = new Uint8Array(256).fill(1, FIRST_PRINTABLE)
plain[QUOTE] = 0
plain[BACKSLASH] = 0

/** Index of the first byte that is not in the set. */
const skip = (bytes: Uint8Array, chunk: Uint8Array, from: number): number => {
  let at = from
  while (bytes[chunk[at] ?? 0] === 1 && at < chunk.length) at += 1
  return at
}

export const createJsonCheck = (): JsonCheck => {
  /** Ends of the arrays and objects that are open. */
  const open: number[] = []
  let state: State = 'value'
  let isName = false
  let hexDigitsLeft = 0
  let scalar = ''
  let isBroken = false

  const begin = (byte: number): boolean => {
    if (byte === QUOTE) {
      isName = false
      state = 'text'
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      open.push(byte === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT)
      state = byte === OPEN_ARRAY ? 'firstValue' : 'firstName'
    } else {
      scalar = String.fromCharCode(byte)
      state = 'scalar'
    }
    return open.length <= DEEPEST
  }
  const close = (byte: number): boolean => {
    state = 'after'
    return open.pop() === byte
  }
  const beginName = (byte: number): boolean => {
    isName = true
    state = 'text'
    return byte === QUOTE
  }

  const takeAfter = (byte: number): boolean => {
    if (byte !== COMMA) return close(byte)
    state = open.at(-1) === CLOSE_OBJECT ? 'name' : 'value'
    return open.length > 0
  }

  /** Takes the next byte; returns false if it can't be there. Blanks between the parts are skipped before. */
  const take: Readonly<Record<State, (byte: number) => boolean>> = {
    value: begin,
    firstValue: (byte) => (byte === CLOSE_ARRAY ? close(byte) : begin(byte)),
    name: beginName,
    firstName: (byte) => (byte === CLOSE_OBJECT ? close(byte) : beginName(byte)),
    colon(byte) {
      state = 'value'
      return byte === COLON
    },
    after: takeAfter,
    text(byte) {
      if (byte === QUOTE) state = isName ? 'colon' : 'after'
      else if (byte === BACKSLASH) state = 'escape'
      else return byte >= FIRST_PRINTABLE
      return true
    },
    escape(byte) {
      state = byte === UNICODE ? 'hex' : 'text'
      hexDigitsLeft = 4
      return byte === UNICODE || escapes[byte] === 1
    },
    hex(byte) {
      hexDigitsLeft -= 1
      if (hexDigitsLeft === 0) state = 'text'
      return hexDigits[byte] === 1
    },
    scalar(byte) {
      if (ends[byte] !== 1) {
        scalar += String.fromCharCode(byte)
        return scalar.length <= LONGEST_SCALAR
      }
      state = 'after'
      return SCALAR.test(scalar) && (blanks[byte] === 1 || takeAfter(byte))
    },
  }

  return {
    add(chunk) {
      for (let at = 0; at < chunk.length && !isBroken; at += 1) {
        if (state === 'text') at = skip(plain, chunk, at)
        else if (state !== 'escape' && state !== 'hex' && state !== 'scalar') at = skip(blanks, chunk, at)
        if (at < chunk.length) isBroken = !take[state](chunk[at] ?? 0)
      }
      return !isBroken
    },
    isComplete() {
      // A number or word has no end of its own.
      const isScalar = state === 'scalar' && SCALAR.test(scalar)
      return !isBroken && open.length === 0 && (isScalar || state === 'after')
    },
  }
}
