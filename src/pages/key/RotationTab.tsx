import type { UseQueryResult } from '@tanstack/react-query'
import { Check, Undo2 } from 'lucide-react'
import type { Listed } from '../../clouds/answer.ts'
import { isPendingDeletion } from '../../clouds/key-status.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { formatPeriod } from '../../clouds/period.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { usePrinting } from '../../ui/use-media.ts'
import type { Command } from '../commands.ts'
import { useVersionAuthors } from '../shared/activity/use-version-authors.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { RotationSettings } from './RotationSettings.tsx'
import { commandGroup } from './use-key-page-commands.ts'
import type { RotationForm } from './use-rotation-form.ts'
import { VersionTable } from './VersionTable.tsx'
import { VersionTimelinePanel } from './VersionTimelinePanel.tsx'

interface RotationTabProps {
  kmsKey: KmsKey
  /** Query of all versions, the latest first. */
  versions: UseQueryResult<Listed<KeyVersion>>
  form: RotationForm
  now: number
}

const formCommands = ({ disabledReason: reason, saving, changed, save, discard }: RotationForm): readonly Command[] => [
  { label: 'Save rotation', icon: Check, disabledReason: saving ? 'It is being saved.' : reason, run: save },
  ...(changed && !saving ? [{ label: 'Discard changes of the rotation', icon: Undo2, run: discard }] : []),
]

const noVersions: readonly KeyVersion[] = []

/** Versions of a key on a time scale and as a table, and the settings of its rotation. */
export function RotationTab({ kmsKey: key, versions, form, now }: RotationTabProps) {
  const { data, error } = versions
  const { authors } = useVersionAuthors(key, data?.items ?? noVersions)
  const latest = data?.items.find(({ version }) => version === key.latestVersion)
  // The form stays while it is saved and when that was refused, also when the key can't be changed any more.
  const stopped = isPendingDeletion(key) && !form.saving && form.error === undefined
  const printing = usePrinting()
  const failed = data === undefined && error !== null
  return (
    <div className="grid gap-4">
      {stopped ? null : <PageCommands title={commandGroup(key)} commands={formCommands(form)} />}
      {failed ? (
        <FailedCall
          title="The versions could not be read"
          error={error}
          retrying={versions.isFetching}
          onRetry={() => void versions.refetch()}
        />
      ) : (
        <VersionTimelinePanel kmsKey={key} versions={data?.items} now={now} />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.12fr)] items-start gap-4 max-[1180px]:grid-cols-[minmax(0,1fr)] print:grid-cols-[minmax(0,1fr)]">
        {stopped || printing ? (
          <RotationFacts kmsKey={key} />
        ) : (
          <RotationSettings kmsKey={key} latestCreatedAt={latest?.createdAt} form={form} now={now} />
        )}
        {failed ? null : <VersionTable kmsKey={key} versions={data} authors={authors} now={now} />}
      </div>
    </div>
  )
}

/** Rotation settings while the deletion is pending, and in print. */
function RotationFacts({ kmsKey: key }: { kmsKey: KmsKey }) {
  const { automatic, period, manual } = key.rotation
  const pending = isPendingDeletion(key)
  return (
    <Panel title="Rotation settings">
      <PropertyList
        items={[
          {
            name: 'Automatic',
            value: automatic ? (pending ? 'On, stopped until deletion is cancelled' : 'On') : 'Off',
          },
          ...(period === undefined ? [] : [{ name: 'Period', value: formatPeriod(period) }]),
          ...(manual ? [{ name: 'Manual rotations', value: `${manual.used} of ${manual.limit} used` }] : []),
        ]}
      />
      {pending && <p className="mt-3 text-fg-subtle text-xs">Settings can’t be changed while deletion is pending.</p>}
    </Panel>
  )
}
