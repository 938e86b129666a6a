/** Shape of a playground operation: one value that owns its draft, request, labels, form and results. */
import type { ComponentType, ReactNode } from 'react'
import type { OfflineAnswer, OfflineInput } from '../../clouds/cloud.ts'
import { requestCode } from '../../clouds/code-registry.ts'
import { runOperation } from '../../clouds/key-operations.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type {
  ChosenOptions,
  CryptographicOperation,
  OperationAnswers,
  OperationInputs,
} from '../../clouds/operations.ts'
import type { Snippet } from '../../clouds/snippet.ts'
import type { AllKeys } from '../use-keys.ts'
import type { BoundDraft } from './fields/BoundFields.tsx'
import type { EncodedText } from './fields/bytes-input.ts'

export type Outcome<Answer> =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly answer: Answer; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown }

/** Errors of a draft's fields, each a sentence. */
export type FieldErrors<Draft> = { readonly [Field in keyof Draft]?: string | undefined }

export type Validated<Input, Draft> = { readonly input: Input } | { readonly errors: FieldErrors<Draft> }

/** Input that one operation hands to another, named as the fields that receive it. */
export interface CarriedInput {
  readonly plaintext?: EncodedText
  readonly ciphertext?: string
  readonly context?: EncodedText
  readonly bound?: BoundDraft
  readonly message?: EncodedText
  readonly hash?: string | undefined
  readonly prehashed?: boolean
  readonly options?: ChosenOptions
  readonly signature?: string
}

export interface CarryOver {
  readonly input: CarriedInput
  /** Id of the key to select with it: another key of the same location. */
  readonly key?: string
  /** Masks the plaintext in the next operation: the input is secret. */
  readonly masked?: boolean
}

/** Refused request in the console's own words, where it knows more than the provider's answer says. */
export interface ErrorExplanation<Draft> {
  /** A few words for the history. */
  readonly summary: string
  /** Title of the note under the form. */
  readonly title?: string
  /** Errors of the fields that caused it, in place of the note. */
  readonly errors?: FieldErrors<Draft>
}

/** Ciphertext that was pasted, whose key can be looked for. */
export interface PastedCiphertext {
  readonly ciphertext: string
  readonly context: EncodedText
}

/** Button that takes a value to another operation. */
export interface CarryOverButton {
  readonly label: string
  readonly onClick: () => void
}

export interface OperationFormProps<Draft, Answer> {
  readonly list: AllKeys
  readonly selectedKey: KmsKey | undefined
  readonly draft: Draft
  readonly outcome: Outcome<Answer>
  /** Outcome of the same check in the browser, where the operation has one. */
  readonly offline: Outcome<OfflineAnswer>
  readonly errors: FieldErrors<Draft>
  readonly onEdit: (change: Partial<Draft>) => void
  readonly runButton: ReactNode
  /** Search for the key of a pasted ciphertext, beside the button. */
  readonly findKeyButton: ReactNode
  /** Notes about failed calls that no field explains. */
  readonly errorNote: ReactNode
  readonly onRunOffline: () => void
  /** Whether plaintext is masked, in every operation. */
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  /** Whether the first field has just been filled from another operation. */
  readonly takesFocus: boolean
  /** Takes the result to the next operation; undefined where none can use it. */
  readonly carryOver: CarryOverButton | undefined
  /** Takes the input to another operation; undefined where the key can't run that. */
  readonly carryInputOver: CarryOverButton | undefined
  readonly onOpen: (operation: CryptographicOperation) => void
}

export interface PlaygroundOperation<Id extends CryptographicOperation, Draft extends object> {
  /** Labels of the button; `running` while it waits for the answer. */
  readonly labels: { readonly button: string; readonly running: string }
  readonly emptyDraft: Draft
  /** Draft for another selected key; the same unless given. */
  readonly forOtherKey?: (draft: Draft) => Draft
  /** Whether a result of one draft is a result of the other. An edit takes the result away unless this holds. */
  readonly sameInput?: (before: Draft, after: Draft) => boolean
  /** Key version in the draft; absent where the operation can't choose one. */
  readonly version?: {
    /** Undefined stands for the latest. */
    readonly get: (draft: Draft) => number | undefined
    readonly set: (draft: Draft, version: number | undefined) => Draft
  }
  /** Whether code holds plaintext of the draft, and is hidden while plaintext is masked. */
  readonly hasSecretInput?: true
  readonly validate: (draft: Draft, key: KmsKey) => Validated<OperationInputs[Id], Draft>
  /** Input for code while the draft is not valid: what must be typed is empty, what is chosen is there. */
  readonly blankInput: (draft: Draft, key: KmsKey) => OperationInputs[Id]
  readonly Form: ComponentType<OperationFormProps<Draft, OperationAnswers[Id]>>
  /** Sentence for screen readers. */
  readonly announce: (answer: OperationAnswers[Id], draft: Draft) => string
  /** Undefined where the provider's own words stand. */
  readonly explainError?: (error: unknown, key: KmsKey) => ErrorExplanation<Draft> | undefined
  /** The same check in the browser, with the key's public keys. */
  readonly offline?: {
    readonly validate: (draft: Draft, key: KmsKey) => Validated<OfflineInput, Draft>
    /** Sentence for screen readers; empty where a field shows the answer. */
    readonly announce: (answer: OfflineAnswer) => string
  }
  /** Ciphertext that was pasted, where the operation takes one. */
  readonly pasted?: (draft: Draft) => PastedCiphertext
  /** Ciphertext that the operation has made. */
  readonly made?: (answer: OperationAnswers[Id]) => string
  /** Name of the other key or version that the request is for, as the history shows it. */
  readonly target?: (draft: Draft) => string
  /** Input for the next operation, made of the answer. */
  readonly carryOver?: (answer: OperationAnswers[Id], draft: Draft, key: KmsKey) => CarryOver
  /** Input for another operation, made of the draft; a sentence says why there is none yet. */
  readonly carryInputOver?: (draft: Draft) => CarryOver | { readonly disabledReason: string }
  /** Draft with input from another operation. */
  readonly accept?: (input: CarriedInput, draft: Draft) => Draft
}

/** Error of a part of a draft that was validated. */
export const errorOf = (part: object): string | undefined =>
  'error' in part && typeof part.error === 'string' ? part.error : undefined

/** "Signed with version 3." */
export const announceMade = (success: string, keyVersion: number | undefined): string =>
  keyVersion === undefined ? `${success}.` : `${success} with version ${keyVersion}.`

export interface PreparedRequest<Draft, Answer> {
  /** Undefined when the request can be sent. */
  readonly errors: FieldErrors<Draft> | undefined
  readonly send: (signal: AbortSignal) => Promise<Answer>
  /** Code with the draft, or with blank input while the draft is not valid. */
  readonly code: () => readonly Snippet[]
}

/** Request of an operation. `send` throws where the provider has no such operation. */
export function prepareRequest<Id extends CryptographicOperation, Draft extends object>(
  id: Id,
  { validate, blankInput }: PlaygroundOperation<Id, Draft>,
  draft: Draft,
  key: KmsKey,
): PreparedRequest<Draft, OperationAnswers[Id]> {
  const validated = validate(draft, key)
  const input = 'input' in validated ? validated.input : blankInput(draft, key)
  return {
    errors: 'errors' in validated ? validated.errors : undefined,
    send: (signal) => runOperation(key, id, input, signal),
    code: () => requestCode(key, id, input),
  }
}
