/** From what is typed to what is sent, or to what is wrong with it, each at its field. */
import type {
  OfflineInput,
  Operation,
  OperationAnswers,
  OperationInputs,
  Range,
  Snippet,
  Traits,
} from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import type {
  Answered,
  AnsweredBy,
  Bench,
  CheckSide,
  DataKeySide,
  DecryptSide,
  EncryptSide,
  MakeSide,
  ReEncryptSide,
} from './bench.ts'
import { ciphertextProblem, withoutSpace } from './ciphertext.ts'
import { checkEntry, type EntryWords, LARGEST_READ } from './entry.ts'
import {
  type CheckOperation,
  checkMessage,
  digestHash,
  hashMember,
  type MakeOperation,
  messageWords,
  proofWords,
  wrongDigest,
} from './messages.ts'
import type { PlaygroundOperation } from './operations.ts'
import { bytesOfTyped, type Typed } from './typed.ts'

export interface Problems {
  /** Of the plaintext, the ciphertext or the message. */
  readonly main?: string
  readonly context?: string
  readonly destinationContext?: string
  /** Of a data key. */
  readonly size?: string
  /** Of the signature or the HMAC. */
  readonly proof?: string
}

export type Checked<Input> = { readonly input: Input } | { readonly problems: Problems }

const emptyBytes = new Uint8Array()

/** Bytes in one call, above which a data key is the better way wherever a cloud makes them. */
export const LARGE_PLAINTEXT = 4096

/** Whether so much is better encrypted with a data key. */
export const wantsDataKey = (size: number | undefined, traits: Traits | undefined): boolean =>
  traits?.dataKey !== undefined && size !== undefined && size > LARGE_PLAINTEXT

export const plaintextWords: EntryWords = {
  nothing: 'There is nothing to encrypt yet. Type or paste something.',
  tooMuch: 'Shorten it or choose another key.',
}

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

const versionMember = (version: number | undefined, { chooseVersion }: Traits) =>
  chooseVersion && version !== undefined ? { keyVersion: version } : {}

export function encryptInput(side: EncryptSide, key: KmsKey): Checked<OperationInputs['encrypt']> {
  const { traits } = cloudOf(key.cloud)
  const plaintext = checkEntry(side.plaintext, traits.plaintext(key), plaintextWords)
  const context = contextOf(side.context, traits)
  const problems = problemsOf('error' in plaintext ? plaintext.error : undefined, context)
  if ('error' in plaintext || 'error' in context || hasProblem(problems)) return { problems }
  return { input: { plaintext: plaintext.bytes, ...context, ...versionMember(side.version, traits) } }
}

export function decryptInput(side: DecryptSide, key: KmsKey): Checked<OperationInputs['decrypt']> {
  const { traits } = cloudOf(key.cloud)
  const context = contextOf(side.context, traits)
  const problems = problemsOf(ciphertextProblem(side.ciphertext, traits), context)
  if ('error' in context || hasProblem(problems)) return { problems }
  return { input: { ciphertext: withoutSpace(side.ciphertext), ...context } }
}

/** The key itself where no other is the destination: its newest version makes the new ciphertext. */
export const destinationOf = ({ destination }: ReEncryptSide, key: KmsKey): string => destination?.id ?? key.id

