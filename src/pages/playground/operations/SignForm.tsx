/** Sign and HMAC: operations that make a signature or an HMAC of a message, with one form. */
import type { KmsKey } from '../../../clouds/model.ts'
import type { ChosenOptions, OperationAnswers, SignInput } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Panes } from '../../shared/Pane.tsx'
import { BytesPane } from '../fields/BytesPane.tsx'
import {
  type BytesInputMessages,
  type EncodedText,
  emptyText,
  sameBytes,
  validateBytes,
} from '../fields/bytes-input.ts'
import { HashField, SignOptionFields } from '../fields/MessageOptions.tsx'
import { draftVersion, versionInput } from '../fields/VersionSelect.tsx'
import {
  type Digest,
  digestError,
  effectiveHash,
  hashInput,
  messageSizeOf,
  optionsInput,
  takesDigest,
  toDigestInput,
} from '../hashing.ts'
import { announceMade, type OperationFormProps, type PlaygroundOperation, type Validated } from '../operation.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'

export interface SignDraft {
  readonly message: EncodedText
  /** Hash by the provider's name; undefined, or one that the key doesn't have, stands for the key's default. */
  readonly hash: string | undefined
  /** Whether the message is a digest; counts for signatures of keys with a hash to choose. */
  readonly prehashed: boolean
  /** Counts for signatures; what the key doesn't have is ignored. */
  readonly options: ChosenOptions
  /** Undefined stands for the latest. */
  readonly version: number | undefined
}

const signMessages: BytesInputMessages = {
  empty: 'There is nothing to sign yet. Type or paste something.',
  tooLarge: 'Sign its digest instead.',
}
const hmacMessages: BytesInputMessages = {
  empty: 'There is nothing to authenticate yet. Type or paste something.',
  tooLarge: 'Shorten it.',
}

/** Hash that the digest was made with; undefined while a message is signed, or where the key takes no digests. */
function digestHash({ prehashed, hash }: SignDraft, key: KmsKey): Digest | undefined {
  const used = effectiveHash(hash, key)
  return prehashed && takesDigest(used) ? used : undefined
}

/** @param digest hash of the digest, where the message is one */
function validate(
  { message, hash, version }: SignDraft,
  key: KmsKey,
  messages: BytesInputMessages,
  digest?: Digest,
): Validated<SignInput, SignDraft> {
  const error = digest && digestError(message, digest)
  if (error !== undefined) return { errors: { message: error } }
  const bytes = validateBytes(message, messageSizeOf(key), messages)
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
  readonly messages: BytesInputMessages
  readonly placeholder: string
  readonly digests: boolean
  readonly noun: 'signature' | 'HMAC'
  readonly success: string
  readonly textOf: (answer: Answer) => string
}

function MessageForm<Answer extends { readonly keyVersion?: number }>(props: MessageFormProps<Answer>) {
  const { selectedKey, draft, onEdit, messages, noun, success, textOf } = props
  const { message, hash, prehashed } = draft
  const digest = props.digests && selectedKey ? digestHash(draft, selectedKey) : undefined
  const takesDigests = props.digests && selectedKey !== undefined && takesDigest(effectiveHash(hash, selectedKey))
  return (
    <Panes>
      <BytesPane
        label={digest ? 'Digest' : 'Message'}
        input={message}
        onChange={(next) => onEdit({ message: next })}
        digest={digest !== undefined}
        max={digest?.bytes ?? (selectedKey && messageSizeOf(selectedKey).max)}
        messages={digest ? undefined : messages}
        error={props.errors.message}
        placeholder={props.placeholder}
        takesFocus={props.takesFocus}
        buttons={props.runButton}
      >
        {selectedKey && (
          <HashField
            of={selectedKey}
            hash={hash}
            onHash={(next) => onEdit({ hash: next })}
            prehashed={prehashed}
            {...(takesDigests
              ? {
                  onPrehashed: (next: boolean) =>
                    onEdit({ prehashed: next, ...(next ? { message: toDigestInput(message) } : {}) }),
                }
              : {})}
          />
        )}
        {selectedKey && noun === 'signature' && (
          <SignOptionFields of={selectedKey} chosen={draft.options} onChange={(options) => onEdit({ options })} />
        )}
        {props.errorNote}
      </BytesPane>
      <CiphertextResult
        selectedKey={selectedKey}
        outcome={props.outcome}
        textOf={textOf}
        noun={noun}
        success={success}
        carryOver={props.carryOver}
      />
    </Panes>
  )
}

const SignForm = (props: OperationFormProps<SignDraft, OperationAnswers['sign']>) => (
  <MessageForm
    {...props}
    messages={signMessages}
    placeholder="Type or paste what to sign"
    digests
    noun="signature"
    success="Signed"
    textOf={({ signature }) => signature}
  />
)

const HmacForm = (props: OperationFormProps<SignDraft, OperationAnswers['hmac']>) => (
  <MessageForm
    {...props}
    messages={hmacMessages}
    placeholder="Type or paste what to authenticate"
    digests={false}
    noun="HMAC"
    success="Computed"
    textOf={({ hmac }) => hmac}
  />
)

/** What both operations do with their draft. */
const drafting = {
  emptyDraft: { message: emptyText, hash: undefined, prehashed: false, options: {}, version: undefined },
  forOtherKey: (draft: SignDraft) => ({ ...draft, version: undefined }),
  sameInput: (before: SignDraft, after: SignDraft) =>
    before.hash === after.hash &&
    before.prehashed === after.prehashed &&
    before.options === after.options &&
    before.version === after.version &&
    sameBytes(before.message, after.message),
  version: draftVersion,
  blankInput: ({ hash }: SignDraft, key: KmsKey) => ({ input: new Uint8Array(), ...hashInput(hash, key) }),
}

/** Message to verify after a digest was signed: the digest is not the message. */
const messageOfDigest: EncodedText = {
  ...emptyText,
  note: 'A digest was signed. Verifying takes the message that it was made of.',
}

export const sign: PlaygroundOperation<'sign', SignDraft> = {
  ...drafting,
  labels: { button: 'Sign', running: 'Signing' },
  validate(draft, key) {
    const validated = validate(draft, key, signMessages, digestHash(draft, key))
    return 'input' in validated ? { input: { ...validated.input, ...optionsInput(draft.options, key) } } : validated
  },
  blankInput: (draft, key) => ({ ...drafting.blankInput(draft, key), ...optionsInput(draft.options, key) }),
  Form: SignForm,
  announce: ({ keyVersion }) => announceMade('Signed', keyVersion),
  carryOver: ({ signature }, draft, key) => ({
    input: {
      message: digestHash(draft, key) ? messageOfDigest : draft.message,
      hash: draft.hash,
      options: draft.options,
      signature,
    },
  }),
}

export const hmac: PlaygroundOperation<'hmac', SignDraft> = {
  ...drafting,
  labels: { button: 'Compute HMAC', running: 'Computing HMAC' },
  validate: (draft, key) => validate(draft, key, hmacMessages),
  Form: HmacForm,
  announce: ({ keyVersion }) => announceMade('HMAC computed', keyVersion),
  carryOver: (answer, { message, hash }) => ({ input: { message, hash, signature: answer.hmac } }),
}
