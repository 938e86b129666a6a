import { offersOperation } from '../../../clouds/key-operations.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { OperationAnswers } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { Panes } from '../../shared/Pane.tsx'
import { type BindingDraft, BindingFields, validateBound } from '../fields/BoundFields.tsx'
import { BytesPane } from '../fields/BytesPane.tsx'
import {
  type BytesInputMessages,
  type EncodedText,
  emptyText,
  sameBytes,
  sizeOf,
  validateBytes,
} from '../fields/bytes-input.ts'
import { validateContext } from '../fields/ContextField.tsx'
import { draftVersion, versionInput } from '../fields/VersionSelect.tsx'
import { announceMade, errorOf, type OperationFormProps, type PlaygroundOperation } from '../operation.ts'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { MaskButton } from '../results/ReadOnlyOutput.tsx'

export interface EncryptDraft extends BindingDraft {
  readonly plaintext: EncodedText
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
export const recommendsDataKey = (size: number | undefined, key: KmsKey | undefined): boolean =>
  size !== undefined && size > DATA_KEY_ADVISED_ABOVE && key !== undefined && offersOperation(key, 'dataKey')

function EncryptForm(props: OperationFormProps<EncryptDraft, OperationAnswers['encrypt']>) {
  const { selectedKey, draft, errors, onEdit, masked, onMask } = props
  return (
    <Panes>
      <BytesPane
        label="Plaintext"
        input={draft.plaintext}
        onChange={(plaintext) => onEdit({ plaintext })}
        max={selectedKey && cloudOf(selectedKey.cloud).capabilities.plaintext(selectedKey).max}
        messages={messages}
        error={errors.plaintext}
        advice={
          recommendsDataKey(sizeOf(draft.plaintext), selectedKey) && (
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
        end={<MaskButton masked={masked} onMask={onMask} />}
        buttons={props.runButton}
      >
        <BindingFields
          of={selectedKey}
          draft={draft}
          onEdit={onEdit}
          errors={errors}
          hint="Authenticated and not stored: decrypting needs the same bytes."
        />
        {props.errorNote}
      </BytesPane>
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
    const context = validateContext(draft.context, key)
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
