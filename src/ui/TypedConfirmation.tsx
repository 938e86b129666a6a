import type { RefObject } from 'react'
import { Field } from './Field.tsx'
import { Input } from './Input.tsx'

interface TypedConfirmationProps {
  /** Exact text to type; the caller compares it with `value`. */
  name: string
  value: string
  onChange: (value: string) => void
  inputRef?: RefObject<HTMLInputElement | null>
}

/** Confirmation field of a destructive dialog: "Type card-vault to confirm". */
export function TypedConfirmation({ name, value, onChange, inputRef }: TypedConfirmationProps) {
  return (
    <Field
      label={
        <span>
          Type <span className="mono select-all [overflow-wrap:anywhere]">{name}</span> to confirm
        </span>
      }
    >
      {(control) => (
        <Input
          {...control}
          {...(inputRef && { ref: inputRef })}
          mono
          spellCheck={false}
          autoCapitalize="none"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
