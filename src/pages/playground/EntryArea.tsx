import { type ReactNode, useId } from 'react'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { type Entry, type Mode, modeOf, switchMode } from './entry.ts'
import { FieldNote } from './FieldNote.tsx'
import { FileArea } from './FileArea.tsx'
import { SecretArea } from './SecretArea.tsx'
import { encodingNames } from './typed.ts'

const modes: readonly { value: Mode; label: string }[] = [
  { value: 'text', label: encodingNames.text },
  { value: 'hex', label: encodingNames.hex },
  { value: 'base64', label: encodingNames.base64 },
  { value: 'file', label: 'File' },
]

interface EntryModesProps {
  readonly entry: Entry
  readonly onChange: (entry: Entry) => void
  /** Only bytes can be given: a digest. */
  readonly bytesOnly?: boolean
}

export function EntryModes({ entry, onChange, bytesOnly = false }: EntryModesProps) {
  const off = (value: Mode) => bytesOnly && (value === 'text' || value === 'file')
  return (
    <SegmentedControl
      label="Encoding"
      options={modes.map((mode) => ({
        ...mode,
        reason: off(mode.value) ? 'A digest is given in hex or base64.' : undefined,
      }))}
      value={modeOf(entry)}
      onChange={(mode) => onChange(switchMode(entry, mode))}
    />
  )
}

interface EntryAreaProps {
  readonly label: string
  readonly entry: Entry
  readonly onChange: (entry: Entry) => void
  readonly problem: string | undefined
  /** What would be better; it can be sent all the same. */
  readonly advice?: ReactNode
  /** What to type as text. */
  readonly placeholder: string
  readonly masked?: boolean
  /** It has just been filled from another tab, and takes the focus. */
  readonly arrived: boolean
}

/** What goes in: a field or a file, and under it what is wrong or worth knowing. */
export function EntryArea(props: EntryAreaProps) {
  const { label, entry, onChange, problem, advice, placeholder, masked, arrived } = props
  const noteId = useId()
  const { from, typed, file } = entry
  const note = problem ?? (from === 'typed' ? typed.note : undefined)
  const field = { invalid: problem !== undefined, describedBy: note === undefined && !advice ? undefined : noteId }
  const placeholders = { text: placeholder, hex: '48656c6c6f', base64: 'SGVsbG8=' }
  return (
    <>
      {from === 'file' ? (
        <FileArea
          label={`${label} file`}
          file={file}
          onChange={(next) => onChange({ from: 'file', typed, ...(next ? { file: next } : {}) })}
          {...field}
        />
      ) : (
        <SecretArea
          label={label}
          value={typed.text}
          onChange={(text) => onChange({ ...entry, typed: { text, encoding: typed.encoding } })}
          placeholder={placeholders[typed.encoding]}
          masked={masked === true}
          arrived={arrived}
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
