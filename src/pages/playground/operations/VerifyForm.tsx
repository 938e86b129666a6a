/** Verify and Verify HMAC: operations that check a signature or an HMAC of a message, with one form. */
import { Unplug } from 'lucide-react'
import type { OfflineInput } from '../../../clouds/cloud.ts'
import { detailsOf, type FieldName } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Button } from '../../../ui/Button.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Panes } from '../../shared/Pane.tsx'
import { type BytesInputMessages, emptyText, MAX_FILE_BYTES } from '../fields/bytes-input.ts'
import { MessagePane } from '../fields/MessagePane.tsx'
import { SignatureField } from '../fields/SignatureField.tsx'
import {
  digestHash,
  effectiveHash,
  hashInput,
  messageSizeOf,
  optionsInput,
  readMessage,
  sameMessage,
  type TakesDigests,
  takesDigest,
  verifiesDigests,
} from '../hashing.ts'
import { signatureError, signatureWarning, withoutSpace } from '../inspect/ciphertext.ts'
import { errorOf, type OperationFormProps, type PlaygroundOperation, type Validated } from '../operation.ts'
import { type VerifyDraft, VerifyResults, type VerifyTexts } from './VerifyResults.tsx'

interface VerifyKind extends VerifyTexts {
  readonly field: string
  readonly missing: string
  readonly takesDigests: TakesDigests
  readonly messages: (draft: VerifyDraft, key: KmsKey | undefined) => BytesInputMessages
  /** Field that the provider's answer names when it can't read what is checked. */
  readonly errorField: FieldName
}

const signatures: VerifyKind = {
  noun: 'signature',
  made: 'signed',
  field: 'Signature',
  missing: 'There is no signature yet. Paste one.',
  takesDigests: verifiesDigests,
  messages: ({ hash }, key) => ({
    empty: 'The message is missing. Type or paste what was signed.',
    tooLarge:
      key && verifiesDigests(key) && takesDigest(effectiveHash(hash, key))
        ? 'Verify its digest instead.'
        : 'Verify offline takes more.',
  }),
  errorField: 'signature',
}
const hmacs: VerifyKind = {
  noun: 'HMAC',
  made: 'authenticated',
  field: 'HMAC',
  missing: 'There is no HMAC yet. Paste one.',
  takesDigests: () => false,
  messages: () => ({
    empty: 'The message is missing. Type or paste what was authenticated.',
    tooLarge: 'Shorten it.',
  }),
  errorField: 'hmac',
}

interface OfflineButtonProps {
  readonly selectedKey: KmsKey | undefined
  readonly running: boolean
  readonly onRun: () => void
}

/** Needs the public key alone, which most clouds give in any state of the key. */
function OfflineButton({ selectedKey, running, onRun }: OfflineButtonProps) {
  if (selectedKey && (!cloudOf(selectedKey.cloud).verifyOffline || !selectedKey.can.includes('sign'))) return null
  const disabledReason = selectedKey
    ? cloudOf(selectedKey.cloud).publicKeyRefusal?.(selectedKey)
    : 'Choose a key first.'
  return (
    <>
      <Button size="lg" busy={running} disabledReason={disabledReason} onClick={onRun}>
        {running ? 'Verifying offline' : 'Verify offline'}
      </Button>
      <PageCommands
        commands={[
          {
            label: 'Verify offline',
            icon: Unplug,
            run: onRun,
            disabledReason: running ? 'It is running.' : disabledReason,
          },
        ]}
      />
    </>
  )
}

type VerifyAnswer = OperationAnswers['verify'] | OperationAnswers['verifyHmac']

interface MessageFormProps extends OperationFormProps<VerifyDraft, VerifyAnswer> {
  readonly kind: VerifyKind
}

function MessageForm({ kind, ...props }: MessageFormProps) {
  const { selectedKey, draft, outcome, offline, errors, onEdit } = props
  const { signature } = draft
  const capabilities = selectedKey && cloudOf(selectedKey.cloud).capabilities
  const malformed = offline.state === 'done' && 'malformed' in offline.answer ? offline.answer.malformed : undefined
  return (
    <Panes>
      <MessagePane
        selectedKey={selectedKey}
        draft={draft}
        onEdit={onEdit}
        messages={kind.messages(draft, selectedKey)}
        error={errors.message}
        placeholder="Type or paste the message"
        takesFocus={props.takesFocus}
        takesDigests={kind.takesDigests}
        hasOptions={kind.noun === 'signature'}
        buttons={
          <>
            {kind.noun === 'signature' && (
              <OfflineButton
                selectedKey={selectedKey}
                running={offline.state === 'running'}
                onRun={props.onRunOffline}
              />
            )}
            {props.runButton}
          </>
        }
        field={
          <SignatureField
            label={kind.field}
            placeholder={
              capabilities?.ciphertextPrefix === undefined
                ? `Paste the ${kind.noun}`
                : `${capabilities.ciphertextPrefix}…`
            }
            value={signature}
            onChange={(next) => onEdit({ signature: next })}
            error={errors.signature ?? malformed}
            warning={selectedKey && capabilities && signatureWarning(signature, selectedKey, capabilities, kind.noun)}
          />
        }
        errorNote={props.errorNote}
      />
      <VerifyResults texts={kind} selectedKey={selectedKey} draft={draft} outcome={outcome} offline={offline} />
    </Panes>
  )
}

