import type { RefObject } from 'react'
import { Field } from './Field.tsx'
import { Input } from './Input.tsx'

interface TypedConfirmationProps {
  /** What must be typed, exactly; compare it with `value` to allow the act. */
  name: string
  value: string
  onChange: (value: string) => void
  inputRef?: RefObject<HTMLInputElement | null>
}

/** The field of a dialog that destroys: "Type card-vault to confirm". */
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
