import { Lock } from 'lucide-react'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { identityProperties, labelProperties, stateProperties, usageProperties } from './properties.tsx'

/** Everything that the cloud says about the key. */
export function OverviewTab({ keyOf: key, now }: { keyOf: KmsKey; now: number }) {
  const { capabilities: traits } = cloudOf(key.cloud)
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-[1180px]:grid-cols-1 print:grid-cols-1">
      <div className="grid min-w-0 gap-4">
        <Panel
          title="Identity"
          footer={
            <span className="inline-flex items-center gap-1.5 text-fg-subtle text-xs">
              <Icon of={Lock} size={12} />
              {traits.labels
                ? 'Name, description, labels and annotations can’t be changed after creation.'
                : 'Name and description can’t be changed after creation.'}
            </span>
          }
        >
          <PropertyList items={identityProperties(key)} />
        </Panel>
        {traits.labels && (
          <Panel title="Labels and annotations">
            <PropertyList items={labelProperties(key)} />
          </Panel>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <Panel title="Use">
          <PropertyList items={usageProperties(key)} />
        </Panel>
        <Panel title="State and times">
          <PropertyList items={stateProperties(key, now)} />
        </Panel>
      </div>
    </div>
  )
}
