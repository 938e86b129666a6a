import { useEffect, useRef } from 'react'
import { cx } from '../../../ui/classes.ts'
import { areaClass } from '../../shared/Pane.tsx'

interface SecretTextareaProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder: string
  readonly masked?: boolean
  readonly invalid: boolean
  /** Id of the note under it. */
  readonly describedBy?: string | undefined
  /** Whether the field has just been filled from another operation. */
  readonly takesFocus: boolean
  /** Whether other fields stand beside it in the pane. */
  readonly short?: boolean
  /** Called with a file that is dropped on the field. */
  readonly onFile?: (file: File) => void
}

/** Text field of which the browser keeps nothing: no completion, no spelling service, no password manager. */
export function SecretTextarea(props: SecretTextareaProps) {
  const { label, value, onChange, placeholder, masked = false, invalid } = props
  const { describedBy, takesFocus, short = false, onFile } = props
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (takesFocus) area.current?.focus()
  }, [takesFocus])
  return (
    <textarea
      ref={area}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files
        if (!file || !onFile) return
        // Without this, the browser leaves the page and shows the file.
        event.preventDefault()
        onFile(file)
      }}
      placeholder={placeholder}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      className={cx(
        areaClass(short ? 'short' : 'tall'),
        'resize-none bg-surface aria-invalid:shadow-[inset_0_0_0_2px_var(--color-danger-mark)]',
        masked && '[-webkit-text-security:disc]',
      )}
    />
  )
}
