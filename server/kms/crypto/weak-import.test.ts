import { checkPrimeSync, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { curveOf } from './curves.ts'
import { numberOf } from './der.ts'
import { importMaterial, importMaterialSync } from './import.ts'
import { knownAlgorithm } from './material.ts'
import { UnfitMaterialError } from './pkcs8.ts'
import { curvePkcs8, element, identifier, integer, NULL, pkcs8, rsaPkcs8 } from './testing/der.ts'
import { derOf, inverse, primeOf, type RsaKey, rsaKey, withExponents } from './testing/rsa-keys.ts'

const der = { format: 'der', type: 'pkcs8' } as const
const load = (name: string, material: Uint8Array) => Buffer.from(importMaterialSync(knownAlgorithm(name), material))

/** Reason of a refusal; undefined if the material is accepted. */
function refusal(name: string, material: Uint8Array): string | undefined {
  try {
    load(name, material)
    return undefined
  } catch (error) {
    if (error instanceof UnfitMaterialError) return error.message
    throw error
  }
}

describe('an RSA key of 2048 bits is refused', () => {
  let p = 0n
  let q = 0n
  beforeAll(() => {
    p = primeOf(1024)
    q = primeOf(1024)
  })
  const good = () => rsaKey(p, q)
  const refused = (key: RsaKey, parameters?: readonly Uint8Array[]) => refusal('rsa-2048', derOf(key, parameters))

  const EXPONENT = 'hold an RSA key whose public exponent is odd, above 2^16 and below 2^256 (FIPS 186-5)'
  it.each([
    ['1', 1n],
    ['3', 3n],
    ['17', 17n],
    ['2^16 - 15', 65_521n],
    ['2^16', 65_536n],
    ['an even number', 65_538n],
    ['2^256 + 1', (1n << 256n) + 1n],
  ])('with the public exponent %s', (_name, e) => {
    expect(refused({ ...good(), e })).toBe(EXPONENT)
    expect(refused(rsaKey(p, q, e))).toBe(EXPONENT)
  })

  it('whose modulus is the square of a prime', () => {
    expect(refused({ ...good(), n: p * p, q: p })).toBe('hold an RSA key of two different primes')
  })

  it('whose modulus is not the product of its primes', () => {
    const product = 'hold an RSA key whose modulus is the product of its two primes'
    expect(refused({ ...good(), n: p * q + 2n })).toBe(product)
    expect(refused({ ...good(), n: p * p })).toBe(product)
    expect(refused({ ...good(), q: primeOf(1024) })).toBe(product)
  })

  it('whose primes are of another length than half the modulus, or absent', () => {
    const lengths = 'hold an RSA key of two primes of 1024 bits each'
    expect(refused(rsaKey(primeOf(1000), primeOf(1048)))).toBe(lengths)
    expect(refused({ ...good(), p: 1n, q: p * q })).toBe(lengths)
    expect(refused({ ...good(), p: 0n, q: 0n, dp: 0n, dq: 0n, qi: 0n })).toBe(lengths)
  })

  it('whose primes are so close that Fermat’s method finds them', () => {
    let next = p + (1n << 200n)
    while (!checkPrimeSync(next)) next += 2n
    expect(refused(rsaKey(p, next))).toBe('hold an RSA key whose primes differ by more than 2^924 (FIPS 186-5)')
  })

  it('with a factor that is not prime', async () => {
    const prime = 'hold an RSA key whose two factors are prime'
    // The product with p may be a bit too short.
    const composite = (): bigint => {
      const drawn = primeOf(512) * primeOf(512)
      return (p * drawn) >> 2047n === 1n ? drawn : composite()
    }
    const wrong = rsaKey(p, composite())
    expect(refused(wrong)).toBe(prime)
    expect(refused(rsaKey(p, q + 1n))).toBe(prime)
    const load = (key: RsaKey) => importMaterial(knownAlgorithm('rsa-2048'), derOf(key))
    await expect(load(wrong)).rejects.toThrow(prime)
    expect(Buffer.from(await load(good()))).toEqual(derOf(good()))
  })

  it('of the generator with the fault ROCA', () => {
    // The generator draws k and a in k * M + (65537^a mod M), where M is the product of the first 126 primes.
    const primes = Array.from({ length: 702 }, (_, number) => number).filter((number) => {
      for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false
      return number > 1
    })
    const m = primes.reduce((product, prime) => product * BigInt(prime), 1n)
    const power = (exponent: bigint) => {
      let [result, square] = [1n, 65_537n]
      for (let left = exponent; left > 0n; left >>= 1n, square = (square * square) % m)
        if (left % 2n === 1n) result = (result * square) % m
      return result
    }
    const draw = (): bigint => {
      const candidate = ((3n << 1022n) / m + numberOf(randomBytes(6))) * m + m + power(numberOf(randomBytes(32)))
      return candidate % 2n === 1n && checkPrimeSync(candidate) ? candidate : draw()
    }
    expect(primes).toHaveLength(126)
    const key = rsaKey(draw(), draw())
    expect(refused(key)).toBe('not hold an RSA key of the faulty generator known as ROCA (CVE-2017-15361)')
  })

  it('whose private exponent does not fit', () => {
    const fit = 'hold an RSA key whose private exponent fits its public one'
    expect(refused(withExponents(good(), 1n))).toBe(fit)
  })

  it('whose private exponent is small, because its primes less 1 share a large factor', () => {
    const shared =
      0x2691e0321dffacfe1b642dd9e5a2df8322470a1294f738b9c3f062c802a124b2eeab4cdb99785fdaeef7f63037e381c99bde56f97d8b1c3e045eac999fc4c39427b10b5d38ddd75be3142c8ce05cfa546ef229dd6caf57b076f2abc44a01e3cc954e9a50873e06218c9e5536a7d35e56551cd213fca58d288191da9493ba4e9an
    const key = rsaKey(4n * shared + 1n, 6n * shared + 1n)
    const small = 'hold an RSA key whose private exponent is above 2^1024 (FIPS 186-5)'
    expect(refused(key)).toBe(small)
    expect(refused({ ...key, d: key.d + 12n * shared })).toBe(small)
  })

  it('whose CRT values do not fit', () => {
    const crt = 'hold an RSA key whose CRT values (dP, dQ, qInv) fit its primes and its private exponent'
    const { dp, dq, qi } = good()
    for (const wrong of [{ dp: dp + 2n }, { dq: dq - 2n }, { qi: qi + 1n }, { qi: qi + p }, { dp: 0n }])
      expect(refused({ ...good(), ...wrong })).toBe(crt)
  })

  it('of more than two primes, or with parameters', () => {
    const threePrimes = (): readonly [bigint, bigint, bigint] => {
      const primes = [primeOf(683), primeOf(683), primeOf(682)] as const
      return (primes[0] * primes[1] * primes[2]).toString(2).length === 2048 ? primes : threePrimes()
    }
    const [one, two, three] = threePrimes()
    const n = one * two * three
    const d = inverse(65_537n, (one - 1n) * (two - 1n) * (three - 1n))
    const numbers = [1n, n, 65_537n, d, one, two, d % (one - 1n), d % (two - 1n), inverse(two, one)]
    const third = [three, d % (three - 1n), inverse(one * two, three)].map(integer)
    const key = rsaPkcs8(numbers, [NULL], [element(0x30, element(0x30, ...third))])
    expect(refusal('rsa-2048', key)).toBe('hold an RSA key of two primes')
    const parameters = 'have NULL as the parameters of its RSA key (RFC 8017)'
    expect(refused(good(), [])).toBe(parameters)
    expect(refused(good(), [element(0x30)])).toBe(parameters)
  })

  it('for RSA-PSS only, which the refusal names', () => {
    const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
    const reason = refusal('rsa-2048', privateKey.export(der))
    expect(reason).toMatch(/^hold a private key of type rsa-2048, not an RSA-PSS key \(id-RSASSA-PSS\)/)
  })

  it('but not one whose smaller prime comes first, or whose private exponent is reduced by φ(n) only', () => {
    for (const key of [rsaKey(p, q), rsaKey(q, p), rsaKey(p, q, 0xfffffffffffffffffffffffn)])
      if (key.d !== 0n) expect(refused(key)).toBeUndefined()
    const wide = withExponents(good(), inverse(65_537n, (p - 1n) * (q - 1n)))
    expect(refused(wide)).toBeUndefined()
  })
})

describe.each([
  ['ecdsa-p256', 256],
  ['ecdsa-p384', 384],
  ['ecdsa-p521', 521],
] as const)('an EC key of %s', (name, bits) => {
  const { identifier: curve, order, name: curveName } = curveOf(bits)
  const size = Math.ceil(bits / 8)
  const bytes = (number: bigint) => Buffer.from(number.toString(16).padStart(2 * size, '0'), 'hex')
  const half = 1n << BigInt(bits >> 1)
  const pair = () => generateKeyPairSync('ec', { namedCurve: curveName }).privateKey

  it.each([
    ['0', 0n],
    ['the order', order],
    ['the order and 1', order + 1n],
    ['all ones', (1n << BigInt(size * 8)) - 1n],
  ])('must have a private number in range, not %s', (_name, number) => {
    const reason = refusal(name, curvePkcs8(curve, bytes(number)))
    expect(reason).toBe(`hold a private number above 0 and below the order of ${curveName}`)
  })

  it.each([
    ['1', 1n],
    ['2', 2n],
    ['half the bits', half],
    ['the order less 1', order - 1n],
    ['the order less half the bits', order - half],
  ])('must have a random private number, not %s', (_name, number) => {
    expect(refusal(name, curvePkcs8(curve, bytes(number)))).toBe(
      `hold a random private number: this one is too close to 0 or to the order of ${curveName}`,
    )
  })

  it('may have any other private number, also in its shortest form', () => {
    for (const number of [half + 1n, order - half - 1n]) {
      const whole = load(name, curvePkcs8(curve, bytes(number)))
      expect(
        load(name, curvePkcs8(curve, bytes(number).subarray(bytes(number).findIndex((byte) => byte > 0)))),
      ).toEqual(whole)
    }
  })

  it('must fit its own public key', () => {
    const number = Buffer.from(pair().export({ format: 'jwk' }).d ?? '', 'base64url')
    const { x = '', y = '' } = pair().export({ format: 'jwk' })
    const point = Buffer.concat([Buffer.of(0, 4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
    const mixed = curvePkcs8(curve, number, element(0xa1, element(0x03, point)))
    expect(refusal(name, mixed)).toBe('hold a private key that fits its own public key')
  })

  it('must name its curve', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curveName, paramEncoding: 'explicit' })
    expect(refusal(name, privateKey.export(der))).toBe(
      `name its curve ${curveName} by its identifier, without explicit parameters`,
    )
    const other = element(0xa0, identifier(curveOf(bits === 256 ? 384 : 256).identifier))
    const number = Buffer.from(pair().export({ format: 'jwk' }).d ?? '', 'base64url')
    expect(refusal(name, curvePkcs8(curve, number, other))).toBeDefined()
    const same = element(0xa0, identifier(curve))
    expect(refusal(name, curvePkcs8(curve, number, same))).toBeUndefined()
  })
})

describe('an Ed25519 key', () => {
  const ED25519 = identifier('2b6570')
  const seeded = (seed: Uint8Array) => pkcs8([ED25519], element(0x04, seed))

  it('must have a random seed', () => {
    for (const seed of [Buffer.alloc(32), Buffer.alloc(32, 0xff), Buffer.alloc(32, 'ab')])
      expect(refusal('ed25519', seeded(seed))).toMatch(/^hold random bytes/)
    expect(refusal('ed25519', seeded(randomBytes(32)))).toBeUndefined()
  })

  it('must fit its own public key, and have no parameters', () => {
    const whole = (seed: KeyObject, publicKey: KeyObject) =>
      element(
        0x30,
        integer(1n),
        element(0x30, ED25519),
        element(0x04, element(0x04, Buffer.from(seed.export({ format: 'jwk' }).d ?? '', 'base64url'))),
        element(0x81, Buffer.of(0), Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')),
      )
    const [one, two] = [0, 1].map(() => generateKeyPairSync('ed25519').privateKey) as [KeyObject, KeyObject]
    expect(refusal('ed25519', whole(one, one))).toBeUndefined()
    expect(refusal('ed25519', whole(one, two))).toBe('hold a private key that fits its own public key')
    expect(refusal('ed25519', pkcs8([ED25519, NULL], element(0x04, randomBytes(32))))).toMatch(/^hold an unencrypted/)
  })
})

describe.each(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305'])('material of %s', (name) => {
  const size = knownAlgorithm(name).bits / 8

  it.each([
    ['zeros', () => Buffer.alloc(size)],
    ['ones', () => Buffer.alloc(size, 0xff)],
    ['one byte', () => Buffer.alloc(size, 'x')],
    ['a few bytes in turn', () => Buffer.alloc(size, 'beef')],
    ['zeros and a 1', () => Buffer.concat([Buffer.alloc(size - 1), Buffer.of(1)])],
  ])('must be random, not %s', (_name, material) => {
    expect(refusal(name, material())).toBe('hold random bytes: these repeat fewer than 5 different ones')
  })

  it('may be any random bytes', () => {
    for (let run = 0; run < 1000; run++) expect(refusal(name, randomBytes(size))).toBeUndefined()
  })
})

describe('the encoding', () => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(der)
  const info = key.subarray(3)
  const STRICT = 'be encoded in strict DER: definite, shortest lengths and no other elements'

  it('holds no bytes after the key', () => {
    const after = 'end where its private key ends, and hold no bytes after it'
    expect(refusal('ecdsa-p256', Buffer.concat([key, Buffer.of(0)]))).toBe(after)
    expect(refusal('ecdsa-p256', Buffer.concat([key, key]))).toBe(after)
    expect(
      refusal('ed25519', Buffer.concat([generateKeyPairSync('ed25519').privateKey.export(der), Buffer.alloc(9)])),
    ).toBe(after)
  })

  it('is DER, in no other form of BER', () => {
    const [sequence = 0, long = 0, size = 0] = key
    expect([sequence, long, size]).toEqual([0x30, 0x81, key.length - 3])
    const longer = Buffer.concat([Buffer.of(0x30, 0x82, 0, size), info])
    const indefinite = Buffer.concat([Buffer.of(0x30, 0x80), info, Buffer.alloc(2)])
    for (const ber of [longer, indefinite]) expect(refusal('ecdsa-p256', ber)).toBe(STRICT)
    expect(refusal('ecdsa-p256', longer)).toBe(STRICT)
  })

  it('may hold attributes, which are not stored', () => {
    const usage = element(0x30, identifier('551d0f'), element(0x31, element(0x03, Buffer.of(0, 0x80))))
    expect(load('ecdsa-p256', element(0x30, info, element(0xa0, usage)))).toEqual(key)
    expect(refusal('ecdsa-p256', element(0x30, info, element(0xa0, usage), NULL))).toBeDefined()
  })

  it('has no other reading: a key with any changed byte is refused, or is the same key', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys = { 'ecdsa-p256': key, 'rsa-2048': privateKey.export(der) }
    const name = fc.constantFrom('ecdsa-p256', 'rsa-2048')
    fc.assert(
      fc.property(name, fc.nat(), fc.integer({ min: 1, max: 255 }), (which, at, change) => {
        const whole = keys[which]
        const changed = Buffer.from(whole)
        changed[at % whole.length] = (changed[at % whole.length] ?? 0) ^ change
        if (refusal(which, changed) === undefined) expect(load(which, changed)).toEqual(whole)
      }),
      { numRuns: runs(3000) },
    )
  })
})
