import { type ReactNode, useId } from 'react'
import type { Encoding } from '../../../lib/encodings.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Textarea } from '../../../ui/Textarea.tsx'
import { type EncodedText, encodingLabels, switchEncoding } from './encoded-text.ts'
import { FieldNote } from './FieldNote.tsx'

interface ContextFieldProps {
  readonly label?: string
  readonly text: EncodedText
  readonly onChange: (typed: EncodedText) => void
  readonly error: string | undefined
  readonly hint: string
  /** Beside the label: a small button. */
  readonly beside?: ReactNode
}

const options = (Object.keys(encodingLabels) as Encoding[]).map((value) => ({ value, label: encodingLabels[value] }))

/** Bytes that are authenticated and not stored: the same must be given again to decrypt. */
export function ContextField(props: ContextFieldProps) {
  const { label = 'Encryption context', text: typed, onChange, error, hint, beside } = props
  const id = useId()
  const note = `${id}-note`
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <div className="mb-1.5 flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <span className="text-fg-subtle">optional</span>
        {beside}
        <SegmentedControl
          label={label === 'Encryption context' ? 'Encoding of the context' : `Encoding of the ${label.toLowerCase()}`}
          className="ml-auto"
          options={options}
          value={typed.encoding}
          onChange={(encoding) => onChange(switchEncoding(typed, encoding))}
        />
      </div>
      <Textarea
        id={id}
        mono
        rows={1}
        value={typed.text}
        onChange={(event) => onChange({ text: event.target.value, encoding: typed.encoding })}
        spellCheck={false}
        autoCorrect="off"
        autoCapitalize="off"
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note}
        className="mb-1.5"
      />
      <FieldNote id={note} tone={error === undefined ? 'info' : 'error'}>
        {error ?? typed.note ?? hint}
      </FieldNote>
    </div>
  )
}
