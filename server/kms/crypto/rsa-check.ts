import { readDer, tags } from './der.ts'
import { type PrivateKeyInfo, strictly, UnfitMaterialError } from './pkcs8.ts'

/** Members of an RSAPrivateKey (RFC 8017, appendix A.1.2). */
export interface RsaNumbers {
  readonly n: bigint
  readonly e: bigint
  readonly d: bigint
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qi: bigint
}

const refuse = (reason: string): never => {
  throw new UnfitMaterialError(reason)
}

function readNumbers({ key, parameters }: PrivateKeyInfo): RsaNumbers {
  if (parameters?.tag !== tags.null || parameters.content.length > 0)
    refuse('have NULL as the parameters of its RSA key (RFC 8017)')
  return strictly(() => {
    const outer = readDer(key)
    const inner = readDer(outer.take(tags.sequence))
    outer.end()
    if (inner.number() !== 0n) refuse('hold an RSA key of two primes')
    const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, qi = 0n] = Array.from({ length: 8 }, inner.number)
    inner.end()
    return { n, e, d, p, q, dp, dq, qi }
  })
}

/** Length in bits. */
const lengthOf = (number: bigint) => number.toString(2).length

const between = (low: bigint, number: bigint, high: bigint) => low < number && number < high

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other]
  while (b > 0n) [a, b] = [b, a % b]
  return a
}

const distance = (one: bigint, other: bigint) => (one > other ? one - other : other - one)

const ROCA_BASE = 65_537

/** Remainders that powers of 65537 have for a small prime. */
function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * ROCA_BASE) % prime) powers.add(power)
  return powers
}

/** Odd primes that divide the constant of the faulty generator for every key length from 512 bits. */
const rocaPrimes = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97].concat(
  [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167],
)

/** Whether a modulus has the form of Infineon's faulty generator (ROCA, CVE-2017-15361); chance for others below 2^-100. */
const hasRocaForm = (n: bigint) => rocaPrimes.every((prime) => powersModulo(prime).has(Number(n % BigInt(prime))))

function checkFactors({ n, p, q }: RsaNumbers, bits: number): void {
  const half = bits / 2
  if (lengthOf(p) !== half || lengthOf(q) !== half) refuse(`hold an RSA key of two primes of ${half} bits each`)
  if (p * q !== n) refuse('hold an RSA key whose modulus is the product of its two primes')
  if (p === q) refuse('hold an RSA key of two different primes')
  if (distance(p, q) <= 1n << BigInt(half - 100))
    refuse(`hold an RSA key whose primes differ by more than 2^${half - 100} (FIPS 186-5)`)
  if (hasRocaForm(n)) refuse('not hold an RSA key of the faulty generator known as ROCA (CVE-2017-15361)')
}

function checkExponents({ n, e, d, p, q, dp, dq, qi }: RsaNumbers, bits: number): void {
  const order = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n)
  if (!between(0n, d, n) || (d * e) % order !== 1n) refuse('hold an RSA key whose private exponent fits its public one')
  if (d % order <= 1n << BigInt(bits / 2))
    refuse(`hold an RSA key whose private exponent is above 2^${bits / 2} (FIPS 186-5)`)
  if (dp !== d % (p - 1n) || dq !== d % (q - 1n) || !between(0n, qi, p) || (qi * q) % p !== 1n)
    refuse('hold an RSA key whose CRT values (dP, dQ, qInv) fit its primes and its private exponent')
}

/**
 * Refuses a weak or inconsistent RSA key (FIPS 186-5, appendix A.1; ROCA). The arithmetic takes milliseconds and is not
 * constant-time: it runs once for each import.
 * @returns the two factors, which must still be tested for primality
 */
export function checkRsaKey(info: PrivateKeyInfo, bits: number): readonly bigint[] {
  const numbers = readNumbers(info)
  const { e } = numbers
  if (e % 2n === 0n || !between(1n << 16n, e, 1n << 256n))
    refuse('hold an RSA key whose public exponent is odd, above 2^16 and below 2^256 (FIPS 186-5)')
  checkFactors(numbers, bits)
  checkExponents(numbers, bits)
  return [numbers.p, numbers.q]
}
