import { type ReactNode, useId, useMemo } from 'react'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { operationsOf } from '../../../clouds/offered-operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Code } from '../../../ui/Code.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { formatKeyAddress } from '../../key-address.ts'
import { describeUnread, type KeyOption, keyOptionsOf } from '../../shared/key-picker-groups.ts'
import type { AllKeys } from '../../use-keys.ts'
import { FieldNote } from '../fields/FieldNote.tsx'

interface DestinationFieldProps {
  readonly list: AllKeys
  readonly selectedKey: KmsKey
  /** Undefined stands for the selected key itself. */
  readonly destination: KmsKey | undefined
  readonly onChange: (destination: KmsKey | undefined) => void
}

const ITSELF = 'This key’s latest version'

/** Other keys of the same provider and location that can encrypt; those that can't now come last, with the reason. */
export function destinationsOf(keys: readonly KmsKey[], selectedKey: KmsKey): readonly KeyOption[] {
  const own = formatKeyAddress(addressOf(selectedKey))
  return keyOptionsOf(
    keys.filter(
      (key) =>
        key.cloud === selectedKey.cloud &&
        key.location === selectedKey.location &&
        formatKeyAddress(addressOf(key)) !== own &&
        operationsOf(key).includes('reEncrypt'),
    ),
    'reEncrypt',
  )
}

function PickerFooter({ list, selectedKey }: { list: AllKeys; selectedKey: KmsKey }) {
  const { cloud, location } = selectedKey
  const missing = describeUnread(
    list.missing.filter((one) => one.cloud === cloud && (one.location ?? location) === location),
  )
  return (
    <>
      <span>
        Only keys of the same {cloudOf(cloud).capabilities.locationNoun}, <Code>{location}</Code>
      </span>
      {missing !== undefined && <span className="text-warning-fg">{missing}</span>}
    </>
  )
}

const SelectedOption = ({ name, end }: { name: ReactNode; end: ReactNode }) => (
  <span className="flex min-w-0 items-center gap-3">
    <b className="min-w-0 flex-1 truncate font-medium max-sm:text-md">{name}</b>
    <span className="shrink-0 text-fg-subtle text-xs">{end}</span>
  </span>
)

/** Key that the new ciphertext belongs to: the latest version of the selected one, or another beside it. */
export function DestinationField({ list, selectedKey, destination, onChange }: DestinationFieldProps) {
  const id = useId()
  const others = useMemo(() => destinationsOf(list.keys, selectedKey), [list.keys, selectedKey])
  const other = destination && others.find(({ key }) => key.id === destination.id)
  const itself = {
    key: formatKeyAddress(addressOf(selectedKey)),
    value: undefined,
    text: ITSELF,
    end: <>version {selectedKey.latestVersion}</>,
  }
  const groups = [
    { key: 'itself', label: <b className="font-medium">{selectedKey.name}</b>, options: [itself] },
    {
      key: 'others',
      label: 'Other keys',
      options: others.map(({ id, key, refusal }) => ({
        key: id,
        value: key,
        text: key.name,
        keywords: [key.id, key.slug, key.type].join(' '),
        end: <Code>{key.type}</Code>,
        disabledReason: refusal,
      })),
    },
  ]
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <div aria-hidden className="mb-1.5 font-medium">
        Destination key
      </div>
      <Picker<KmsKey | undefined>
        label="Destination key"
        groups={groups.filter(({ options }) => options.length > 0)}
        selected={destination ? other?.id : itself.key}
        onChange={onChange}
        searchPlaceholder={`Find a key in ${selectedKey.location}`}
        none="No key matches."
        footer={<PickerFooter list={list} selectedKey={selectedKey} />}
        aria-describedby={other?.refusal === undefined ? undefined : `${id}-note`}
        className="w-full"
      >
        {destination ? (
          <SelectedOption name={destination.name} end={other ? `version ${other.key.latestVersion}` : ''} />
        ) : (
          <SelectedOption name={ITSELF} end={itself.end} />
        )}
      </Picker>
      {other?.refusal !== undefined && (
        <div className="mt-1.5">
          <FieldNote id={`${id}-note`} tone="warning">
            {`${other.key.name} can’t be used now. ${other.refusal}`}
          </FieldNote>
        </div>
      )}
    </div>
  )
}
