/** Encodings in which an answer of the KMS can be read and saved. */
import { encode } from '../../../lib/encodings.ts'
import { encodingLabels } from '../fields/bytes-input.ts'
import { ciphertextBytes, readVersioned } from '../inspect/ciphertext.ts'

const labels = { answered: 'As received', hex: encodingLabels.hex, base64: encodingLabels.base64 }

export type OutputEncoding = keyof typeof labels

interface EncodedOutput {
  readonly encoding: OutputEncoding
  readonly text: string
  /** Choices; empty where the answer has one form only. */
  readonly options: readonly { readonly value: OutputEncoding; readonly label: string }[]
}

/** Re-encodes the bytes of an answer. Bare base64 counts as base64, not as a form of its own. */
export function encodeOutput(answer: string, wanted: OutputEncoding): EncodedOutput {
  const bytes = ciphertextBytes(answer)
  if (!bytes) return { encoding: 'answered', text: answer, options: [] }
  const encodings: readonly OutputEncoding[] = readVersioned(answer) ? ['answered', 'hex', 'base64'] : ['hex', 'base64']
  const encoding = encodings.includes(wanted) ? wanted : 'base64'
  return {
    encoding,
    text: encoding === 'answered' ? answer : (encode(bytes, encoding) ?? ''),
    options: encodings.map((value) => ({ value, label: labels[value] })),
  }
}
