import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'
import { curveOf } from './curves.ts'
import { bytesOfBits, DerError, numberOf, readDer, tags } from './der.ts'
import { type PrivateKeyInfo, strictly, UnfitMaterialError } from './pkcs8.ts'

/** Context-specific tags of parameters and public key in an ECPrivateKey (RFC 5915). */
const PARAMETERS = 0xa0
const PUBLIC_KEY = 0xa1

interface CurveKey {
  /** Private number, big-endian. */
  readonly number: Buffer
  /** Point as stored; undefined if absent. */
  readonly publicKey: Buffer | undefined
}

const fieldBytes = (bits: number) => Math.ceil(bits / 8)

/** Whether an element is the identifier of the curve. */
const isNamed = (tag: number | undefined, content: Buffer | undefined, identifier: string) =>
  tag === tags.identifier && content?.toString('hex') === identifier

function readKey({ key, parameters }: PrivateKeyInfo, bits: number): CurveKey {
  const { name, identifier } = curveOf(bits)
  const notNamed = () => new UnfitMaterialError(`name its curve ${name} by its identifier, without explicit parameters`)
  if (!isNamed(parameters?.tag, parameters?.content, identifier)) throw notNamed()
  return strictly(() => {
    const outer = readDer(key)
    const inner = readDer(outer.take(tags.sequence))
    outer.end()
    if (inner.number() !== 1n) throw new DerError('the version is another one')
    const number = inner.take(tags.octetString)
    if (inner.nextTag() === PARAMETERS) {
      const again = readDer(inner.take(PARAMETERS))
      const tag = again.nextTag() ?? 0
      if (!isNamed(tag, again.take(tag), identifier)) throw notNamed()
      again.end()
    }
    let publicKey: Buffer | undefined
    if (inner.nextTag() === PUBLIC_KEY) {
      const wrapped = readDer(inner.take(PUBLIC_KEY))
      publicKey = bytesOfBits(wrapped.take(tags.bitString))
      wrapped.end()
    }
    inner.end()
    return { number, publicKey }
  })
}

/** Pair of a private number in range, big-endian and as long as a field element. */
function pairOf(bits: number, number: Buffer) {
  const pair = createECDH(curveOf(bits).openssl)
  pair.setPrivateKey(number)
  return pair
}

/**
 * EC key of a private number (big-endian, as long as a field element) with its public part. Built from the numbers
 * because exporting such a key as a JWK leaves an error in OpenSSL's queue that fails the next call. Throws for a
 * number out of range.
 */
export function curveKey(bits: number, number: Buffer): KeyObject {
  const point = pairOf(bits, number).getPublicKey().subarray(1)
  const half = point.length / 2
  const jwk = {
    kty: 'EC',
    crv: curveOf(bits).name,
    d: number.toString('base64url'),
    x: point.toString('base64url', 0, half),
    y: point.toString('base64url', half),
  }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

/**
 * Key with its public part, which may be absent, in any form of the point (SEC 1). A random number is 2^(bits/2) or
 * closer to 0 or to the order with a chance of 2^-127 at most, so such a number was chosen.
 */
export function checkedCurveKey(info: PrivateKeyInfo, bits: number): KeyObject {
  const { number, publicKey } = readKey(info, bits)
  const { name, order } = curveOf(bits)
  const value = numberOf(number)
  if (number.length > fieldBytes(bits) || value === 0n || value >= order)
    throw new UnfitMaterialError(`hold a private number above 0 and below the order of ${name}`)
  const least = 1n << BigInt(bits >> 1)
  if (value <= least || order - value <= least)
    throw new UnfitMaterialError(`hold a random private number: this one is too close to 0 or to the order of ${name}`)
  // Some tools leave leading zeros out.
  const whole = Buffer.concat([Buffer.alloc(fieldBytes(bits) - number.length), number])
  const pair = pairOf(bits, whole)
  const forms = (['uncompressed', 'compressed', 'hybrid'] as const).map((form) => pair.getPublicKey(null, form))
  if (publicKey && !forms.some((form) => form.equals(publicKey)))
    throw new UnfitMaterialError('hold a private key that fits its own public key')
  return curveKey(bits, whole)
}
