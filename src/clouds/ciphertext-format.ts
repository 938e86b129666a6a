/** What each cloud's ciphertexts look like. Nothing here calls anything: it reads what was pasted. */
import { ciphertextFormat as exoscale } from './exoscale/ciphertext-format.ts'
import type { CloudId, KmsKey } from './model.ts'
import { ciphertextFormat as thalassa } from './thalassa/ciphertext-format.ts'

/** A piece of a ciphertext; `bytes` decoded. */
export interface Part {
  readonly name: string
  readonly bytes: number
}

export type Layout =
  | { readonly parts: readonly Part[] }
  /** Why so many bytes are not expected of the key, as a clause: "…". */
  | { readonly mismatch: string }

export interface CiphertextFormat {
  /** Words that come before the version, the usual one first. Absent where a ciphertext is opaque base64. */
  readonly prefixes?: readonly string[]
  /** How so many bytes are laid out by keys of a type; undefined where nothing is known. Expected, never certain. */
  readonly layout: (key: KmsKey, bytes: number) => Layout | undefined
  /** What is certain and what is only expected, one sentence. */
  readonly certainty: string
  /** What a signature or an HMAC of so many bytes may be; they have the form of ciphertexts where those name a version. */
  readonly signatureCandidates?: (bytes: number) => string | undefined
}

const forms: Readonly<Record<CloudId, CiphertextFormat>> = { thalassa, exoscale }

export const ciphertextFormatOf = (cloud: CloudId): CiphertextFormat => forms[cloud]
