import { useId } from 'react'
import { Textarea } from '../../../ui/Textarea.tsx'
import { FieldNote } from './FieldNote.tsx'

interface SignatureFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  /** Doubt about a value that can be sent all the same. */
  readonly warning: string | undefined
}

/** Signature or HMAC to check. */
export function SignatureField({ label, placeholder, value, onChange, error, warning }: SignatureFieldProps) {
  const id = useId()
  const note = error ?? warning
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <Textarea
        id={id}
        mono
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <div className="mt-1.5">
          <FieldNote id={`${id}-note`} tone={error === undefined ? 'warning' : 'error'}>
            {note}
          </FieldNote>
        </div>
      )}
    </div>
  )
}
