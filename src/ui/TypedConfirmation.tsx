import type { RefObject } from 'react'
import { Field } from './Field.tsx'
import { Input } from './Input.tsx'

interface TypedConfirmationProps {
  /** Text to type as it is seen; the caller compares it with `value`. */
  name: string
  value: string
  onChange: (value: string) => void
  inputRef?: RefObject<HTMLInputElement | null>
}

/** Printable ASCII, which every keyboard can type. */
const keyboardText = /^[\x20-\x7e]*$/

/** Confirmation field of a destructive dialog: "Type card-vault to confirm". */
export function TypedConfirmation({ name, value, onChange, inputRef }: TypedConfirmationProps) {
  return (
    <Field
      label={
        <span>
          Type <bdi className="mono select-all whitespace-pre-wrap [overflow-wrap:anywhere]">{name}</bdi> to confirm
        </span>
      }
      hint={keyboardText.test(name) ? undefined : 'Or copy it from above.'}
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
