/** RSA keys derived from a label. Node generates random ones only, so this file searches the primes. */
import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto'
import { derivedBytes } from './derive.ts'

const EXPONENT = 65_537n

/** Odd primes below 2^16 for trial division, which rejects most candidates far faster than OpenSSL's test. */
function smallPrimes(): readonly number[] {
  const isComposite = new Uint8Array(65_536)
  const primes: number[] = []
  for (let number = 3; number < isComposite.length; number += 2) {
    if (isComposite[number]) continue
    primes.push(number)
    for (let multiple = number * number; multiple < isComposite.length; multiple += 2 * number)
      isComposite[multiple] = 1
  }
  return primes
}

const toBigInt = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`)

function primeFrom(start: bigint, small: readonly number[]): bigint {
  const remainders = small.map((prime) => Number(start % BigInt(prime)))
  for (let step = 0; ; step += 2) {
    if (small.some((prime, index) => ((remainders[index] ?? 0) + step) % prime === 0)) continue
    const candidate = start + BigInt(step)
    if ((candidate - 1n) % EXPONENT !== 0n && checkPrimeSync(candidate)) return candidate
  }
}

/** Inverse of `value` modulo `modulus`; the two are coprime. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [before, rest] = [modulus, value % modulus]
  let [last, factor] = [0n, 1n]
  while (rest > 0n) {
    const quotient = before / rest
    ;[before, rest] = [rest, before - quotient * rest]
    ;[last, factor] = [factor, last - quotient * factor]
  }
  return ((last % modulus) + modulus) % modulus
}

/** RSA private key. Takes half a second for 2048 bits, seconds for 4096. */
export function derivedRsaKey(bits: number, label: string): KeyObject {
  const half = bits / 2
  // The two highest bits are set, so that the product of two primes has full length; and the lowest, for odd numbers.
  const fixed = (3n << BigInt(half - 2)) | 1n
  const small = smallPrimes()
  const [p = 0n, q = 0n] = ['p', 'q'].map((which) =>
    primeFrom(toBigInt(derivedBytes(`${label} ${which}`, half / 8)) | fixed, small),
  )
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n))
  const text = (number: bigint, length = half / 8) =>
    Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex').toString('base64url')
  const key = {
    kty: 'RSA',
    n: text(p * q, bits / 8),
    e: 'AQAB',
    d: text(d, bits / 8),
    p: text(p),
    q: text(q),
    dp: text(d % (p - 1n)),
    dq: text(d % (q - 1n)),
    qi: text(inverse(q, p)),
  }
  return createPrivateKey({ key, format: 'jwk' })
}
