import type { Capabilities } from '../../clouds/capabilities.ts'
import { addDays, formatDate } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useNow } from '../shared/use-now.ts'
import { neverRotates, periodChoices, periodInDays, type RotationDraft, rotationOf } from './draft.ts'
import type { Wizard } from './use-wizard.ts'

const inRange = (days: number, { min, max }: { min: number; max: number }) =>
  Number.isInteger(days) && days >= min && days <= max

function optionsFor({ rotationPeriod }: Capabilities) {
  const { min, max } = rotationPeriod
  return periodChoices.map((choice) => ({
    value: choice,
    label: choice === 'other' ? 'Other' : choice,
    disabledReason:
      choice === 'other' || inRange(Number(choice), rotationPeriod)
        ? undefined
        : `Periods go from ${formatNumber(min)} to ${formatNumber(max)} days.`,
  }))
}

function NextDates({ days }: { days: number }) {
  const now = useNow()
  return (
    <section aria-labelledby="next-rotations">
      <h3 id="next-rotations" className="mb-1.5 font-medium">
        Next rotations
      </h3>
      <ol className="grid grid-cols-4 overflow-hidden rounded-lg border border-line max-sm:grid-cols-2">
        {[1, 2, 3, 4].map((times) => (
          <li key={times} className="-mt-px -ml-px border-line border-t border-l px-3 py-2">
            <span className="block tabular-nums">{formatDate(addDays(now, times * days))}</span>
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
  const { min, max } = capabilities.rotationPeriod
  const change = (part: Partial<RotationDraft>) => set('rotation', { ...rotation, ...part })
  const refused = refusal?.field === 'rotationPeriod' ? `${refusal.message} ${refusal.advice}` : undefined
  const error = refused ?? errors.rotationPeriod
  const other = rotation.period === 'other'
  const days = periodInDays(rotation)
  const range = `${formatNumber(min)} to ${formatNumber(max)} days`
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
            <Field group label="Period" hint={`In days, ${range}.`} error={other ? undefined : error}>
              {(control) => (
                <SegmentedControl
                  aria-labelledby={`${control.id}-label`}
                  aria-describedby={control['aria-describedby']}
                  size="md"
                  options={optionsFor(capabilities)}
                  value={rotation.period}
                  onChange={(period) => change({ period })}
                />
              )}
            </Field>
          </div>
          {other ? (
            <Field label="Period in days" hint={`A whole number, ${range}.`} error={error}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  className="max-w-40"
                  value={rotation.days}
                  onChange={({ target }) => change({ days: target.value })}
                />
              )}
            </Field>
          ) : null}
          {inRange(days, capabilities.rotationPeriod) ? <NextDates days={days} /> : null}
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
