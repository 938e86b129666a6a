/** ECDSA signatures: from ASN.1 DER `SEQUENCE { r, s }` (RFC 3279, section 2.2.3) to the raw `r‖s` of Web Cryptography. */

interface Integers {
  /** Contents of the two INTEGERs: big-endian, two's complement. */
  readonly r: Uint8Array
  readonly s: Uint8Array
}

/** The contents of the INTEGER that starts at `start` and where it ends; undefined where none in its shortest form starts. */
function readInteger(
  der: Uint8Array,
  start: number,
): { readonly content: Uint8Array; readonly end: number } | undefined {
  const [tag, length = 0, first = 0, second = 0] = der.subarray(start, start + 4)
  const end = start + 2 + length
  if (tag !== 0x02 || length === 0 || length >= 0x80 || end > der.length) return undefined
  const padded = length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  return padded ? undefined : { content: der.subarray(start + 2, end), end }
}

/** The two integers, or undefined for what is not DER of exactly them. No curve needs a length of more than 255 bytes. */
export function readDerSignature(der: Uint8Array): Integers | undefined {
  const [tag, short = 0, long = 0] = der
  const isLong = short === 0x81
  const length = isLong ? long : short
  const start = isLong ? 3 : 2
  if (tag !== 0x30 || (isLong ? length < 0x80 : length >= 0x80) || start + length !== der.length) return undefined
  const r = readInteger(der, start)
  const s = r && readInteger(der, r.end)
  return s && s.end === der.length ? { r: r.content, s: s.content } : undefined
}

/** An integer in exactly `size` bytes; undefined when it is negative or does not fit, so that no key can have made it. */
function fixed(content: Uint8Array, size: number): Uint8Array | undefined {
  if ((content[0] ?? 0) >= 0x80) return undefined
  const digits = content[0] === 0 ? content.subarray(1) : content
  if (digits.length > size) return undefined
  const whole = new Uint8Array(size)
  whole.set(digits, size - digits.length)
  return whole
}

/** `r‖s`, each of `size` bytes: 32 for P-256, 48 for P-384, 66 for P-521. Undefined when one is out of range. */
export function rawSignature({ r, s }: Integers, size: number): Uint8Array<ArrayBuffer> | undefined {
  const [first, second] = [fixed(r, size), fixed(s, size)]
  if (!first || !second) return undefined
  const raw = new Uint8Array(2 * size)
  raw.set(first)
  raw.set(second, size)
  return raw
}
