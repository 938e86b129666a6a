import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { requestCode } from '../../clouds/code-registry.ts'
import { operationOf } from '../../clouds/key-operations.ts'
import type { KmsKey, Location } from '../../clouds/model.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ConfirmDialog } from '../shared/ConfirmDialog.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { viewKey } from '../shared/KeyLink.tsx'
import { LocationPath } from '../shared/LocationPath.tsx'
import { useCloudLocations } from '../use-cloud-locations.ts'

interface ReplicateDialogProps {
  /** The primary. */
  kmsKey: KmsKey
  /** Locations that have the key. */
  existing: readonly string[]
  onClose: () => void
}

/** Why a location can't get a replica; undefined when it can. */
function refusalOf({ id, available, reason }: Location, key: KmsKey, existing: readonly string[]): string | undefined {
  if (id === key.location) return 'The primary is here'
  if (existing.includes(id)) return 'Has a replica'
  return available ? undefined : (reason ?? 'Not available')
}

const listFormat = new Intl.ListFormat('en')

/** Choice of the zones for new replicas, with what can't be undone. */
export function ReplicateDialog({ kmsKey: key, existing, onClose }: ReplicateDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const replicate = operationOf(key, 'replicate')
  const locations = useCloudLocations(key.cloud)
  const [chosen, setChosen] = useState<readonly string[]>([])
  if (!replicate) return null
  const options = (locations.data ?? []).map((one) => ({ ...one, refusal: refusalOf(one, key, existing) }))
  const full = options.length > 0 && options.every(({ refusal }) => refusal !== undefined)
  // A replica that was added before another one failed is not asked for again.
  const zones = chosen.filter((zone) => !existing.includes(zone))

  async function run() {
    if (!replicate) return
    try {
      for (const location of zones) await replicate.run(key, { location })
    } finally {
      // Also after a refusal, which often means that the key on screen is outdated.
      await refreshKey(client, key)
    }
    toast.success(
      `Added ${zones.length === 1 ? 'a replica' : 'replicas'} of ${key.name} in ${listFormat.format(zones)}.`,
      {
        text: 'The tab Replicas shows the state of replication.',
        link: viewKey(key, 'replicas'),
      },
    )
    onClose()
  }

  return (
    <ConfirmDialog
      wide
      title={`Replicate ${key.name}`}
      address={<LocationPath of={key} />}
      hasFields
      code={() =>
        (zones.length === 0 ? ['ZONE'] : zones).map((location) => ({
          label: zones.length > 1 ? `Code to replicate to ${location}` : 'Code to replicate',
          snippets: requestCode(key, 'replicate', { location }),
          note: zones.length === 0 ? 'Replace ZONE by the zone of the new replica.' : undefined,
        }))
      }
      cancelLabel="Cancel"
      confirmLabel={
        zones.length === 0 ? 'Replicate' : `Replicate to ${zones.length === 1 ? zones[0] : `${zones.length} zones`}`
      }
      busyLabel="Replicating"
      danger={false}
      disabledReason={full ? 'No other zone is available.' : zones.length === 0 ? 'Choose a zone first.' : undefined}
      run={run}
      describeError={(error) => ({ title: 'Not replicated to every zone.', error })}
      onClose={onClose}
    >
      <p>
        Each zone gets <b>the same id and key material</b>. <b>A replica can’t be deleted alone</b>; it is deleted with
        the primary.
      </p>
      {locations.error && !locations.data ? (
        <FailedCall
          title="The zones could not be read"
          error={locations.error}
          retrying={locations.isFetching}
          onRetry={locations.refetch}
        />
      ) : (
        <fieldset className="grid grid-cols-2 gap-x-4 gap-y-2 max-sm:grid-cols-1">
          <legend className="mb-1.5 font-medium text-sm">Zones</legend>
          {options.map(({ id, label, refusal }) => (
            <Checkbox
              key={id}
              label={<span className="mono">{id}</span>}
              hint={refusal ?? label}
              disabledReason={refusal}
              checked={zones.includes(id)}
              onChange={(checked) => setChosen(checked ? [...zones, id] : zones.filter((zone) => zone !== id))}
            />
          ))}
        </fieldset>
      )}
    </ConfirmDialog>
  )
}
