import { cloudOf } from '../../../clouds/queries.ts'
import { formatNumber } from '../../../lib/numbers.ts'
import { ErrorNote } from '../../shared/Failure.tsx'
import { Pane, Panes } from '../../shared/Pane.tsx'
import { ByteCount } from '../fields/ByteCount.tsx'
import { BytesField, BytesSourceControl } from '../fields/BytesField.tsx'
import { type BytesInput, sizeOf, tooLargeError } from '../fields/bytes-input.ts'
import { ContextField } from '../fields/ContextField.tsx'
import { RunButton } from '../fields/RunButton.tsx'
import { CiphertextResult } from '../results/CiphertextResult.tsx'
import { MaskButton } from '../results/MaskButton.tsx'
import { DATA_KEY_ADVISED_ABOVE, encryptInput, plaintextMessages, recommendsDataKey } from '../validate.ts'
import { fileStem, type OperationFormProps } from './operation-form-props.ts'

export function EncryptForm({ chosen, control, reason, masked, onMask, arrived, onCarry, onOpen }: OperationFormProps) {
  const { bench, dispatch, run: act } = control
  const side = bench.encrypt
  const { plaintext, context, outcome } = side
  const traits = chosen && cloudOf(chosen.cloud).capabilities
  const size = sizeOf(plaintext)
  const max = chosen && traits?.plaintext(chosen).max
  const checked = side.tried && chosen ? encryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const edit = (next: BytesInput) => dispatch({ type: 'edit', operation: 'encrypt', change: { plaintext: next } })
  return (
    <Panes>
      <Pane
        title="Plaintext"
        head={<BytesSourceControl input={plaintext} onChange={edit} />}
        end={<MaskButton masked={masked} onMask={onMask} />}
        footer={
          <>
            <ByteCount size={size} max={max} />
            <span className="flex-1" />
            <RunButton
              operation="encrypt"
              busy={outcome.state === 'running'}
              disabledReason={reason}
              onRun={() => chosen && act('encrypt', chosen)}
            />
          </>
        }
      >
        <BytesField
          label="Plaintext"
          input={plaintext}
          onChange={edit}
          error={problems.main ?? (max === undefined ? undefined : tooLargeError(size, max, plaintextMessages))}
          advice={
            recommendsDataKey(size, traits) && (
              <>
                Above {formatNumber(DATA_KEY_ADVISED_ABOVE)} bytes, a data key is the better way: it encrypts any amount
                on your side.{' '}
                <button type="button" className="link" onClick={() => onOpen('dataKey')}>
                  Open Data key
                </button>
              </>
            )
          }
          placeholder="Type or paste what to encrypt"
          masked={masked}
          takesFocus={arrived}
        />
        {traits?.encryptionContext && (
          <ContextField
            text={context}
            onChange={(next) => dispatch({ type: 'edit', operation: 'encrypt', change: { context: next } })}
            error={problems.context}
            hint="Authenticated and not stored: decrypting needs the same bytes."
          />
        )}
        {outcome.state === 'failed' && (
          <div className="p-2.5">
            <ErrorNote error={outcome.error} />
          </div>
        )}
      </Pane>
      <CiphertextResult
        outcome={outcome}
        textOf={({ ciphertext }) => ciphertext}
        noun="ciphertext"
        done="Encrypted"
        stem={chosen ? fileStem(chosen) : ''}
        carry="Use in Decrypt"
        onCarry={onCarry}
      />
    </Panes>
  )
}