const announce = (noun: string, valid: boolean) => `The ${noun} ${valid ? 'matches' : 'does not match'}.`

interface Read {
  readonly message: Uint8Array<ArrayBuffer>
  readonly signature: string
  readonly prehashed?: true
}

/** Reads a draft into the input of a request, or its errors. */
function validate<Input>(
  draft: VerifyDraft,
  key: KmsKey,
  kind: VerifyKind,
  inputOf: (read: Read) => Input,
  size = messageSizeOf(key),
): Validated<Input, VerifyDraft> {
  const digest = digestHash(draft, key, kind.takesDigests)
  const message = readMessage(draft.message, digest, size, kind.messages(draft, key))
  const signature = withoutSpace(draft.signature)
  const error = signature === '' ? kind.missing : signatureError(signature, cloudOf(key.cloud).capabilities, kind.noun)
  if ('bytes' in message && error === undefined)
    return { input: inputOf({ message: message.bytes, signature, ...(digest ? { prehashed: true } : {}) }) }
  return { errors: { message: errorOf(message), signature: error } }
}

/** What both operations do with their draft, and with an answer that says that the signature could not be read. */
const drafting = (kind: VerifyKind) => ({
  emptyDraft: { message: emptyText, hash: undefined, prehashed: false, options: {}, signature: '' },
  sameInput: (before: VerifyDraft, after: VerifyDraft) =>
    before.signature === after.signature && sameMessage(before, after),
  announce: ({ valid }: VerifyAnswer) => announce(kind.noun, valid),
  explainError(error: unknown) {
    const { reason, field } = detailsOf(error)
    if (reason !== 'invalid' || field !== kind.errorField) return undefined
    return {
      summary: 'malformed',
      errors: {
        signature: `This key’s ${kind.noun}s have another form. Check the key, and that all of it was pasted.`,
      },
    }
  },
})

const accept: PlaygroundOperation<'verify', VerifyDraft>['accept'] = ({
  message = emptyText,
  hash,
  prehashed = false,
  options = {},
  signature = '',
}) => ({ message, hash, prehashed, options, signature })

/** Hash and options as they are chosen. */
const chosenInput = ({ hash, options }: VerifyDraft, key: KmsKey) => ({
  ...hashInput(hash, key),
  ...optionsInput(options, key),
})

export const verify: PlaygroundOperation<'verify', VerifyDraft> = {
  ...drafting(signatures),
  labels: { button: 'Verify', running: 'Verifying' },
  validate: (draft, key) =>
    validate(draft, key, signatures, ({ message: input, ...read }) => ({ input, ...read, ...chosenInput(draft, key) })),
  blankInput: (draft, key) => ({ input: new Uint8Array(), signature: '', ...chosenInput(draft, key) }),
  Form: (props) => <MessageForm {...props} kind={signatures} />,
  offline: {
    // The browser takes longer messages than the KMS, and empty ones.
    validate: (draft, key) =>
      validate(draft, key, signatures, (read): OfflineInput => ({ ...read, ...chosenInput(draft, key) }), {
        min: 0,
        max: MAX_FILE_BYTES,
      }),
    announce(answer) {
      if ('malformed' in answer) return ''
      return 'unsupported' in answer ? answer.unsupported : `Offline: ${announce(signatures.noun, answer.valid)}`
    },
  },
  accept,
}

export const verifyHmac: PlaygroundOperation<'verifyHmac', VerifyDraft> = {
  ...drafting(hmacs),
  labels: { button: 'Verify HMAC', running: 'Verifying HMAC' },
  validate: (draft, key) =>
    validate(draft, key, hmacs, ({ message: input, signature }) => ({
      input,
      hmac: signature,
      ...hashInput(draft.hash, key),
    })),
  blankInput: ({ hash }, key) => ({ input: new Uint8Array(), hmac: '', ...hashInput(hash, key) }),
  Form: (props) => <MessageForm {...props} kind={hmacs} />,
  accept,
}
