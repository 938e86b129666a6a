/** Verifies signatures of Thalassa's keys in the browser. The API doesn't document the RSA scheme: PSS is tried before PKCS#1 v1.5. */
import { decode } from '../../lib/encodings.ts'
import { type Scheme, verifySignature } from '../../lib/offline-verify/verify.ts'
import { readPublicKey } from '../../lib/pem.ts'
import { type Algorithm, algorithmNamed } from '../algorithms.ts'
import type { OfflineAnswer, OfflineInput } from '../cloud.ts'
import { CallError } from '../errors.ts'
import type { KmsKey } from '../model.ts'
import { defaultHash, type HashAlgorithm, hashNamed } from './rules.ts'

const curves = { 256: 'P-256', 384: 'P-384', 521: 'P-521' } as const

const isCurve = (bits: number): bits is keyof typeof curves => bits in curves

/** `sha3-256` and `sha256` in Web Cryptography's names: `SHA3-256`, `SHA-256`. */
const webName = ({ digest }: HashAlgorithm) =>
  digest.startsWith('sha3-') ? digest.toUpperCase() : digest.replace('sha', 'SHA-')

function schemeOf({ family, bits }: Algorithm, hash: HashAlgorithm): Scheme | undefined {
  const byWebName = { name: webName(hash), bytes: hash.bytes }
  if (family === 'ed25519') return { family }
  if (family === 'rsa') return { family, hash: byWebName }
  return family === 'ecdsa' && isCurve(bits) ? { family, curve: curves[bits], hash: byWebName } : undefined
}

/** `prefix:vN:` and the signature in base64; version 0 means 1. */
function readSignature(text: string) {
  const [, version = '', body = ''] = /^[a-z]+:v(\d{1,9}):([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const decoded = decode(body, 'base64')
  return body === '' || 'error' in decoded ? undefined : { version: Number(version) || 1, bytes: decoded.bytes }
}

const listed = (versions: Iterable<number>) =>
  new Intl.ListFormat('en').format([...versions].sort((a, b) => a - b).map(String))

const unreadable = (key: KmsKey, version: number) =>
  new CallError({
    cloud: 'thalassa',
    reason: 'broken-answer',
    message: `The public key of version ${version} is not one of type ${key.type}.`,
    advice: 'Verify it in the cloud instead. If it stays, a proxy may answer in the cloud’s place.',
    method: 'GET',
    path: `/v1/kms/${encodeURIComponent(key.location)}/keys/${encodeURIComponent(key.id)}/public-key`,
  })

/**
 * Verifies a signature with the public keys by version (PEM, or base64 of 32 raw bytes for Ed25519). Throws CallError for a
 * public key of another type.
 */
export async function verifyOffline(
  key: KmsKey,
  publicKeys: ReadonlyMap<number, string>,
  { message, signature, hash: hashName }: OfflineInput,
): Promise<OfflineAnswer> {
  const algorithm = algorithmNamed(key.type)
  const hash = hashName === undefined ? defaultHash : hashNamed(hashName)
  const scheme = algorithm && hash && schemeOf(algorithm, hash)
  if (!scheme)
    return { unsupported: `The console can’t check signatures of type ${key.type} in the browser. Use Verify.` }
  const read = readSignature(signature)
  if (!read)
    return { malformed: 'This is not a signature of the form thalassa:v1:base64. Check that you pasted all of it.' }
  const { version: keyVersion, bytes } = read
  const text = publicKeys.get(keyVersion)
  if (text === undefined)
    return {
      malformed: `This signature names version ${keyVersion}, but this key has public keys of version ${listed(publicKeys.keys())}. Choose the key that signed it.`,
    }
  const publicKey = readPublicKey(text)?.der
  if (!publicKey) throw unreadable(key, keyVersion)
  try {
    const verdict = await verifySignature({ publicKey, message, signature: bytes }, scheme)
    switch (verdict.state) {
      case 'matches':
        return { valid: true, scheme: verdict.scheme, keyVersion }
      case 'differs':
        return { valid: false, keyVersion }
      case 'malformed':
        return { malformed: 'This is not an ECDSA signature in ASN.1 DER, the format of this key’s signatures.' }
      case 'unsupported':
        return { unsupported: lacks(scheme) }
    }
  } catch {
    throw unreadable(key, keyVersion)
  }
}

function lacks(scheme: Scheme): string {
  if (!('subtle' in crypto))
    return 'Browsers check signatures only on https pages and on localhost. Open the console there, or use Verify.'
  const what = scheme.family === 'ed25519' ? 'Ed25519' : scheme.hash.name
  return `This browser does not support ${what}. Use Verify, or a newer browser.`
}
