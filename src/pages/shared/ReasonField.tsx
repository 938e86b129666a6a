import { Field } from '../../ui/Field.tsx'
import { Textarea } from '../../ui/Textarea.tsx'

/** Why a reason can't be sent; undefined for one that can. The gateway has the same rule. */
export const reasonProblem = (reason: string): string | undefined =>
  reason.trim().length < 3 ? 'Enter a reason first.' : undefined

interface ReasonFieldProps {
  hint?: string
  value: string
  onChange: (value: string) => void
}

/** Reason of a request for approval, which the person who decides reads. */
export function ReasonField({ hint, value, onChange }: ReasonFieldProps) {
  return (
    <Field label="Reason" {...(hint !== undefined && { hint })}>
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          maxLength={1000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
