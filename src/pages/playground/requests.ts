/** From what is typed to what is sent, or to what is wrong with it, each at its field. */
import type { OperationInputs, Traits } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import type { DecryptSide, EncryptSide } from './bench.ts'
import { ciphertextProblem, withoutSpace } from './ciphertext.ts'
import { checkPlaintext } from './plaintext.ts'
import { bytesOfTyped, type Typed } from './typed.ts'

export interface Problems {
  /** Of the plaintext or the ciphertext. */
  readonly main?: string
  readonly context?: string
}

export type Checked<Input> = { readonly input: Input } | { readonly problems: Problems }

const emptyBytes = new Uint8Array()

type Context = { readonly context: Uint8Array } | { readonly error: string } | Record<never, never>

/** Nothing for clouds that take no context and for an empty one. */
function contextOf(typed: Typed, { encryptionContext }: Traits): Context {
  if (!encryptionContext || typed.text === '') return {}
  const decoded = bytesOfTyped(typed)
  if ('error' in decoded) return decoded
  const { length } = decoded.bytes
  if (length > encryptionContext.max)
    return {
      error: `This is ${count(length, 'byte')}, and a context has up to ${formatNumber(encryptionContext.max)}. Shorten it.`,
    }
  return { context: decoded.bytes }
}

const problemsOf = (main: string | undefined, context: Context): Problems => ({
  ...(main === undefined ? {} : { main }),
  ...('error' in context ? { context: context.error } : {}),
})

const hasProblem = (problems: Problems) => Object.keys(problems).length > 0

export function encryptInput(side: EncryptSide, key: KmsKey): Checked<OperationInputs['encrypt']> {
  const { traits } = cloudOf(key.cloud)
  const plaintext = checkPlaintext(side.plaintext, traits.plaintext(key))
  const context = contextOf(side.context, traits)
  const problems = problemsOf('error' in plaintext ? plaintext.error : undefined, context)
  if ('error' in plaintext || 'error' in context || hasProblem(problems)) return { problems }
  return {
    input: {
      plaintext: plaintext.bytes,
      ...context,
      ...(traits.chooseVersion && side.version !== undefined ? { keyVersion: side.version } : {}),
    },
  }
}

export function decryptInput(side: DecryptSide, key: KmsKey): Checked<OperationInputs['decrypt']> {
  const { traits } = cloudOf(key.cloud)
  const context = contextOf(side.context, traits)
  const problems = problemsOf(ciphertextProblem(side.ciphertext, traits), context)
  if ('error' in context || hasProblem(problems)) return { problems }
  return { input: { ciphertext: withoutSpace(side.ciphertext), ...context } }
}

/** For the code panel: what is typed as far as it is valid, so that the rest of the request can be read already. */
export function inputsForCode(encrypt: EncryptSide, decrypt: DecryptSide, key: KmsKey) {
  const first = encryptInput(encrypt, key)
  const second = decryptInput(decrypt, key)
  return {
    encrypt: 'input' in first ? first.input : { plaintext: emptyBytes },
    decrypt: 'input' in second ? second.input : { ciphertext: '' },
    complete: { encrypt: 'input' in first, decrypt: 'input' in second },
  }
}
