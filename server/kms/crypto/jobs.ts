/** Operations with private keys, as they run in threads. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { decryptRsa, encryptRsa, UndecryptableError } from './encryption.ts'
import { UnwrapError, unwrapBlob } from './key-wrap.ts'
import { MalformedSignatureError, type SignInput, signWith, type VerifyInput, verifyWith } from './signatures.ts'

export const jobs = {
  sign: (algorithm: Algorithm, key: KeyObject, input: Uint8Array, how: Omit<SignInput, 'input'>) =>
    signWith(algorithm, key, { ...how, input }),
  verify: (
    algorithm: Algorithm,
    key: KeyObject,
    message: Uint8Array,
    how: Omit<VerifyInput, 'message'>,
    signature: Uint8Array,
  ) => verifyWith(algorithm, createPublicKey(key), { ...how, message }, signature),
  encrypt: encryptRsa,
  decrypt: decryptRsa,
  unwrap: unwrapBlob,
}

export type JobName = keyof typeof jobs
export type JobInput<N extends JobName> = Parameters<(typeof jobs)[N]>
export type JobResult<N extends JobName> = Awaited<ReturnType<(typeof jobs)[N]>>

/** Errors that are answers: a thread sends their place in this list. */
export const refusals = [UndecryptableError, MalformedSignatureError, UnwrapError] as const

/** Message to a thread. */
export interface Job {
  readonly name: JobName
  readonly input: readonly unknown[]
}

/** Message from a thread. */
export type JobReply = { readonly result: unknown } | { readonly refusal: number } | { readonly error: unknown }
