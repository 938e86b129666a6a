import { generatePrimeSync } from 'node:crypto'
import type { RsaNumbers } from '../rsa-check.ts'
import { rsaPkcs8 } from './der.ts'

export interface RsaKey extends RsaNumbers {
  readonly version: bigint
}

export const primeOf = (bits: number): bigint => generatePrimeSync(bits, { bigint: true })

function gcd(one: bigint, other: bigint): bigint {
  return other === 0n ? one : gcd(other, one % other)
}

/** Inverse modulo `modulus`; 0 if there is none. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [before, rest, last, factor] = [modulus, value % modulus, 0n, 1n]
  while (rest > 0n) {
    const quotient = before / rest
    ;[before, rest, last, factor] = [rest, before - quotient * rest, factor, last - quotient * factor]
  }
  return before === 1n ? ((last % modulus) + modulus) % modulus : 0n
}

/** Consistent key of two factors, prime or not. */
export function rsaKey(p: bigint, q: bigint, e = 65_537n): RsaKey {
  const order = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n)
  return withExponents({ version: 0n, n: p * q, e, p, q, qi: inverse(q, p) }, inverse(e, order))
}

/** The same key with another private exponent. */
export const withExponents = (key: Omit<RsaKey, 'd' | 'dp' | 'dq'>, d: bigint): RsaKey => ({
  ...key,
  d,
  dp: d % (key.p - 1n),
  dq: d % (key.q - 1n),
})

export const derOf = ({ version, n, e, d, p, q, dp, dq, qi }: RsaKey, parameters?: readonly Uint8Array[]): Buffer =>
  rsaPkcs8([version, n, e, d, p, q, dp, dq, qi], parameters)
