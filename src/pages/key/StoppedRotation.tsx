import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'

/** Instead of the settings while the deletion is pending: what is kept, and what becomes of it. */
export function StoppedRotation({ keyOf: { cloud, rotation } }: { keyOf: KmsKey }) {
  const { afterCancelledDeletion } = cloudOf(cloud).capabilities
  const { automatic, periodInDays, manual } = rotation
  const after =
    afterCancelledDeletion === 'disabled'
      ? `The key is disabled${automatic ? '. Rotation goes on once it is enabled.' : '; enable it to use it.'}`
      : `The key is active again${automatic ? ', and rotation goes on.' : '.'}`
  return (
    <Panel title="Rotation settings">
      <PropertyList
        items={[
          { name: 'Automatic', value: automatic ? 'On, stopped until deletion is cancelled' : 'Off' },
          ...(periodInDays === undefined ? [] : [{ name: 'Period', value: `${periodInDays} days, kept` }]),
          ...(manual ? [{ name: 'Manual rotations', value: `${manual.used} of ${manual.limit} used` }] : []),
          { name: 'After cancelling', value: after },
        ]}
      />
      <p className="mt-3 text-fg-subtle text-xs">Settings can’t be changed while deletion is pending.</p>
    </Panel>
  )
}
