/** Sign and HMAC: operations that make a signature or an HMAC of a message, with one form. */
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers, SignInput } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Panes } from '../../shared/Pane.tsx'
import { type BytesInputMessages, type EncodedText, emptyText } from '../fields/bytes-input.ts'
import { MessagePane } from '../fields/MessagePane.tsx'
import { draftVersion, versionInput } from '../fields/VersionSelect.tsx'
import {
  digestAdvice,
  digestHash,
  hashInput,
  type MessageDraft,
  messageSizeOf,
  optionsInput,
  readMessage,
  sameMessage,
  type TakesDigests,
  verifiesDigests,
} from '../hashing.ts'
import { announceMade, type OperationFormProps, type PlaygroundOperation, type Validated } from '../operation.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'

export interface SignDraft extends MessageDraft {
  /** Undefined stands for the latest. */
  readonly version: number | undefined
}

interface SignKind {
  readonly noun: 'signature' | 'HMAC'
  readonly success: string
  readonly placeholder: string
  readonly takesDigests: TakesDigests
  readonly messages: (draft: SignDraft, key: KmsKey | undefined) => BytesInputMessages
}

const signatures: SignKind = {
  noun: 'signature',
  success: 'Signed',
  placeholder: 'Type or paste what to sign',
  takesDigests: () => true,
  messages: ({ hash }, key) => ({
    empty: 'There is nothing to sign yet. Type or paste something.',
    tooLarge: digestAdvice(hash, key),
  }),
}

const hmacs: SignKind = {
  noun: 'HMAC',
  success: 'Computed',
  placeholder: 'Type or paste what to authenticate',
  takesDigests: () => false,
  messages: () => ({
    empty: 'There is nothing to authenticate yet. Type or paste something.',
    tooLarge: 'Shorten it.',
  }),
}

function validate(draft: SignDraft, key: KmsKey, kind: SignKind): Validated<SignInput, SignDraft> {
  const { message, hash, version } = draft
  const digest = digestHash(draft, key, kind.takesDigests)
  const bytes = readMessage(message, digest, messageSizeOf(key), kind.messages(draft, key))
  if ('error' in bytes) return { errors: { message: bytes.error } }
  return {
    input: {
      input: bytes.bytes,
      ...versionInput(version, cloudOf(key.cloud).capabilities),
      ...hashInput(hash, key),
      ...(digest ? { prehashed: true } : {}),
    },
  }
}

interface MessageFormProps<Answer> extends OperationFormProps<SignDraft, Answer> {
  readonly kind: SignKind
  readonly textOf: (answer: Answer) => string
}

function MessageForm<Answer extends { readonly keyVersion?: number }>(props: MessageFormProps<Answer>) {
  const { selectedKey, draft, kind, textOf } = props
  return (
    <Panes>
      <MessagePane
        selectedKey={selectedKey}
        draft={draft}
        onEdit={props.onEdit}
        messages={kind.messages(draft, selectedKey)}
        error={props.errors.message}
        placeholder={kind.placeholder}
        takesFocus={props.takesFocus}
        takesDigests={kind.takesDigests}
        hasOptions={kind.noun === 'signature'}
        buttons={props.runButton}
        errorNote={props.errorNote}
      />
      <CiphertextResult
        selectedKey={selectedKey}
        outcome={props.outcome}
        textOf={textOf}
        noun={kind.noun}
        success={kind.success}
        carryOver={props.carryOver}
      />
    </Panes>
  )
}

/** What both operations do with their draft. */
const drafting = {
  emptyDraft: { message: emptyText, hash: undefined, prehashed: false, options: {}, version: undefined },
  forOtherKey: (draft: SignDraft) => ({ ...draft, version: undefined }),
  sameInput: (before: SignDraft, after: SignDraft) => before.version === after.version && sameMessage(before, after),
  version: draftVersion,
  blankInput: ({ hash }: SignDraft, key: KmsKey) => ({ input: new Uint8Array(), ...hashInput(hash, key) }),
}

/** Message to verify after a digest was signed, where verifying takes none. */
const messageOfDigest: EncodedText = {
  ...emptyText,
  note: 'A digest was signed. Verifying takes the message that it was made of.',
}

/** Message or digest to verify after signing. */
const verifiedInput = (draft: SignDraft, key: KmsKey) =>
  digestHash(draft, key, signatures.takesDigests) && !verifiesDigests(key)
    ? { message: messageOfDigest }
    : { message: draft.message, prehashed: draft.prehashed }

export const sign: PlaygroundOperation<'sign', SignDraft> = {
  ...drafting,
  labels: { button: 'Sign', running: 'Signing' },
  validate(draft, key) {
    const validated = validate(draft, key, signatures)
    return 'input' in validated ? { input: { ...validated.input, ...optionsInput(draft.options, key) } } : validated
  },
  blankInput: (draft, key) => ({ ...drafting.blankInput(draft, key), ...optionsInput(draft.options, key) }),
  Form: (props: OperationFormProps<SignDraft, OperationAnswers['sign']>) => (
    <MessageForm {...props} kind={signatures} textOf={({ signature }) => signature} />
  ),
  announce: ({ keyVersion }) => announceMade('Signed', keyVersion),
  carryOver: ({ signature }, draft, key) => ({
    input: { ...verifiedInput(draft, key), hash: draft.hash, options: draft.options, signature },
  }),
}

export const hmac: PlaygroundOperation<'hmac', SignDraft> = {
  ...drafting,
  labels: { button: 'Compute HMAC', running: 'Computing HMAC' },
  validate: (draft, key) => validate(draft, key, hmacs),
  Form: (props: OperationFormProps<SignDraft, OperationAnswers['hmac']>) => (
    <MessageForm {...props} kind={hmacs} textOf={({ hmac }) => hmac} />
  ),
  announce: ({ keyVersion }) => announceMade('HMAC computed', keyVersion),
  carryOver: (answer, { message, hash }) => ({ input: { message, hash, signature: answer.hmac } }),
}
