import { useId } from 'react'
import { cloudOf } from '../../clouds/queries.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { ErrorNote } from '../parts/Failure.tsx'
import { ActButton } from './ActButton.tsx'
import { type BenchProps, fileStem } from './bench-props.ts'
import { CiphertextOut } from './CiphertextOut.tsx'
import { ContextField } from './ContextField.tsx'
import { Count } from './Count.tsx'
import { FieldNote } from './FieldNote.tsx'
import { FileArea } from './FileArea.tsx'
import { MaskButton } from './MaskButton.tsx'
import { Pane, Panes } from './Pane.tsx'
import { type Mode, modeOf, type Plaintext, sizeOfPlaintext, switchMode, tooLarge } from './plaintext.ts'
import { encryptInput } from './requests.ts'
import { SecretArea } from './SecretArea.tsx'
import { encodingNames } from './typed.ts'

const modes: readonly { value: Mode; label: string }[] = [
  { value: 'text', label: encodingNames.text },
  { value: 'hex', label: encodingNames.hex },
  { value: 'base64', label: encodingNames.base64 },
  { value: 'file', label: 'File' },
]

const placeholders: Record<Exclude<Mode, 'file'>, string> = {
  text: 'Type or paste what to encrypt',
  hex: '48656c6c6f',
  base64: 'SGVsbG8=',
}

const noteIn = ({ from, typed }: Plaintext) => (from === 'typed' ? typed.note : undefined)

export function EncryptBench({ chosen, control, reason, masked, onMask, arrived, onCarry }: BenchProps) {
  const noteId = useId()
  const { bench, dispatch, act } = control
  const side = bench.encrypt
  const { plaintext, context, outcome } = side
  const traits = chosen && cloudOf(chosen.cloud).traits
  const size = sizeOfPlaintext(plaintext)
  const max = chosen && traits?.plaintext(chosen).max
  const checked = side.tried && chosen ? encryptInput(side, chosen) : undefined
  const problems = checked && 'problems' in checked ? checked.problems : {}
  const problem = problems.main ?? (max === undefined ? undefined : tooLarge(size, max))
  const note = problem ?? noteIn(plaintext)
  const edit = (next: Plaintext) => dispatch({ type: 'editEncrypt', change: { plaintext: next } })
  const field = { invalid: problem !== undefined, describedBy: note === undefined ? undefined : noteId }
  return (
    <Panes>
      <Pane
        title="Plaintext"
        head={
          <Segmented
            label="Encoding"
            options={modes}
            value={modeOf(plaintext)}
            onChange={(mode) => edit(switchMode(plaintext, mode))}
          />
        }
        end={<MaskButton masked={masked} onMask={onMask} />}
        footer={
          <>
            <Count size={size} max={max} />
            <span className="flex-1" />
            <ActButton
              verb="Encrypt"
              busy={outcome.state === 'running'}
              reason={reason}
              onAct={() => chosen && act('encrypt', chosen)}
            />
          </>
        }
      >
        {plaintext.from === 'file' ? (
          <FileArea
            file={plaintext.file}
            onChange={(file) => edit({ from: 'file', typed: plaintext.typed, ...(file ? { file } : {}) })}
            {...field}
          />
        ) : (
          <SecretArea
            label="Plaintext"
            value={plaintext.typed.text}
            onChange={(text) => edit({ ...plaintext, typed: { text, encoding: plaintext.typed.encoding } })}
            placeholder={placeholders[plaintext.typed.encoding]}
            masked={masked}
            arrived={arrived}
            {...field}
          />
        )}
        {note !== undefined && (
          <div className="px-3.5 pb-2.5 max-sm:px-(--gutter)">
            <FieldNote id={noteId} tone={problem === undefined ? 'info' : 'error'}>
              {note}
            </FieldNote>
          </div>
        )}
        {traits?.encryptionContext && (
          <ContextField
            typed={context}
            onChange={(next) => dispatch({ type: 'editEncrypt', change: { context: next } })}
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
      <CiphertextOut outcome={outcome} stem={chosen ? fileStem(chosen) : ''} onCarry={onCarry} />
    </Panes>
  )
}
