/** Encoding of a provider's ciphertexts, for reading pasted text without a call. */
import type { KmsKey } from './model.ts'

/** A piece of a ciphertext; `bytes` decoded. */
export interface Part {
  readonly name: string
  readonly bytes: number
}

export type Layout =
  | { readonly parts: readonly Part[] }
  /** Why so many bytes are not expected of the key, as a clause: "…". Where it is certain, the key can't have made them. */
  | { readonly mismatch: string; readonly certain?: true }

/** RSA: one block as long as the modulus; nothing shorter can hold it. */
export function rsaLayout(type: string, modulusBits: number, bytes: number): Layout {
  const block = modulusBits / 8
  if (bytes === block) return { parts: [{ name: 'RSA block', bytes }] }
  const mismatch = `a key of type ${type} makes ${block} bytes, not ${bytes}`
  return bytes < block ? { mismatch, certain: true } : { mismatch }
}

export interface CiphertextFormat {
  /** Words that come before the version, the usual one first. Absent where a ciphertext is opaque base64. */
  readonly prefixes?: readonly string[]
  /** How so many bytes are laid out by keys of a type; undefined where nothing is known. Expected, never certain. */
  readonly layout: (key: KmsKey, bytes: number) => Layout | undefined
  /** Which of these facts are certain, in one sentence; absent where a ciphertext is opaque. */
  readonly certainty?: string
}
