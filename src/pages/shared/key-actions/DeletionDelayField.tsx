import type { Range } from '../../../clouds/capabilities.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'

interface DeletionDelayFieldProps {
  label?: string
  /** Text of the field. */
  days: string
  range: Range
  /** Instant at which the key is destroyed after that many days. */
  destroyedAt: number
  error: string | undefined
  onChange: (days: string) => void
}

const presets = [7, 14, 30]

/** Whole days; NaN for any other text. */
export const parseDays = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)

/** Days until a deletion: a field and presets, with the date of the destruction. */
export function DeletionDelayField({
  label = 'Days until deletion',
  days,
  range,
  destroyedAt,
  error,
  onChange,
}: DeletionDelayFieldProps) {
  const offered = presets.filter((one) => one >= range.min && one <= range.max)
  return (
    <Field
      label={label}
      hint={`From ${range.min} to ${range.max}. That is ${formatDateTime(destroyedAt)}.`}
      error={error}
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <div className="w-18">
            <Input {...control} inputMode="numeric" value={days} onChange={(event) => onChange(event.target.value)} />
          </div>
          {offered.map((one) => (
            <Button key={one} aria-pressed={days === String(one)} onClick={() => onChange(String(one))}>
              {one} days
            </Button>
          ))}
        </div>
      )}
    </Field>
  )
}
