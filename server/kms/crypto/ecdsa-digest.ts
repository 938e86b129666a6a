import { createECDH, type KeyObject, randomBytes } from 'node:crypto'

/**
 * ECDSA over a digest that is there already. Node's own `sign` hashes whatever it is given (without a hash's name it
 * takes SHA-256), and so does Web Cryptography. The nonce and its point come from OpenSSL; only the arithmetic modulo
 * the group's order is here.
 */

interface Curve {
  readonly name: string
  /** Of the group (FIPS 186-5, SP 800-186). */
  readonly order: bigint
  readonly orderBits: number
}

const curves: Readonly<Record<string, Curve>> = {
  'P-256': {
    name: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    orderBits: 256,
  },
  'P-384': {
    name: 'secp384r1',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    orderBits: 384,
  },
  'P-521': {
    name: 'secp521r1',
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    orderBits: 521,
  },
}

const integer = (bytes: Uint8Array): bigint => BigInt(`0x00${Buffer.from(bytes).toString('hex')}`)

const modulo = (value: bigint, order: bigint): bigint => ((value % order) + order) % order

/** By the extended Euclidean algorithm; `order` is prime and no divisor of `value`. */
function inverse(value: bigint, order: bigint): bigint {
  let [a, b, x, y] = [modulo(value, order), order, 1n, 0n]
  while (a > 1n) {
    const quotient = b / a
    ;[a, b, x, y] = [b - quotient * a, a, y - quotient * x, x]
  }
  return modulo(x, order)
}

/** The leftmost bits of the digest, as many as the order has (FIPS 186-5, section 6.4.1). */
function leftmost(digest: Uint8Array, { orderBits }: Curve): bigint {
  const bytes = digest.subarray(0, Math.ceil(orderBits / 8))
  return integer(bytes) >> BigInt(Math.max(0, bytes.length * 8 - orderBits))
}

/** DER: the fewest bytes that leave the sign bit clear. */
function derInteger(value: bigint): Buffer {
  const digits = value.toString(16)
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  const body = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
  return Buffer.concat([Buffer.of(0x02, body.length), body])
}

function derSignature(r: bigint, s: bigint): Buffer {
  const body = Buffer.concat([derInteger(r), derInteger(s)])
  // Two integers of P-521 are longer than 127 bytes and never longer than 255.
  const head = body.length < 0x80 ? Buffer.of(0x30, body.length) : Buffer.of(0x30, 0x81, body.length)
  return Buffer.concat([head, body])
}

/** A private key on P-256, P-384 or P-521; the digest may have any length. ASN.1 DER `SEQUENCE { r, s }` (RFC 3279). */
export function signDigestEcdsa(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const { crv = '', d = '' } = privateKey.export({ format: 'jwk' })
  const curve = curves[crv]
  if (!curve) throw new Error('the key lies on an unknown curve')
  const { order, orderBits } = curve
  const secret = integer(Buffer.from(d, 'base64url'))
  const z = leftmost(digest, curve)
  for (;;) {
    const nonce = createECDH(curve.name)
    const point = nonce.generateKeys()
    const k = integer(nonce.getPrivateKey())
    // An uncompressed point: one byte of form, then x and y of equal lengths.
    const r = modulo(integer(point.subarray(1, (point.length + 1) / 2)), order)
    // BigInt's time depends on its operands, so nonce and secret only ever appear multiplied by a random number.
    const blind = modulo(integer(randomBytes(Math.ceil(orderBits / 8) + 8)), order - 1n) + 1n
    const blinded = modulo(blind * z + r * modulo(blind * secret, order), order)
    const s = modulo(inverse(modulo(k * blind, order), order) * blinded, order)
    if (r !== 0n && s !== 0n) return derSignature(r, s)
  }
}
