/** Verifies signatures of Exoscale's keys in the browser. */
import { decode } from '../../lib/encodings.ts'
import { algorithmNamed } from '../algorithms.ts'
import type { OfflineAnswer, OfflineInput } from '../cloud.ts'
import type { KmsKey } from '../model.ts'
import { checkSignature, schemeOf, unknownScheme } from '../offline.ts'
import {
  isKeySpec,
  keySpecs,
  type SigningAlgorithm,
  signingAlgorithmNames,
  signingAlgorithms,
  signingAlgorithmsOf,
} from './key-specs.ts'
import { publicKeyCall } from './public-keys.ts'

/** Hash in Web Cryptography's name; that of schemes without one is never used. */
const webHash = ({ hash = 'sha512', digest = 64 }: SigningAlgorithm) => ({
  name: hash.replace('sha', 'SHA-'),
  bytes: digest,
})

/** Verifies a signature with the public key of the key's only version. Throws CallError for one of another type. */
export async function verifyOffline(
  key: KmsKey,
  publicKeys: ReadonlyMap<number, string>,
  { message, signature, hash: asked, prehashed }: OfflineInput,
): Promise<OfflineAnswer> {
  const { type } = key
  if (!isKeySpec(type)) return unknownScheme(key)
  const name = signingAlgorithmNames.find((one) => one === asked) ?? signingAlgorithmsOf(type)[0]
  const algorithm = algorithmNamed(keySpecs[type])
  const scheme = name && algorithm && schemeOf(algorithm, webHash(signingAlgorithms[name]), 'pss')
  if (!scheme) return unknownScheme(key)
  if (name === 'ED25519_PH_SHA_512') return { unsupported: 'Browsers can’t check Ed25519ph signatures. Use Verify.' }
  if (prehashed)
    return {
      unsupported:
        'Browsers check signatures of messages, not of digests. Use Verify, or clear Prehashed and give the message.',
    }
  const decoded = decode(signature, 'base64')
  if ('error' in decoded) return { malformed: decoded.error }
  const publicKey = publicKeys.get(1)
  return checkSignature(
    key,
    { keyVersion: 1, publicKey, message, signature: decoded.bytes },
    scheme,
    publicKeyCall(key.id).path,
  )
}
