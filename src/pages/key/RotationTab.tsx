import { Check, Undo2 } from 'lucide-react'
import { isPendingDeletion } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import type { Command } from '../commands.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { formatPeriod } from '../shared/format-time.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import { RotationHistory } from './RotationHistory.tsx'
import { RotationSettings } from './RotationSettings.tsx'
import { commandGroup } from './use-key-page-commands.ts'
import type { RotationForm } from './use-rotation-form.ts'
import type { VersionsResult } from './VersionsTab.tsx'
import { VersionTimelinePanel } from './VersionTimelinePanel.tsx'

interface RotationTabProps {
  kmsKey: KmsKey
  versions: VersionsResult
  form: RotationForm
  now: number
}

const formCommands = ({ disabledReason: reason, saving, changed, save, discard }: RotationForm): readonly Command[] => [
  { label: 'Save rotation', icon: Check, disabledReason: saving ? 'It is being saved.' : reason, run: save },
  ...(changed && !saving ? [{ label: 'Discard changes of the rotation', icon: Undo2, run: discard }] : []),
]

export function RotationTab({ kmsKey: key, versions, form, now }: RotationTabProps) {
  const latest = versions.data?.items.find(({ version }) => version === key.latestVersion)
  // The form stays while it is saved and when that was refused, also when the key can't be changed any more.
  const stopped = isPendingDeletion(key) && !form.saving && form.error === undefined
  return (
    <div className="grid gap-4">
      {stopped ? null : <PageCommands title={commandGroup(key)} commands={formCommands(form)} />}
      {versions.data === undefined && versions.error ? (
        <FailedCall
          title="The versions could not be read"
          error={versions.error}
          retrying={versions.isFetching}
          onRetry={() => void versions.refetch()}
        />
      ) : (
        <VersionTimelinePanel kmsKey={key} versions={versions.data?.items} now={now} />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.12fr)] items-start gap-4 max-[1180px]:grid-cols-[minmax(0,1fr)] print:grid-cols-[minmax(0,1fr)]">
        {stopped ? (
          <StoppedRotation kmsKey={key} />
        ) : (
          <RotationSettings kmsKey={key} latestCreatedAt={latest?.createdAt} form={form} now={now} />
        )}
        <RotationHistory kmsKey={key} versions={versions.data} now={now} failed={versions.error !== null} />
      </div>
    </div>
  )
}

/** Rotation settings while the deletion is pending, and what happens to them after cancelling. */
function StoppedRotation({ kmsKey: { cloud, rotation } }: { kmsKey: KmsKey }) {
  const { afterCancelledDeletion } = cloudOf(cloud).capabilities
  const { automatic, period, manual } = rotation
  const after =
    afterCancelledDeletion === 'disabled'
      ? `The key is disabled${automatic ? '. Rotation goes on once it is enabled.' : '; enable it to use it.'}`
      : `The key is active again${automatic ? ', and rotation goes on.' : '.'}`
  return (
    <Panel title="Rotation settings">
      <PropertyList
        items={[
          { name: 'Automatic', value: automatic ? 'On, stopped until deletion is cancelled' : 'Off' },
          ...(period === undefined ? [] : [{ name: 'Period', value: `${formatPeriod(period)}, kept` }]),
          ...(manual ? [{ name: 'Manual rotations', value: `${manual.used} of ${manual.limit} used` }] : []),
          { name: 'After cancelling', value: after },
        ]}
      />
      <p className="mt-3 text-fg-subtle text-xs">Settings can’t be changed while deletion is pending.</p>
    </Panel>
  )
}
