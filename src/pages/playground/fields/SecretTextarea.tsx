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
  /** Ids of the notes under it. */
  readonly describedBy?: string | undefined
  /** It has just been filled from the other tab, and takes the focus. */
  readonly takesFocus: boolean
  /** Other fields stand beside it in the pane. */
  readonly short?: boolean
  /** A file was dropped on it. */
  readonly onFile?: (file: File) => void
}

/** The field of a pane. The browser is told to keep nothing of it: no completion, no spelling service, no password manager. */
export function SecretTextarea(props: SecretTextareaProps) {
  const {
    label,
    value,
    onChange,
    placeholder,
    masked = false,
    invalid,
    describedBy,
    takesFocus: arrived,
    short = false,
    onFile,
  } = props
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (arrived) area.current?.focus()
  }, [arrived])
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
        // Else the browser would leave the page and show the file.
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
