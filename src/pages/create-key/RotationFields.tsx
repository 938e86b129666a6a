import type { Capabilities, Range } from '../../clouds/capabilities.ts'
import { addPeriods } from '../../clouds/period.ts'
import { formatDate, formatDateTime } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Switch } from '../../ui/Switch.tsx'
import { PeriodField } from '../shared/PeriodField.tsx'
import { useNow } from '../shared/use-now.ts'
import { neverRotates, periodOf, type RotationDraft, rotationOf } from './draft.ts'
import { refusalText } from './fields.tsx'
import { stepLabels } from './labels.ts'
import type { Wizard } from './use-wizard.ts'

const inRange = (value: number, { min, max }: Range) => Number.isInteger(value) && value >= min && value <= max

/** Automatic rotation and its period. */
export function RotationFields({ wizard, capabilities }: { wizard: Wizard; capabilities: Capabilities }) {
  const { draft, set, errors, refusal } = wizard
  const now = useNow()
  const rotation = rotationOf(draft, capabilities)
  const range = capabilities.rotationPeriod
  const { unit } = range
  const bounds = `${formatNumber(range.min)} to ${formatNumber(range.max)}`
  const change = (part: Partial<RotationDraft>) => set('rotation', { ...rotation, ...part })
  const period = periodOf(rotation)
  const format = unit === 'days' ? formatDate : formatDateTime
  const first = inRange(period.value, range) ? ` First rotation on ${format(addPeriods(now, period, 1))}.` : ''
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
        <PeriodField
          chosen={rotation}
          onChange={change}
          unit={unit}
          presets={range.presets}
          hint={`From ${bounds} ${unit}.${first}`}
          error={refusalText(refusal, 'rotationPeriod') ?? errors.rotationPeriod}
          refusal={(preset) =>
            preset === undefined || inRange(preset, range) ? undefined : `Periods go from ${bounds} ${unit}.`
          }
        />
      ) : null}
    </>
  )
}
