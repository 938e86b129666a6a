import { OctagonAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { CallErrorDetails } from '../../clouds/errors.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** Text of a refusal of this field; undefined for one of another. */
export const refusalText = (refusal: CallErrorDetails | undefined, field: string): string | undefined =>
  refusal?.field === field ? `${refusal.message} ${refusal.advice}` : undefined

/** Error under a choice. Text fields have `error` of Field. */
export function ChoiceError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mt-1.5 flex gap-1.5 text-danger-fg text-xs">
      <Icon of={OctagonAlert} size={14} className="mt-px" />
      <span className="wrap-anywhere min-w-0">{children}</span>
    </p>
  )
}

/** Choice with its error below; the first control of one with an error takes the focus. */
export function Choice({ error, children }: { error: string | undefined; children: ReactNode }) {
  return (
    <div data-wrong={error === undefined ? undefined : true}>
      {children}
      {error === undefined ? null : <ChoiceError>{error}</ChoiceError>}
    </div>
  )
}

interface HintedCheckboxProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly disabledReason?: string | undefined
  readonly onChange: (checked: boolean) => void
}

export function HintedCheckbox({ label, hint, ...checkbox }: HintedCheckboxProps) {
  const hintId = useId()
  return (
    <div>
      <Checkbox label={<span className="font-medium">{label}</span>} aria-describedby={hintId} {...checkbox} />
      <p id={hintId} className="max-w-(--measure) pl-6.5 text-fg-subtle text-xs">
        {checkbox.disabledReason ?? hint}
      </p>
    </div>
  )
}
