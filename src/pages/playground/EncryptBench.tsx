import { cloudOf } from '../../clouds/queries.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { ErrorNote } from '../parts/Failure.tsx'
import { ActButton } from './ActButton.tsx'
import { type BenchProps, fileStem } from './bench-props.ts'
import { ContextField } from './ContextField.tsx'
import { Count } from './Count.tsx'
import { EntryArea, EntryModes } from './EntryArea.tsx'
import { EnvelopeOut } from './EnvelopeOut.tsx'
import { type Entry, sizeOfEntry, tooLarge } from './entry.ts'
import { MaskButton } from './MaskButton.tsx'
import { Pane, Panes } from './Pane.tsx'
import { encryptInput, LARGE_PLAINTEXT, plaintextWords, wantsDataKey } from './requests.ts'

export function EncryptBench({ chosen, control, reason, masked, onMask, arrived, onCarry, onOpen }: BenchProps) {
  const { bench, dispatch, act } = control
  const side = bench.encrypt
  const { plaintext, context, outcome } = side
  const traits = chosen && cloudOf(chosen.cloud).traits
  const size = sizeOfEntry(plaintext)
  const max = chosen && traits?.plaintext(chosen).max
  const checked = side.tried && chosen ? encryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const edit = (next: Entry) => dispatch({ type: 'edit', operation: 'encrypt', change: { plaintext: next } })
  return (
    <Panes>
      <Pane
        title="Plaintext"
        head={<EntryModes entry={plaintext} onChange={edit} />}
        end={<MaskButton masked={masked} onMask={onMask} />}
        footer={
          <>
            <Count size={size} max={max} />
            <span className="flex-1" />
            <ActButton
              operation="encrypt"
              busy={outcome.state === 'running'}
              reason={reason}
              onAct={() => chosen && act('encrypt', chosen)}
            />
          </>
        }
      >
        <EntryArea
          label="Plaintext"
          entry={plaintext}
          onChange={edit}
          problem={problems.main ?? (max === undefined ? undefined : tooLarge(size, max, plaintextWords))}
          advice={
            wantsDataKey(size, traits) && (
              <>
                Above {formatNumber(LARGE_PLAINTEXT)} bytes, a data key is the better way: it encrypts any amount on
                your side.{' '}
                <button type="button" className="link" onClick={() => onOpen('dataKey')}>
                  Open Data key
                </button>
              </>
            )
          }
          placeholder="Type or paste what to encrypt"
          masked={masked}
          arrived={arrived}
        />
        {traits?.encryptionContext && (
          <ContextField
            typed={context}
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
      <EnvelopeOut
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
