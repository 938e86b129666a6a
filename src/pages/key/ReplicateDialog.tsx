import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KmsKey, Location } from '../../clouds/model.ts'
import { cloudOf, refreshKey } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { ErrorNote, FailedCall } from '../shared/Failure.tsx'
import { viewKey } from '../shared/KeyLink.tsx'
import { LocationPath } from '../shared/LocationPath.tsx'
import { ShowCode } from '../shared/ShowCode.tsx'
import { useCloudLocations } from '../use-cloud-locations.ts'

interface ReplicateDialogProps {
  /** The primary. */
  keyOf: KmsKey
  /** Locations that have it. */
  existing: readonly string[]
  onClose: () => void
}

const optionOf = ({ id, label, available, reason }: Location, key: KmsKey, taken: readonly string[]) => ({
  value: id,
  label: id,
  hint: label,
  disabledReason:
    id === key.location
      ? 'The primary is here'
      : taken.includes(id)
        ? 'It is here already'
        : available
          ? undefined
          : (reason ?? 'Not available'),
})

/** Asks where to, and says what can't be taken back. Stays open with the error when it is refused. */
export function ReplicateDialog({ keyOf: key, existing: taken, onClose }: ReplicateDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const { replicate } = cloudOf(key.cloud).operations
  const locations = useCloudLocations(key.cloud)
  const [zone, setZone] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  if (!replicate) return null
  const options = (locations.data ?? []).map((location) => optionOf(location, key, taken))
  const full = options.length > 0 && options.every(({ disabledReason }) => disabledReason !== undefined)
  const why = full ? 'No other zone can have it now.' : zone === undefined ? 'Choose a zone first.' : undefined

  async function submit() {
    if (zone === undefined || why !== undefined || busy || !replicate) return
    setBusy(true)
    setError(undefined)
    try {
      await replicate.run(key, { location: zone })
      toast.success(`Registered ${zone} for ${key.name}.`, {
        text: 'The key appears there in a moment.',
        link: viewKey(key, 'replicas'),
      })
      onClose()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    } finally {
      // Also after a refusal: it often means that the key is not what this page believes.
      await refreshKey(client, key)
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      busy={busy}
      title={`Replicate ${key.name}`}
      address={<LocationPath of={key} />}
      error={error === undefined ? undefined : <ErrorNote title="Not replicated." error={error} />}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button type="submit" variant="primary" busy={busy} disabledReason={busy ? undefined : why}>
            {busy ? 'Replicating' : zone === undefined ? 'Replicate' : `Replicate to ${zone}`}
          </Button>
        </>
      }
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
      <ShowCode
        groups={() => [
          {
            label: 'Code to replicate',
            snippets: replicate.code(key, { location: zone ?? 'ZONE' }),
            note: zone === undefined ? 'Put the zone that should hold a replica in the place of ZONE.' : undefined,
          },
        ]}
      />
    </Dialog>
  )
}
