/** What a cloud answered as text, in the forms that it can be read and taken away in. */
import { encode } from '../../../lib/encodings.ts'
import { encodingLabels } from '../fields/encoded-text.ts'
import { ciphertextBytes, readVersioned } from '../inspect/ciphertext.ts'

const encodingNames = { answered: 'As answered', hex: encodingLabels.hex, base64: encodingLabels.base64 }

export type OutputEncoding = keyof typeof encodingNames

interface EncodedOutput {
  readonly form: OutputEncoding
  readonly text: string
  /** What there is to choose from; empty where the answer has one form only. */
  readonly options: readonly { readonly value: OutputEncoding; readonly label: string }[]
}

/** An envelope stands for the bytes in it; where the answer is bare base64, that form is the answered one. */
export function encodeOutput(answered: string, wanted: OutputEncoding): EncodedOutput {
  const bytes = ciphertextBytes(answered)
  if (!bytes) return { form: 'answered', text: answered, options: [] }
  const forms: readonly OutputEncoding[] = readVersioned(answered) ? ['answered', 'hex', 'base64'] : ['hex', 'base64']
  const form = forms.includes(wanted) ? wanted : 'base64'
  return {
    form,
    text: form === 'answered' ? answered : (encode(bytes, form) ?? ''),
    options: forms.map((value) => ({ value, label: encodingNames[value] })),
  }
}
