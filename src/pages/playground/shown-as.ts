/** What a cloud answered as text, in the forms that it can be read and taken away in. */
import { encode } from '../../lib/encodings.ts'
import { ciphertextBytes, readEnvelope } from './ciphertext.ts'
import { encodingNames } from './typed.ts'

const formNames = { answered: 'As answered', hex: encodingNames.hex, base64: encodingNames.base64 }

export type Form = keyof typeof formNames

interface Shown {
  readonly form: Form
  readonly text: string
  /** What there is to choose from; empty where the answer has one form only. */
  readonly options: readonly { readonly value: Form; readonly label: string }[]
}

/** An envelope stands for the bytes in it; where the answer is bare base64, that form is the answered one. */
export function shownAs(answered: string, wanted: Form): Shown {
  const bytes = ciphertextBytes(answered)
  if (!bytes) return { form: 'answered', text: answered, options: [] }
  const forms: readonly Form[] = readEnvelope(answered) ? ['answered', 'hex', 'base64'] : ['hex', 'base64']
  const form = forms.includes(wanted) ? wanted : 'base64'
  return {
    form,
    text: form === 'answered' ? answered : (encode(bytes, form) ?? ''),
    options: forms.map((value) => ({ value, label: formNames[value] })),
  }
}
