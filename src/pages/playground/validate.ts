/** From what is typed to what is sent, or to what is wrong with it, each at its field. */
import type {
  Capabilities,
  OfflineInput,
  Operation,
  OperationAnswers,
  OperationInputs,
  Range,
  Snippet,
} from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import type { PlaygroundOperation } from '../shared/operations.ts'
import { type BytesInputMessages, MAX_FILE_BYTES, validateBytes } from './fields/bytes-input.ts'
import { bytesOfText, type EncodedText } from './fields/encoded-text.ts'
import {
  digestError,
  digestHash,
  hashInput,
  messageTexts,
  type SignOperation,
  signatureLabels,
  type VerifyOperation,
  validateMessage,
} from './hashing.ts'
import { ciphertextError, withoutSpace } from './inspect/ciphertext.ts'
import type {
  CallResult,
  DataKeyState,
  DecryptState,
  EncryptState,
  OperationResult,
  PlaygroundState,
  ReEncryptState,
  SignState,
  VerifyState,
} from './playground-state.ts'

export interface FieldErrors {
  /** Of the plaintext, the ciphertext or the message. */
  readonly main?: string
  readonly context?: string
  readonly destinationContext?: string
  /** Of a data key. */
  readonly size?: string
  /** Of the signature or the HMAC. */
  readonly proof?: string
}

export type Validated<Input> = { readonly input: Input } | { readonly problems: FieldErrors }

const emptyBytes = new Uint8Array()

/** Bytes in one call, above which a data key is the better way wherever a cloud makes them. */
export const DATA_KEY_ADVISED_ABOVE = 4096

/** Whether so much is better encrypted with a data key. */
export const recommendsDataKey = (size: number | undefined, traits: Capabilities | undefined): boolean =>
  traits?.dataKey !== undefined && size !== undefined && size > DATA_KEY_ADVISED_ABOVE

export const plaintextMessages: BytesInputMessages = {
  nothing: 'There is nothing to encrypt yet. Type or paste something.',
  tooMuch: 'Shorten it or choose another key.',
}

type Context = { readonly context: Uint8Array } | { readonly error: string } | Record<never, never>

/** Nothing for clouds that take no context and for an empty one. */
function contextOf(typed: EncodedText, { encryptionContext }: Capabilities): Context {
  if (!encryptionContext || typed.text === '') return {}
  const decoded = bytesOfText(typed)
  if ('error' in decoded) return decoded
  const { length } = decoded.bytes
  if (length > encryptionContext.max)
    return {
      error: `This is ${count(length, 'byte')}, and a context has up to ${formatNumber(encryptionContext.max)}. Shorten it.`,
    }
  return { context: decoded.bytes }
}

const problemsOf = (main: string | undefined, context: Context): FieldErrors => ({
  ...(main === undefined ? {} : { main }),
  ...('error' in context ? { context: context.error } : {}),
})

const hasProblem = (problems: FieldErrors) => Object.keys(problems).length > 0

const versionMember = (version: number | undefined, { chooseVersion }: Capabilities) =>
  chooseVersion && version !== undefined ? { keyVersion: version } : {}

export function encryptInput(side: EncryptState, key: KmsKey): Validated<OperationInputs['encrypt']> {
  const { capabilities: traits } = cloudOf(key.cloud)
  const plaintext = validateBytes(side.plaintext, traits.plaintext(key), plaintextMessages)
  const context = contextOf(side.context, traits)
  const problems = problemsOf('error' in plaintext ? plaintext.error : undefined, context)
  if ('error' in plaintext || 'error' in context || hasProblem(problems)) return { problems }
  return { input: { plaintext: plaintext.bytes, ...context, ...versionMember(side.version, traits) } }
}

export function decryptInput(side: DecryptState, key: KmsKey): Validated<OperationInputs['decrypt']> {
  const { capabilities: traits } = cloudOf(key.cloud)
  const context = contextOf(side.context, traits)
  const problems = problemsOf(ciphertextError(side.ciphertext, traits), context)
  if ('error' in context || hasProblem(problems)) return { problems }
  return { input: { ciphertext: withoutSpace(side.ciphertext), ...context } }
}

/** The key itself where no other is the destination: its newest version makes the new ciphertext. */
export const destinationIdOf = ({ destination }: ReEncryptState, key: KmsKey): string => destination?.id ?? key.id

export function reEncryptInput(side: ReEncryptState, key: KmsKey): Validated<OperationInputs['reEncrypt']> {
  const { capabilities: traits } = cloudOf(key.cloud)
  const context = contextOf(side.context, traits)
  const after = contextOf(side.destinationContext, traits)
  const problems = {
    ...problemsOf(ciphertextError(side.ciphertext, traits, 're-encrypt'), context),
    ...('error' in after ? { destinationContext: after.error } : {}),
  }
  if ('error' in context || 'error' in after || hasProblem(problems)) return { problems }
  return {
    input: {
      ciphertext: withoutSpace(side.ciphertext),
      ...context,
      destination: destinationIdOf(side, key),
      ...('context' in after ? { destinationContext: after.context } : {}),
    },
  }
}

type Size = { readonly bytes: number } | { readonly error: string } | Record<never, never>

/** Whole bytes as typed, or why they are none. */
function sizeOf(text: string, { min, max }: Range): Size {
  const bytes = /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
  return bytes !== undefined && bytes >= min && bytes <= max
    ? { bytes }
    : { error: `Choose whole bytes, from ${formatNumber(min)} to ${formatNumber(max)}.` }
}

