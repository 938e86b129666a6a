import { type ReactNode, useId } from 'react'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { type BytesInput, type BytesSource, sourceOf, switchSource } from './bytes-input.ts'
import { encodingLabels } from './encoded-text.ts'
import { FieldNote } from './FieldNote.tsx'
import { FileField } from './FileField.tsx'
import { SecretTextarea } from './SecretTextarea.tsx'

const modes: readonly { value: BytesSource; label: string }[] = [
  { value: 'text', label: encodingLabels.text },
  { value: 'hex', label: encodingLabels.hex },
  { value: 'base64', label: encodingLabels.base64 },
  { value: 'file', label: 'File' },
]

interface BytesSourceControlProps {
  readonly input: BytesInput
  readonly onChange: (entry: BytesInput) => void
  /** Only bytes can be given: a digest. */
  readonly bytesOnly?: boolean
}

export function BytesSourceControl({ input: entry, onChange, bytesOnly = false }: BytesSourceControlProps) {
  const off = (value: BytesSource) => bytesOnly && (value === 'text' || value === 'file')
  return (
    <SegmentedControl
      label="Encoding"
      options={modes.map((mode) => ({
        ...mode,
        disabledReason: off(mode.value) ? 'A digest is given in hex or base64.' : undefined,
      }))}
      value={sourceOf(entry)}
      onChange={(mode) => onChange(switchSource(entry, mode))}
    />
  )
}

interface BytesFieldProps {
  readonly label: string
  readonly input: BytesInput
  readonly onChange: (entry: BytesInput) => void
  readonly error: string | undefined
  /** What would be better; it can be sent all the same. */
  readonly advice?: ReactNode
  /** What to type as text. */
  readonly placeholder: string
  readonly masked?: boolean
  /** It has just been filled from another tab, and takes the focus. */
  readonly takesFocus: boolean
}

/** What goes in: a field or a file, and under it what is wrong or worth knowing. */
export function BytesField(props: BytesFieldProps) {
  const { label, input: entry, onChange, error: problem, advice, placeholder, masked, takesFocus: arrived } = props
  const noteId = useId()
  const { from, typed, file } = entry
  const note = problem ?? (from === 'typed' ? typed.note : undefined)
  const field = { invalid: problem !== undefined, describedBy: note === undefined && !advice ? undefined : noteId }
  const placeholders = { text: placeholder, hex: '48656c6c6f', base64: 'SGVsbG8=' }
  return (
    <>
      {from === 'file' ? (
        <FileField
          label={`${label} file`}
          file={file}
          onChange={(next) => onChange({ from: 'file', typed, ...(next ? { file: next } : {}) })}
          {...field}
        />
      ) : (
        <SecretTextarea
          label={label}
          value={typed.text}
          onChange={(text) => onChange({ ...entry, typed: { text, encoding: typed.encoding } })}
          placeholder={placeholders[typed.encoding]}
          masked={masked === true}
          takesFocus={arrived}
          {...field}
        />
      )}
      {(note !== undefined || advice) && (
        <div id={noteId} className="grid gap-1.5 px-3.5 pt-1.5 pb-2.5 max-sm:px-(--gutter)">
          {note !== undefined && <FieldNote tone={problem === undefined ? 'info' : 'error'}>{note}</FieldNote>}
          {advice && <FieldNote tone="warning">{advice}</FieldNote>}
        </div>
      )}
    </>
  )
}
