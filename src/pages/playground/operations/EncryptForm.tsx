import type { Capabilities } from '../../../clouds/capabilities.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { type BoundDraft, BoundFields, validateBound } from '../fields/BoundFields.tsx'
import { ByteCount, BytesField, LoadFileButton } from '../fields/BytesField.tsx'
import {
  type BytesInputMessages,
  type EncodedText,
  emptyText,
  sameBytes,
  sizeOf,
  tooLargeError,
  validateBytes,
} from '../fields/bytes-input.ts'
import { ContextField, validateContext } from '../fields/ContextField.tsx'
import { EncodingControl } from '../fields/EncodingControl.tsx'
import { draftVersion, versionInput } from '../fields/VersionSelect.tsx'
import { announceMade, errorOf, type OperationFormProps, type PlaygroundOperation } from '../operation.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { MaskButton } from '../results/ReadOnlyOutput.tsx'

export interface EncryptDraft {
  readonly plaintext: EncodedText
  readonly context: EncodedText
  readonly bound: BoundDraft
  /** Undefined stands for the latest. */
  readonly version: number | undefined
}

const messages: BytesInputMessages = {
  empty: 'There is nothing to encrypt yet. Type or paste something.',
  tooLarge: 'Shorten it or choose another key.',
}

/** Size in bytes above which a data key is advised. */
const DATA_KEY_ADVISED_ABOVE = 4096

/** Whether a data key is the better way for so many bytes. */
export const recommendsDataKey = (size: number | undefined, capabilities: Capabilities | undefined): boolean =>
  capabilities?.dataKey !== undefined && size !== undefined && size > DATA_KEY_ADVISED_ABOVE

function EncryptForm(props: OperationFormProps<EncryptDraft, OperationAnswers['encrypt']>) {
  const { selectedKey, draft, errors, onEdit, masked, onMask } = props
  const { plaintext, context } = draft
  const capabilities = selectedKey && cloudOf(selectedKey.cloud).capabilities
  const size = sizeOf(plaintext)
  const max = selectedKey && capabilities?.plaintext(selectedKey).max
  return (
    <Panes>
      <Pane
        title="Plaintext"
        head={<EncodingControl text={plaintext} onChange={(next) => onEdit({ plaintext: next })} />}
        end={
          <>
            <LoadFileButton input={plaintext} onChange={(next) => onEdit({ plaintext: next })} />
            <MaskButton masked={masked} onMask={onMask} />
          </>
        }
        footer={
          <>
            <ByteCount size={size} max={max} />
            <span className="flex-1" />
            {props.runButton}
          </>
        }
      >
        <BytesField
          label="Plaintext"
          input={plaintext}
          onChange={(next) => onEdit({ plaintext: next })}
          error={errors.plaintext ?? (max === undefined ? undefined : tooLargeError(size, max, messages))}
          advice={
            recommendsDataKey(size, capabilities) && (
              <>
                Above {formatNumber(DATA_KEY_ADVISED_ABOVE)} bytes, use a data key: it encrypts any amount on your side.{' '}
                <button type="button" className="link" onClick={() => props.onOpen('dataKey')}>
                  Open Data key
                </button>
              </>
            )
          }
          placeholder="Type or paste what to encrypt"
          masked={masked}
          takesFocus={props.takesFocus}
        />
        {capabilities?.encryptionContext && (
          <ContextField
            text={context}
            onChange={(next) => onEdit({ context: next })}
            error={errors.context}
            hint="Authenticated and not stored: decrypting needs the same bytes."
          />
        )}
        {selectedKey && (
          <BoundFields
            of={selectedKey}
            draft={draft.bound}
            onChange={(bound) => onEdit({ bound })}
            error={errors.bound}
          />
        )}
        {props.errorNote}
      </Pane>
      <CiphertextResult
        selectedKey={selectedKey}
        outcome={props.outcome}
        textOf={({ ciphertext }) => ciphertext}
        noun="ciphertext"
        success="Encrypted"
        carryOver={props.carryOver}
      />
    </Panes>
  )
}

export const encrypt: PlaygroundOperation<'encrypt', EncryptDraft> = {
  labels: { button: 'Encrypt', running: 'Encrypting' },
  emptyDraft: { plaintext: emptyText, context: emptyText, bound: {}, version: undefined },
  forOtherKey: (draft) => ({ ...draft, version: undefined }),
  sameInput: (before, after) =>
    before.context === after.context &&
    before.bound === after.bound &&
    before.version === after.version &&
    sameBytes(before.plaintext, after.plaintext),
  version: draftVersion,
  hasSecretInput: true,
  validate(draft, key) {
    const { capabilities } = cloudOf(key.cloud)
    const plaintext = validateBytes(draft.plaintext, capabilities.plaintext(key), messages)
    const context = validateContext(draft.context, capabilities)
    const bound = validateBound(draft.bound, key)
    if ('bytes' in plaintext && !('error' in context) && 'input' in bound) {
      const version = versionInput(draft.version, capabilities)
      return { input: { plaintext: plaintext.bytes, ...context, ...bound.input, ...version } }
    }
    return { errors: { plaintext: errorOf(plaintext), context: errorOf(context), bound: errorOf(bound) } }
  },
  blankInput: () => ({ plaintext: new Uint8Array() }),
  Form: EncryptForm,
  announce: ({ keyVersion }) => announceMade('Encrypted', keyVersion),
  made: ({ ciphertext }) => ciphertext,
  carryOver: ({ ciphertext }, { context, bound }) => ({ input: { ciphertext, context, bound } }),
  accept: ({ plaintext = emptyText, context = emptyText, bound = {} }, draft) => ({
    ...draft,
    plaintext,
    context,
    bound,
  }),
}