export function reEncryptInput(side: ReEncryptSide, key: KmsKey): Checked<OperationInputs['reEncrypt']> {
  const { traits } = cloudOf(key.cloud)
  const context = contextOf(side.context, traits)
  const after = contextOf(side.destinationContext, traits)
  const problems = {
    ...problemsOf(ciphertextProblem(side.ciphertext, traits, 're-encrypt'), context),
    ...('error' in after ? { destinationContext: after.error } : {}),
  }
  if ('error' in context || 'error' in after || hasProblem(problems)) return { problems }
  return {
    input: {
      ciphertext: withoutSpace(side.ciphertext),
      ...context,
      destination: destinationOf(side, key),
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

export function dataKeyInput(side: DataKeySide, key: KmsKey): Checked<OperationInputs['dataKey']> {
  const { traits } = cloudOf(key.cloud)
  const size: Size = side.size === 'chosen' && traits.dataKey ? sizeOf(side.bytes, traits.dataKey.size) : {}
  const context = contextOf(side.context, traits)
  const problems = {
    ...problemsOf(undefined, context),
    ...('error' in size ? { size: size.error } : {}),
  }
  if ('error' in context || 'error' in size) return { problems }
  return { input: { ...size, ...context } }
}

export function makeInput(operation: MakeOperation, side: MakeSide, key: KmsKey): Checked<OperationInputs['sign']> {
  const digest = digestHash(operation, side, key)
  const problem = digest && wrongDigest(side.message, digest)
  if (problem !== undefined) return { problems: { main: problem } }
  const message = checkMessage(operation, side.message, key)
  if ('error' in message) return { problems: { main: message.error } }
  const version = versionMember(side.version, cloudOf(key.cloud).traits)
  return {
    input: { input: message.bytes, ...version, ...hashMember(side.hash, key), ...(digest ? { prehashed: true } : {}) },
  }
}

/** What is wrong with the message and with what is checked against it. */
function checked<Input>(
  operation: CheckOperation,
  side: CheckSide,
  message: ReturnType<typeof checkEntry>,
  input: (message: Uint8Array<ArrayBuffer>, proof: string) => Input,
): Checked<Input> {
  const proof = withoutSpace(side.proof)
  const problems = {
    ...('error' in message ? { main: message.error } : {}),
    ...(proof === '' ? { proof: proofWords[operation].nothing } : {}),
  }
  return 'error' in message || hasProblem(problems) ? { problems } : { input: input(message.bytes, proof) }
}

export const verifyInput = (side: CheckSide, key: KmsKey): Checked<OperationInputs['verify']> =>
  checked('verify', side, checkMessage('verify', side.message, key), (input, signature) => ({
    input,
    signature,
    ...hashMember(side.hash, key),
  }))

export const verifyHmacInput = (side: CheckSide, key: KmsKey): Checked<OperationInputs['verifyHmac']> =>
  checked('verifyHmac', side, checkMessage('verifyHmac', side.message, key), (input, hmac) => ({
    input,
    hmac,
    ...hashMember(side.hash, key),
  }))

/** The browser takes longer messages than the cloud, and empty ones. */
export const offlineInput = (side: CheckSide, key: KmsKey): Checked<OfflineInput> =>
  checked(
    'verify',
    side,
    checkEntry(side.message, { min: 0, max: LARGEST_READ }, messageWords.verify),
    (message, signature) => ({ message, signature, ...hashMember(side.hash, key) }),
  )

export interface Prepared {
  /** Undefined when it can be sent. */
  readonly problems?: Problems
  readonly run: (signal: AbortSignal) => Promise<Answered>
  /** With what is typed as far as it is valid, so that the rest of the request can be read already. */
  readonly code: () => readonly Snippet[]
}

function ready<Id extends PlaygroundOperation>(
  operation: Id,
  of: Operation<OperationInputs[Id], OperationAnswers[Id]> | undefined,
  key: KmsKey,
  input: Checked<OperationInputs[Id]>,
  blank: OperationInputs[Id],
): Prepared {
  const given = 'input' in input ? input.input : blank
  return {
    ...('problems' in input ? { problems: input.problems } : {}),
    async run(signal) {
      if (!of) throw new Error(`there is no ${operation} in this cloud`)
      const answered: AnsweredBy<Id> = { type: 'answered', operation, answer: await of.run(key, given, signal) }
      return answered
    },
    code: () => of?.code(key, given) ?? [],
  }
}

/** The operation with what is typed for it. */
export function prepare(bench: Bench, operation: PlaygroundOperation, key: KmsKey): Prepared {
  const { operations } = cloudOf(key.cloud)
  const blank = (operation: MakeOperation | CheckOperation) => ({
    input: emptyBytes,
    ...hashMember(bench[operation].hash, key),
  })
  switch (operation) {
    case 'encrypt':
      return ready(operation, operations.encrypt, key, encryptInput(bench.encrypt, key), { plaintext: emptyBytes })
    case 'decrypt':
      return ready(operation, operations.decrypt, key, decryptInput(bench.decrypt, key), { ciphertext: '' })
    case 'reEncrypt':
      return ready(operation, operations.reEncrypt, key, reEncryptInput(bench.reEncrypt, key), {
        ciphertext: '',
        destination: destinationOf(bench.reEncrypt, key),
      })
    case 'dataKey':
      return ready(operation, operations.dataKey, key, dataKeyInput(bench.dataKey, key), {})
    case 'sign':
      return ready(operation, operations.sign, key, makeInput(operation, bench.sign, key), blank(operation))
    case 'hmac':
      return ready(operation, operations.hmac, key, makeInput(operation, bench.hmac, key), blank(operation))
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
