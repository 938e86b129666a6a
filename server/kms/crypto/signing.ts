/** Signatures where they wait least: quick ones at once, others when the caller's turn for a thread comes. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { type SignatureScheme, type SignInput, signWith, type VerifyInput, verifyWith } from './signatures.ts'
import { inThread } from './threads.ts'

/** Bytes of a message whose hash takes a fraction of the signature's time. */
const SHORT = 16_384

/** Whether it takes a tenth of a millisecond: the way to a thread takes as long, and leads behind signatures of RSA. */
const isQuick = (
  { name }: Algorithm,
  bytes: Uint8Array,
  { ed25519ph = false, prehashed = false }: SignatureScheme & { readonly prehashed?: boolean },
) => bytes.length <= SHORT && ((name === 'ed25519' && !ed25519ph) || (name === 'ecdsa-p256' && !prehashed))

/** Signs as `signWith` does. Throws what it throws, and what the queue of threads refuses with. */
export async function signature(algorithm: Algorithm, privateKey: KeyObject, what: SignInput): Promise<Buffer> {
  const { input, ...how } = what
  if (isQuick(algorithm, input, how)) return signWith(algorithm, privateKey, what)
  return Buffer.from(await inThread('sign', algorithm, privateKey, input, how))
}

/** Verifies as `verifyWith` does, by the public half of the key. Throws as `signature` does. */
export async function isSignature(
  algorithm: Algorithm,
  privateKey: KeyObject,
  what: VerifyInput,
  given: Uint8Array,
): Promise<boolean> {
  const { message, ...how } = what
  if (isQuick(algorithm, message, how)) return verifyWith(algorithm, createPublicKey(privateKey), what, given)
  return inThread('verify', algorithm, privateKey, message, how, given)
}
