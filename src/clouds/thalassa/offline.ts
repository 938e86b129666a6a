/** Verifies signatures of Thalassa's keys in the browser. The API doesn't document the RSA scheme: PSS is tried before PKCS#1 v1.5. */
import { decode } from '../../lib/encodings.ts'
import { algorithmNamed } from '../algorithms.ts'
import type { OfflineAnswer, OfflineInput } from '../cloud.ts'
import type { KmsKey } from '../model.ts'
import { checkSignature, schemeOf, unknownScheme } from '../offline.ts'
import { publicKeysCall } from './cloud.ts'
import { defaultHash, type HashAlgorithm, hashNamed } from './rules.ts'

/** `sha3-256` and `sha256` in Web Cryptography's names: `SHA3-256`, `SHA-256`. */
const webHash = ({ digest, bytes }: HashAlgorithm) => ({
  name: digest.startsWith('sha3-') ? digest.toUpperCase() : digest.replace('sha', 'SHA-'),
  bytes,
})

/** `prefix:vN:` and the signature in base64; version 0 means 1. */
function readSignature(text: string) {
  const [, version = '', body = ''] = /^[a-z]+:v(\d{1,9}):([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const decoded = decode(body, 'base64')
  return body === '' || 'error' in decoded ? undefined : { version: Number(version) || 1, bytes: decoded.bytes }
}

const listed = (versions: Iterable<number>) =>
  new Intl.ListFormat('en').format([...versions].sort((a, b) => a - b).map(String))

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
  const scheme = algorithm && hash && schemeOf(algorithm, webHash(hash), 'any')
  if (!scheme) return unknownScheme(key)
  const read = readSignature(signature)
  if (!read)
    return { malformed: 'This is not a signature of the form thalassa:v1:base64. Check that you pasted all of it.' }
  const { version: keyVersion, bytes } = read
  const publicKey = publicKeys.get(keyVersion)
  if (publicKey === undefined)
    return {
      malformed: `This signature names version ${keyVersion}, but this key has public keys of version ${listed(publicKeys.keys())}. Choose the key that signed it.`,
    }
  return checkSignature(key, { keyVersion, publicKey, message, signature: bytes }, scheme, publicKeysCall(key).path)
}
