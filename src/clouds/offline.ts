/** Checks a signature in the browser, for all providers; each loads it when it is needed. */
import { type Hash, type Scheme, verifySignature } from '../lib/offline-verify/verify.ts'
import { readPublicKey } from '../lib/pem.ts'
import type { Algorithm } from './algorithms.ts'
import type { OfflineAnswer } from './cloud.ts'
import { CallError } from './errors.ts'
import type { KmsKey } from './model.ts'

const curves = { 256: 'P-256', 384: 'P-384', 521: 'P-521' } as const

const isCurve = (bits: number): bits is keyof typeof curves => bits in curves

/** Scheme of an algorithm's signatures; undefined for one that the console can't check. */
export function schemeOf({ family, bits }: Algorithm, hash: Hash, padding: 'any' | 'pss'): Scheme | undefined {
  if (family === 'ed25519') return { family }
  if (family === 'ml-dsa') return { family, name: `ML-DSA-${bits}` }
  if (family === 'rsa') return { family, hash, padding }
  return family === 'ecdsa' && isCurve(bits) ? { family, curve: curves[bits], hash } : undefined
}

export const unknownScheme = ({ type }: KmsKey): OfflineAnswer => ({
  unsupported: `The console can’t check signatures of type ${type} in the browser. Use Verify.`,
})

interface Signed {
  readonly keyVersion: number
  /** Public key of that version as the provider wrote it. */
  readonly publicKey: string | undefined
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

/**
 * Checks a signature with a public key. Throws CallError for a public key of another type.
 * @param path of the call that read the public key
 */
export async function checkSignature(
  key: KmsKey,
  { keyVersion, publicKey: text, ...signed }: Signed,
  scheme: Scheme,
  path: string,
): Promise<OfflineAnswer> {
  const unreadable = () =>
    new CallError({
      cloud: key.cloud,
      reason: 'broken-answer',
      message: `The public key of version ${keyVersion} is not one of type ${key.type}.`,
      advice: 'Verify it in the cloud instead. If it stays, a proxy may answer in the cloud’s place.',
      method: 'GET',
      path,
    })
  const publicKey = text === undefined ? undefined : readPublicKey(text)?.der
  if (!publicKey) throw unreadable()
  try {
    const verdict = await verifySignature({ publicKey, ...signed }, scheme)
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
    throw unreadable()
  }
}

function lacks(scheme: Scheme): string {
  if (!('subtle' in crypto))
    return 'Browsers check signatures only on https pages and on localhost. Open the console there, or use Verify.'
  const what = scheme.family === 'ed25519' ? 'Ed25519' : scheme.family === 'ml-dsa' ? scheme.name : scheme.hash.name
  return `This browser does not support ${what}. Use Verify, or a newer browser.`
}