export function dataKeyInput(side: DataKeyState, key: KmsKey): Validated<OperationInputs['dataKey']> {
  const { capabilities: traits } = cloudOf(key.cloud)
  const size: Size = side.size === 'chosen' && traits.dataKey ? sizeOf(side.bytes, traits.dataKey.size) : {}
  const context = contextOf(side.context, traits)
  const problems = {
    ...problemsOf(undefined, context),
    ...('error' in size ? { size: size.error } : {}),
  }
  if ('error' in context || 'error' in size) return { problems }
  return { input: { ...size, ...context } }
}

export function signInput(operation: SignOperation, side: SignState, key: KmsKey): Validated<OperationInputs['sign']> {
  const digest = digestHash(operation, side, key)
  const problem = digest && digestError(side.message, digest)
  if (problem !== undefined) return { problems: { main: problem } }
  const message = validateMessage(operation, side.message, key)
  if ('error' in message) return { problems: { main: message.error } }
  const version = versionMember(side.version, cloudOf(key.cloud).capabilities)
  return {
    input: { input: message.bytes, ...version, ...hashInput(side.hash, key), ...(digest ? { prehashed: true } : {}) },
  }
}

/** What is wrong with the message and with what is checked against it. */
function verifyInputOf<Input>(
  operation: VerifyOperation,
  side: VerifyState,
  message: ReturnType<typeof validateBytes>,
  input: (message: Uint8Array<ArrayBuffer>, proof: string) => Input,
): Validated<Input> {
  const proof = withoutSpace(side.proof)
  const problems = {
    ...('error' in message ? { main: message.error } : {}),
    ...(proof === '' ? { proof: signatureLabels[operation].nothing } : {}),
  }
  return 'error' in message || hasProblem(problems) ? { problems } : { input: input(message.bytes, proof) }
}

export const verifyInput = (side: VerifyState, key: KmsKey): Validated<OperationInputs['verify']> =>
  verifyInputOf('verify', side, validateMessage('verify', side.message, key), (input, signature) => ({
    input,
    signature,
    ...hashInput(side.hash, key),
  }))

export const verifyHmacInput = (side: VerifyState, key: KmsKey): Validated<OperationInputs['verifyHmac']> =>
  verifyInputOf('verifyHmac', side, validateMessage('verifyHmac', side.message, key), (input, hmac) => ({
    input,
    hmac,
    ...hashInput(side.hash, key),
  }))

/** The browser takes longer messages than the cloud, and empty ones. */
export const offlineInput = (side: VerifyState, key: KmsKey): Validated<OfflineInput> =>
  verifyInputOf(
    'verify',
    side,
    validateBytes(side.message, { min: 0, max: MAX_FILE_BYTES }, messageTexts.verify),
    (message, signature) => ({ message, signature, ...hashInput(side.hash, key) }),
  )

export interface Prepared {
  /** Undefined when it can be sent. */
  readonly problems?: FieldErrors
  readonly run: (signal: AbortSignal) => Promise<CallResult>
  /** With what is typed as far as it is valid, so that the rest of the request can be read already. */
  readonly code: () => readonly Snippet[]
}

function ready<Id extends PlaygroundOperation>(
  operation: Id,
  of: Operation<OperationInputs[Id], OperationAnswers[Id]> | undefined,
  key: KmsKey,
  input: Validated<OperationInputs[Id]>,
  blank: OperationInputs[Id],
): Prepared {
  const given = 'input' in input ? input.input : blank
  return {
    ...('problems' in input ? { problems: input.problems } : {}),
    async run(signal) {
      if (!of) throw new Error(`there is no ${operation} in this cloud`)
      const answered: OperationResult<Id> = { type: 'answered', operation, answer: await of.run(key, given, signal) }
      return answered
    },
    code: () => of?.code(key, given) ?? [],
  }
}

/** The operation with what is typed for it. */
export function prepare(bench: PlaygroundState, operation: PlaygroundOperation, key: KmsKey): Prepared {
  const { operations } = cloudOf(key.cloud)
  const blank = (operation: SignOperation | VerifyOperation) => ({
    input: emptyBytes,
    ...hashInput(bench[operation].hash, key),
  })
  switch (operation) {
    case 'encrypt':
      return ready(operation, operations.encrypt, key, encryptInput(bench.encrypt, key), { plaintext: emptyBytes })
    case 'decrypt':
      return ready(operation, operations.decrypt, key, decryptInput(bench.decrypt, key), { ciphertext: '' })
    case 'reEncrypt':
      return ready(operation, operations.reEncrypt, key, reEncryptInput(bench.reEncrypt, key), {
        ciphertext: '',
        destination: destinationIdOf(bench.reEncrypt, key),
      })
    case 'dataKey':
      return ready(operation, operations.dataKey, key, dataKeyInput(bench.dataKey, key), {})
    case 'sign':
      return ready(operation, operations.sign, key, signInput(operation, bench.sign, key), blank(operation))
    case 'hmac':
      return ready(operation, operations.hmac, key, signInput(operation, bench.hmac, key), blank(operation))
    case 'verify':
      return ready(operation, operations.verify, key, verifyInput(bench.verify, key), {
        ...blank(operation),
        signature: '',
      })
    case 'verifyHmac':
      return ready(operation, operations.verifyHmac, key, verifyHmacInput(bench.verifyHmac, key), {
        ...blank(operation),
        hmac: '',
      })
  }
}
