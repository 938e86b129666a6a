import type { Range } from '../../../clouds/cloud.ts'
import { formatDateTime } from '../../../lib/dates.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'

interface DeletionDelayFieldProps {
  label?: string
  /** As typed. */
  days: string
  range: Range
  /** When the key is destroyed then. */
  destroyedAt: number
  error: string | undefined
  onChange: (days: string) => void
}

const presets = [7, 14, 30]

/** How long a deletion waits: typed, or one of the usual numbers of days; with the date that it comes to. */
export function DeletionDelayField({
  label = 'Days until it is destroyed',
  days,
  range,
  destroyedAt: until,
  error,
  onChange,
}: DeletionDelayFieldProps) {
  const offered = presets.filter((one) => one >= range.min && one <= range.max)
  return (
    <Field label={label} hint={`From ${range.min} to ${range.max}. That is ${formatDateTime(until)}.`} error={error}>
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
