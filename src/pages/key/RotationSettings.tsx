import { Info, TriangleAlert } from 'lucide-react'
import type { FormEvent } from 'react'
import { operationCode } from '../../clouds/code-registry.ts'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import { withPermissionHint } from '../../clouds/failed-change.ts'
import { isUsable } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { Period } from '../../clouds/period.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate, formatDateTime, formatSpanInDays } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { PeriodField } from '../shared/PeriodField.tsx'
import { notValidYet, ShowCode } from '../shared/ShowCode.tsx'
import { inputOf, periodOf } from './rotation-form.ts'
import { firstDateAfterSaving } from './rotation-plan.ts'
import type { RotationForm } from './use-rotation-form.ts'

interface RotationSettingsProps {
  kmsKey: KmsKey
  /** Creation of the latest version; undefined while it is not known. */
  latestCreatedAt: number | undefined
  form: RotationForm
  now: number
}

export function RotationSettings({ kmsKey: key, latestCreatedAt, form, now }: RotationSettingsProps) {
  const { capabilities } = cloudOf(key.cloud)
  const { draft, changed, problem, refusal, disabledReason: reason, error, saving } = form
  const period = draft.automatic && problem === undefined ? periodOf(draft) : undefined
  const onPeriod = error !== undefined && detailsOf(error).field === 'rotationPeriod'
  const { default: usual, unit, presets, min, max } = capabilities.rotationPeriod
  const bounds = `${formatNumber(min)} to ${formatNumber(max)}`
  const outside = (preset = min) =>
    preset < min || preset > max ? `${cloudOf(key.cloud).name} takes ${bounds} ${unit}.` : undefined
  const input = problem === undefined ? inputOf(draft) : { automatic: true, period: { value: usual, unit } }
  const code = () => [
    {
      label: 'Code to set the rotation',
      snippets: operationCode(key, 'setRotation', input),
      note: refusal === undefined ? problem && notValidYet('period', usual) : `Not possible now: ${refusal}`,
    },
  ]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.save()
  }
  return (
    <form noValidate onSubmit={submit} aria-label="Rotation settings">
      <Panel
        title="Rotation settings"
        footer={
          <div className="flex flex-wrap items-center gap-2 print:hidden">
            <Button type="submit" variant="primary" busy={saving} disabledReason={saving ? undefined : reason}>
              {saving ? 'Saving' : 'Save rotation'}
            </Button>
            {(changed || error !== undefined) && !saving && (
              <Button variant="ghost" onClick={form.discard}>
                Discard changes
              </Button>
            )}
            {!changed && !saving && <span className="text-fg-subtle text-xs">Nothing changed yet.</span>}
          </div>
        }
      >
        <div className="grid gap-4.5">
          <Switch
            label="Rotate automatically"
            hint={
              isUsable(key) &&
              (key.can.includes('encrypt')
                ? 'New data uses the new version. Older versions still decrypt.'
                : 'The new version is used from then on. Older versions still verify.')
            }
            checked={draft.automatic}
            disabledReason={refusal}
            onChange={(automatic) => form.change({ automatic })}
          />
          {draft.automatic && (
            <>
              <PeriodField
                chosen={draft}
                onChange={form.change}
                unit={unit}
                presets={presets}
                hint={`From ${bounds} ${unit}.`}
                error={onPeriod ? detailsOf(error).message : problem}
                refusal={(preset) => refusal ?? outside(preset)}
              />
              {changed && period !== undefined && (
                <NextDate kmsKey={key} period={period} latestCreatedAt={latestCreatedAt} now={now} />
              )}
            </>
          )}
          {key.rotation.manual && <ManualRotations {...key.rotation.manual} />}
          <ul className="grid gap-1.5 text-fg-muted text-xs">
            {capabilities.rotationNotes.map((note) => (
              <li key={note} className="flex gap-2">
                <Icon of={Info} size={14} className="mt-px text-fg-subtle" />
                {note}
              </li>
            ))}
          </ul>
          <ShowCode groups={code} />
          {error !== undefined && !onPeriod && (
            <ErrorNote
              title={
                mayHaveSucceeded(error)
                  ? 'It is not known whether the rotation was saved.'
                  : 'The rotation was not saved.'
              }
              error={withPermissionHint(error, key)}
            />
          )}
        </div>
      </Panel>
    </form>
  )
}

interface NextDateProps {
  kmsKey: KmsKey
  period: Period
  latestCreatedAt: number | undefined
  now: number
}

/** Next rotation with settings that are not saved yet; the time scale has that of the saved ones. */
function NextDate({ kmsKey: key, period, latestCreatedAt, now }: NextDateProps) {
  const first = firstDateAfterSaving(key, period, latestCreatedAt, now)
  return (
    <p>
      <b className="font-medium">Next rotation, once saved:</b>{' '}
      {first === undefined
        ? 'unknown until the versions are read'
        : first <= now
          ? 'within the hour'
          : `${period.unit === 'days' ? formatDate(first) : formatDateTime(first)}, in ${formatSpanInDays(first - now)}`}
      {isUsable(key) ? '.' : ', if the key is active then.'}
    </p>
  )
}

interface ManualRotationsProps {
  used: number
  limit: number
}

/** Manual rotations left at which a warning appears. */
const FEW = 2

/** Manual rotations used, of those a key has in its lifetime. */
function ManualRotations({ used, limit }: ManualRotationsProps) {
  const left = Math.max(0, limit - used)
  return (
    <div>
      <h3 className="font-medium">Manual rotations</h3>
      <p className="flex flex-wrap items-center gap-x-2 text-fg-muted">
        <span className="tabular-nums">
          {used} of {limit} used
        </span>
        {left <= FEW && (
          <span className="inline-flex items-center gap-1 text-warning-fg text-xs">
            <Icon of={TriangleAlert} size={14} />
            {left === 0 ? 'None left. Automatic rotation continues.' : `Only ${left} left for this key.`}
          </span>
        )}
      </p>
    </div>
  )
}
