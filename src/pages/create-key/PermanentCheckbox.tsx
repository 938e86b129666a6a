import { useId } from 'react'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { PermanentNote } from './FieldNotes.tsx'

interface PermanentCheckboxProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A box to tick with what it means; fixed once the key is made. */
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
