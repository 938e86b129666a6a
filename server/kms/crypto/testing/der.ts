/** Builds DER and PKCS#8, also what no library makes. */

/** Element of a tag around its content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.of(tag, ...length), content])
}

/** Big-endian bytes of a number, in an even number of hex digits. */
const bytesOf = (number: bigint) => {
  const digits = number.toString(16)
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

export function integer(number: bigint): Buffer {
  const bytes = bytesOf(number)
  return (bytes[0] ?? 0) < 0x80 ? element(0x02, bytes) : element(0x02, Buffer.of(0), bytes)
}

export const identifier = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'))

export const NULL = element(0x05)

/** PKCS#8 (RFC 5208) around a key. */
export const pkcs8 = (algorithm: readonly Uint8Array[], key: Uint8Array, ...more: readonly Uint8Array[]): Buffer =>
  element(0x30, integer(0n), element(0x30, ...algorithm), element(0x04, key), ...more)

const EC = identifier('2a8648ce3d0201')
const RSA = identifier('2a864886f70d010101')

/** PKCS#8 around an ECPrivateKey (RFC 5915); without more, it holds the private number only. */
export const curvePkcs8 = (curve: string, number: Uint8Array, ...more: readonly Uint8Array[]): Buffer =>
  pkcs8([EC, identifier(curve)], element(0x30, integer(1n), element(0x04, number), ...more))

/** PKCS#8 around an RSAPrivateKey (RFC 8017): version, n, e, d, p, q, dP, dQ, qInv. */
export const rsaPkcs8 = (
  numbers: readonly bigint[],
  parameters: readonly Uint8Array[] = [NULL],
  more: readonly Uint8Array[] = [],
): Buffer => pkcs8([RSA, ...parameters], element(0x30, ...numbers.map(integer), ...more))
