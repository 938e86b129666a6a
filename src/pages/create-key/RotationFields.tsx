import type { Capabilities, Range } from '../../clouds/capabilities.ts'
import { addPeriods } from '../../clouds/period.ts'
import { formatDate, formatDateTime } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useNow } from '../shared/use-now.ts'
import { neverRotates, periodOf, type RotationDraft, rotationOf } from './draft.ts'
import { refusalText } from './fields.tsx'
import { stepLabels } from './labels.ts'
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

/** Automatic rotation and its period. */
export function RotationFields({ wizard, capabilities }: { wizard: Wizard; capabilities: Capabilities }) {
  const { draft, set, errors, refusal } = wizard
  const now = useNow()
  const rotation = rotationOf(draft, capabilities)
  const { min, max, unit } = capabilities.rotationPeriod
  const change = (part: Partial<RotationDraft>) => set('rotation', { ...rotation, ...part })
  const error = refusalText(refusal, 'rotationPeriod') ?? errors.rotationPeriod
  const other = rotation.choice === 'other'
  const period = periodOf(rotation)
  const format = unit === 'days' ? formatDate : formatDateTime
  const first = inRange(period.value, capabilities.rotationPeriod)
    ? ` First rotation on ${format(addPeriods(now, period, 1))}.`
    : ''
  return (
    <>
      <Switch
        label="Rotate automatically"
        hint="Each rotation adds a version. Earlier versions still decrypt."
        checked={rotation.automatic}
        disabledReason={
          neverRotates(draft, capabilities)
            ? `The imported material does not allow rotation. Allow it on the page ${stepLabels.material.title}.`
            : undefined
        }
        onChange={(automatic) => change({ automatic })}
      />
      {rotation.automatic ? (
        <>
          <div data-wrong={error !== undefined && !other ? true : undefined}>
            <Field group label="Period" hint={`In ${unit}.${first}`} error={other ? undefined : error}>
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
            <Field
              label={`Period in ${unit}`}
              hint={`A whole number, ${formatNumber(min)} to ${formatNumber(max)}.`}
              error={error}
            >
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
        </>
      ) : null}
    </>
  )
}
