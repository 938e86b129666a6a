import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { requestCode } from '../../clouds/code-registry.ts'
import type { KmsKey, Location } from '../../clouds/model.ts'
import { refreshKey } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
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

const optionOf = ({ id, label, available, reason }: Location, key: KmsKey, existing: readonly string[]) => ({
  value: id,
  label: id,
  hint: label,
  disabledReason:
    id === key.location
      ? 'The primary is here'
      : existing.includes(id)
        ? 'It is here already'
        : available
          ? undefined
          : (reason ?? 'Not available'),
})

/** Choice of the zone for a new replica, with what can't be undone. */
export function ReplicateDialog({ kmsKey: key, existing, onClose }: ReplicateDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const { replicate } = cloudOf(key.cloud).operations
  const locations = useCloudLocations(key.cloud)
  const [zone, setZone] = useState<string>()
  if (!replicate) return null
  const options = (locations.data ?? []).map((location) => optionOf(location, key, existing))
  const full = options.length > 0 && options.every(({ disabledReason }) => disabledReason !== undefined)

  async function run() {
    if (zone === undefined || !replicate) return
    try {
      await replicate.run(key, { location: zone })
    } finally {
      // Also after a refusal, which often means that the key on screen is outdated.
      await refreshKey(client, key)
    }
    toast.success(`Registered ${zone} for ${key.name}.`, {
      text: 'The key appears there in a moment.',
      link: viewKey(key, 'replicas'),
    })
    onClose()
  }

  return (
    <ConfirmDialog
      wide
      title={`Replicate ${key.name}`}
      address={<LocationPath of={key} />}
      hasFields
      code={() => [
        {
          label: 'Code to replicate',
          snippets: requestCode(key, 'replicate', { location: zone ?? 'ZONE' }),
          note: zone === undefined ? 'Put the zone that should hold a replica in the place of ZONE.' : undefined,
        },
      ]}
      cancelLabel="Keep it as it is"
      confirmLabel={zone === undefined ? 'Replicate' : `Replicate to ${zone}`}
      busyLabel="Replicating"
      danger={false}
      disabledReason={full ? 'No other zone can have it now.' : zone === undefined ? 'Choose a zone first.' : undefined}
      run={run}
      describeError={(error) => ({ title: 'Not replicated.', error })}
      onClose={onClose}
    >
      <p>
        The key gets <b>the same id and the same key material</b> in the other zone: what is encrypted in one zone can
        be decrypted in the other. <b>A replica can’t be removed again</b>; it goes only when the primary is destroyed.
      </p>
      <p>
        Rotation and deletion are decided on the primary in {key.location} and follow there. Its status is its own:
        disabling the key here leaves it working there.
      </p>
      {locations.error && !locations.data ? (
        <FailedCall
          title="The zones could not be read"
          error={locations.error}
          retrying={locations.isFetching}
          onRetry={locations.refetch}
        />
      ) : (
        <Field label="Zone" hint={full ? 'Every zone that is available has it.' : undefined}>
          {(control) => (
            <Select
              {...control}
              mono
              options={options}
              value={zone}
              onChange={setZone}
              placeholder="Choose a zone"
              className="w-full"
            />
          )}
        </Field>
      )}
    </ConfirmDialog>
  )
}
