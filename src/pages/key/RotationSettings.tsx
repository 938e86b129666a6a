import { Info } from 'lucide-react'
import type { FormEvent } from 'react'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { operationCode } from '../../clouds/operation-code.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { withPermissionHint } from '../shared/key-actions/with-permission-hint.ts'
import { notValidYet, ShowCode } from '../shared/ShowCode.tsx'
import { ManualRotations } from './ManualRotations.tsx'
import { NextDates } from './NextDates.tsx'
import { PeriodField } from './PeriodField.tsx'
import { inputOf, periodOf, yearlyNote } from './rotation-form.ts'
import type { RotationForm } from './use-rotation-form.ts'

interface RotationSettingsProps {
  keyOf: KmsKey
  /** When the latest version was made; undefined while that is not known. */
  latestCreatedAt: number | undefined
  form: RotationForm
  now: number
}

export function RotationSettings({ keyOf: key, latestCreatedAt: latestMadeAt, form, now }: RotationSettingsProps) {
  const { capabilities: traits } = cloudOf(key.cloud)
  const { draft, changed, problem, refusal, disabledReason: reason, error, saving } = form
  const period = draft.automatic && problem === undefined ? periodOf(draft) : undefined
  const onPeriod = error !== undefined && detailsOf(error).field === 'rotationPeriod'
  const usual = traits.rotationPeriod.default
  const input = problem === undefined ? inputOf(draft) : { automatic: true, periodInDays: usual }
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
  const notes = [...traits.rotationNotes, ...(period === undefined ? [] : [yearlyNote(period)])]
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
              key.can.includes('encrypt')
                ? 'New data uses the new version. Old ciphertext stays readable: nothing has to be encrypted again.'
                : 'The new version is used from then on. What older ones made can still be checked.'
            }
            checked={draft.automatic}
            disabledReason={refusal}
            onChange={(automatic) => form.change({ automatic })}
          />
          {draft.automatic && (
            <>
              <PeriodField
                form={form}
                cloudName={cloudOf(key.cloud).name}
                range={traits.rotationPeriod}
                error={onPeriod ? detailsOf(error).message : undefined}
              />
              <NextDates keyOf={key} period={period} changed={changed} latestCreatedAt={latestMadeAt} now={now} />
            </>
          )}
          {key.rotation.manual && <ManualRotations {...key.rotation.manual} />}
          <ul className="grid gap-1.5 text-fg-muted text-xs">
            {notes.map((note) => (
              <li key={note} className="flex gap-2">
                <Icon of={Info} size={14} className="mt-px text-fg-subtle" />
                {note}
              </li>
            ))}
          </ul>
          <ShowCode groups={code} />
          {error !== undefined && !onPeriod && (
            <ErrorNote
              title={mayHaveSucceeded(error) ? 'The rotation may not have been saved.' : 'The rotation was not saved.'}
              error={withPermissionHint(error, key)}
            />
          )}
        </div>
      </Panel>
    </form>
  )
}
