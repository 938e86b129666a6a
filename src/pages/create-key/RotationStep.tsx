import type { Capabilities, Range } from '../../clouds/capabilities.ts'
import { addPeriods, type Period } from '../../clouds/period.ts'
import { formatDate, formatDateTime } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useNow } from '../shared/use-now.ts'
import { neverRotates, periodOf, type RotationDraft, rotationOf } from './draft.ts'
import type { Wizard } from './use-wizard.ts'

const inRange = (value: number, { min, max }: Range) => Number.isInteger(value) && value >= min && value <= max

function optionsFor({ rotationPeriod }: Capabilities) {
  const { min, max, unit, presets } = rotationPeriod
  const outside = `Periods go from ${formatNumber(min)} to ${formatNumber(max)} ${unit}.`
  return [
    ...presets.map((preset) => ({
      value: String(preset),
      label: String(preset),
      disabledReason: inRange(preset, rotationPeriod) ? undefined : outside,
    })),
    { value: 'other', label: 'Other' },
  ]
}

function NextDates({ period }: { period: Period }) {
  const format = period.unit === 'days' ? formatDate : formatDateTime
  const now = useNow()
  return (
    <section aria-labelledby="next-rotations">
      <h3 id="next-rotations" className="mb-1.5 font-medium">
        Next rotations
      </h3>
      <ol className="grid grid-cols-4 overflow-hidden rounded-lg border border-line max-sm:grid-cols-2">
        {[1, 2, 3, 4].map((times) => (
          <li key={times} className="-mt-px -ml-px border-line border-t border-l px-3 py-2">
            <span className="block tabular-nums">{format(addPeriods(now, period, times))}</span>
            <span className="text-fg-subtle text-xs">makes version {times + 1}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Automatic rotation and its period. */
export function RotationStep({ draft, set, errors, refusal, capabilities }: Wizard) {
  if (!capabilities) return null
  const rotation = rotationOf(draft, capabilities)
  const never = neverRotates(draft, capabilities)
  const { min, max, unit } = capabilities.rotationPeriod
  const change = (part: Partial<RotationDraft>) => set('rotation', { ...rotation, ...part })
  const refused = refusal?.field === 'rotationPeriod' ? `${refusal.message} ${refusal.advice}` : undefined
  const error = refused ?? errors.rotationPeriod
  const other = rotation.choice === 'other'
  const period = periodOf(rotation)
  const range = `${formatNumber(min)} to ${formatNumber(max)} ${unit}`
  return (
    <div className="grid gap-[18px]">
      <Switch
        label="Rotate automatically"
        hint="Each rotation adds a version. It encrypts from then on; earlier versions go on decrypting."
        checked={rotation.automatic}
        disabledReason={
          never
            ? 'The material is imported without Allow rotation, so the key never rotates. Allow it in step Material first.'
            : undefined
        }
        onChange={(automatic) => change({ automatic })}
      />
      {rotation.automatic ? (
        <>
          <div data-wrong={error !== undefined && !other ? true : undefined}>
            <Field group label="Period" hint={`In ${unit}, ${range}.`} error={other ? undefined : error}>
              {(control) => (
                <SegmentedControl
                  aria-labelledby={`${control.id}-label`}
                  aria-describedby={control['aria-describedby']}
                  size="md"
                  options={optionsFor(capabilities)}
                  value={rotation.choice}
                  onChange={(choice) => change({ choice })}
                />
              )}
            </Field>
          </div>
          {other ? (
            <Field label={`Period in ${unit}`} hint={`A whole number, ${range}.`} error={error}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  className="max-w-40"
                  value={rotation.other}
                  onChange={({ target }) => change({ other: target.value })}
                />
              )}
            </Field>
          ) : null}
          {inRange(period.value, capabilities.rotationPeriod) ? <NextDates period={period} /> : null}
        </>
      ) : (
        <p className="text-fg-muted">
          {never
            ? 'Version 1, your material, stays the only one.'
            : 'Version 1 stays the latest until somebody rotates the key.'}
        </p>
      )}
      {never ? null : (
        <ul className="grid gap-1 text-fg-subtle text-xs">
          {capabilities.rotationNotes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          <li>Automatic rotation and its period can be changed at any time.</li>
        </ul>
      )}
    </div>
  )
}
