import { Lock, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** Error under a choice. Text fields have `error` of Field. */
export function ChoiceError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="mt-1.5 flex gap-1.5 text-danger-fg text-xs">
      <Icon of={OctagonAlert} size={14} className="mt-px" />
      <span>{children}</span>
    </p>
  )
}

/** Warning under a field that does not block the form. */
export function FieldWarning({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="mt-1.5 flex gap-1.5 text-warning-fg text-xs">
      <Icon of={TriangleAlert} size={14} className="mt-px" />
      <span>{children}</span>
    </p>
  )
}

export function PermanentNote() {
  return (
    <>
      <Icon of={Lock} size={12} />
      Can’t be changed later
    </>
  )
}

interface PermanentCheckboxProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Checkbox with an explanation; fixed at creation. */
export function PermanentCheckbox({ label, hint, checked, onChange }: PermanentCheckboxProps) {
  const hintId = useId()
  return (
    <div>
      <div className="flex items-center justify-between gap-4">
        <Checkbox
          label={<span className="font-medium">{label}</span>}
          aria-describedby={hintId}
          checked={checked}
          onChange={onChange}
        />
        <span className="inline-flex items-center gap-1 text-fg-subtle text-xs">
          <PermanentNote />
        </span>
      </div>
      <p id={hintId} className="max-w-(--measure) pl-6.5 text-fg-subtle text-xs">
        {hint}
      </p>
    </div>
  )
}
