/** Verify and Verify HMAC: operations that check a signature or an HMAC of a message, with one form. */
import { Unplug } from 'lucide-react'
import { useId } from 'react'
import type { OfflineInput } from '../../../clouds/cloud.ts'
import { detailsOf, type FieldName } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import type { Decoded } from '../../../lib/encodings.ts'
import { Button } from '../../../ui/Button.tsx'
import { Textarea } from '../../../ui/Textarea.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Panes } from '../../shared/Pane.tsx'
import { BytesPane } from '../fields/BytesPane.tsx'
import { type BytesInputMessages, emptyText, MAX_FILE_BYTES, sameBytes, validateBytes } from '../fields/bytes-input.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import { HashField, SignOptionFields } from '../fields/MessageOptions.tsx'
import { hashInput, messageSizeOf, optionsInput } from '../hashing.ts'
import { signatureWarning, withoutSpace } from '../inspect/ciphertext.ts'
import { errorOf, type OperationFormProps, type PlaygroundOperation, type Validated } from '../operation.ts'
import { type VerifyDraft, VerifyResults, type VerifyTexts } from './VerifyResults.tsx'

interface VerifyKind extends VerifyTexts {
  readonly field: string
  readonly missing: string
  readonly messages: BytesInputMessages
  /** Field that the provider's answer names when it can't read what is checked. */
  readonly errorField: FieldName
}

const signatures: VerifyKind = {
  noun: 'signature',
  made: 'signed',
  field: 'Signature',
  missing: 'There is no signature yet. Paste one.',
  messages: {
    empty: 'The message is missing. Type or paste what was signed.',
    tooLarge: 'Verify offline takes more.',
  },
  errorField: 'signature',
}
const hmacs: VerifyKind = {
  noun: 'HMAC',
  made: 'authenticated',
  field: 'HMAC',
  missing: 'There is no HMAC yet. Paste one.',
  messages: { empty: 'The message is missing. Type or paste what was authenticated.', tooLarge: 'Shorten it.' },
  errorField: 'hmac',
}

interface SignatureFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  /** Doubt about a value that can be sent all the same. */
  readonly warning: string | undefined
}

/** Signature or HMAC to check. */
function SignatureField({ label, placeholder, value, onChange, error, warning }: SignatureFieldProps) {
  const id = useId()
  const note = error ?? warning
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <Textarea
        id={id}
        mono
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <div className="mt-1.5">
          <FieldNote id={`${id}-note`} tone={error === undefined ? 'warning' : 'error'}>
            {note}
          </FieldNote>
        </div>
      )}
    </div>
  )
}

interface OfflineButtonProps {
  readonly selectedKey: KmsKey | undefined
  readonly running: boolean
  readonly onRun: () => void
}

/** Needs the public key alone, so that it works in any state of the key. */
function OfflineButton({ selectedKey, running, onRun }: OfflineButtonProps) {
  if (selectedKey && (!cloudOf(selectedKey.cloud).verifyOffline || !selectedKey.can.includes('sign'))) return null
  const disabledReason = selectedKey ? undefined : 'Choose a key first.'
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
  readonly hasOffline: boolean
}

function MessageForm({ kind, hasOffline, ...props }: MessageFormProps) {
  const { selectedKey, draft, outcome, offline, errors, onEdit } = props
  const { message, hash, signature } = draft
  const capabilities = selectedKey && cloudOf(selectedKey.cloud).capabilities
  const malformed = offline.state === 'done' && 'malformed' in offline.answer ? offline.answer.malformed : undefined
  return (
    <Panes>
      <BytesPane
        label="Message"
        input={message}
        onChange={(next) => onEdit({ message: next })}
        max={selectedKey && messageSizeOf(selectedKey).max}
        messages={kind.messages}
        error={errors.message}
        placeholder="Type or paste the message"
        takesFocus={props.takesFocus}
        buttons={
          <>
            {hasOffline && (
              <OfflineButton
                selectedKey={selectedKey}
                running={offline.state === 'running'}
                onRun={props.onRunOffline}
              />
            )}
            {props.runButton}
          </>
        }
      >
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
        {selectedKey && <HashField of={selectedKey} hash={hash} onHash={(next) => onEdit({ hash: next })} />}
        {selectedKey && kind.noun === 'signature' && (
          <SignOptionFields of={selectedKey} chosen={draft.options} onChange={(options) => onEdit({ options })} />
        )}
        {props.errorNote}
      </BytesPane>
      <VerifyResults texts={kind} selectedKey={selectedKey} draft={draft} outcome={outcome} offline={offline} />
    </Panes>
  )
}

const announce = (noun: string, valid: boolean) => `The ${noun} ${valid ? 'matches' : 'does not match'}.`

/** Request input of a draft whose message was read, or its errors. */
function validate<Input>(
  { signature: text }: VerifyDraft,
  { missing }: VerifyKind,
  message: Decoded,
  inputOf: (message: Uint8Array<ArrayBuffer>, signature: string) => Input,
): Validated<Input, VerifyDraft> {
  const signature = withoutSpace(text)
  if ('bytes' in message && signature !== '') return { input: inputOf(message.bytes, signature) }
  return { errors: { message: errorOf(message), signature: signature === '' ? missing : undefined } }
}

/** What both operations do with their draft, and with an answer that says that the signature could not be read. */
const drafting = (kind: VerifyKind) => ({
  emptyDraft: { message: emptyText, hash: undefined, options: {}, signature: '' },
  sameInput: (before: VerifyDraft, after: VerifyDraft) =>
    before.hash === after.hash &&
    before.options === after.options &&
    before.signature === after.signature &&
    sameBytes(before.message, after.message),
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
  options = {},
  signature = '',
}) => ({ message, hash, options, signature })

const readMessage = (draft: VerifyDraft, key: KmsKey, { messages }: VerifyKind) =>
  validateBytes(draft.message, messageSizeOf(key), messages)

export const verify: PlaygroundOperation<'verify', VerifyDraft> = {
  ...drafting(signatures),
  labels: { button: 'Verify', running: 'Verifying' },
  validate: (draft, key) =>
    validate(draft, signatures, readMessage(draft, key, signatures), (input, signature) => ({
      input,
      signature,
      ...hashInput(draft.hash, key),
      ...optionsInput(draft.options, key),
    })),
  blankInput: ({ hash, options }, key) => ({
    input: new Uint8Array(),
    signature: '',
    ...hashInput(hash, key),
    ...optionsInput(options, key),
  }),
  Form: (props) => <MessageForm {...props} kind={signatures} hasOffline />,
  offline: {
    // The browser takes longer messages than the KMS, and empty ones.
    validate: (draft, key) =>
      validate(
        draft,
        signatures,
        validateBytes(draft.message, { min: 0, max: MAX_FILE_BYTES }, signatures.messages),
        (message, signature): OfflineInput => ({
          message,
          signature,
          ...hashInput(draft.hash, key),
          ...optionsInput(draft.options, key),
        }),
      ),
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
    validate(draft, hmacs, readMessage(draft, key, hmacs), (input, hmac) => ({
      input,
      hmac,
      ...hashInput(draft.hash, key),
    })),
  blankInput: ({ hash }, key) => ({ input: new Uint8Array(), hmac: '', ...hashInput(hash, key) }),
  Form: (props) => <MessageForm {...props} kind={hmacs} hasOffline={false} />,
  accept,
}
