import { type ReactNode, useId, useMemo } from 'react'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/queries.ts'
import { Code } from '../../../ui/Code.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { formatMissing } from '../../shared/key-picker-groups.ts'
import type { AllKeys } from '../../use-keys.ts'
import { FieldNote } from '../fields/FieldNote.tsx'
import type { Destination } from '../playground-state.ts'
import { addressText } from '../playground-url.ts'
import { destinationsOf } from './destinations.ts'

interface DestinationFieldProps {
  readonly list: AllKeys
  readonly chosen: KmsKey
  /** Undefined is the chosen key itself. */
  readonly destination: Destination | undefined
  readonly onChange: (destination: Destination | undefined) => void
}

const ITSELF = 'This key’s newest version'

function Foot({ list, chosen }: { list: AllKeys; chosen: KmsKey }) {
  const { cloud, location } = chosen
  const missing = formatMissing(
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

const Shown = ({ name, end }: { name: ReactNode; end: ReactNode }) => (
  <span className="flex min-w-0 items-center gap-3">
    <b className="min-w-0 flex-1 truncate font-medium max-sm:text-md">{name}</b>
    <span className="shrink-0 text-fg-subtle text-xs">{end}</span>
  </span>
)

/** The key that the new ciphertext belongs to: the chosen one with its newest version, or another beside it. */
export function DestinationField({ list, chosen, destination, onChange }: DestinationFieldProps) {
  const id = useId()
  const others = useMemo(() => destinationsOf(list.keys, chosen), [list.keys, chosen])
  const other = destination && others.find(({ key }) => key.id === destination.id)
  const itself = {
    key: addressText(addressOf(chosen)),
    value: undefined,
    text: ITSELF,
    end: <>version {chosen.latestVersion}</>,
  }
  const groups = [
    { key: 'itself', label: <b className="font-medium">{chosen.name}</b>, options: [itself] },
    {
      key: 'others',
      label: 'Other keys',
      options: others.map(({ id: key, key: { id, name, slug, type }, refusal }) => ({
        key,
        value: { id, name },
        text: name,
        keywords: [id, slug, type].join(' '),
        end: <Code>{type}</Code>,
        disabledReason: refusal,
      })),
    },
  ]
  return (
    <div className="border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      <div aria-hidden className="mb-1.5 font-medium">
        Destination key
      </div>
      <Picker<Destination | undefined>
        label="Destination key"
        groups={groups.filter(({ options }) => options.length > 0)}
        selected={destination ? other?.id : itself.key}
        onChange={onChange}
        searchPlaceholder={`Find a key in ${chosen.location}`}
        none="No key matches."
        footer={<Foot list={list} chosen={chosen} />}
        aria-describedby={other?.refusal === undefined ? undefined : `${id}-note`}
        className="w-full"
      >
        {destination ? (
          <Shown name={destination.name} end={other ? `version ${other.key.latestVersion}` : ''} />
        ) : (
          <Shown name={ITSELF} end={itself.end} />
        )}
      </Picker>
      {other?.refusal !== undefined && (
        <div className="mt-1.5">
          <FieldNote id={`${id}-note`} tone="warning">
            {`${other.key.name} can’t take it now. ${other.refusal}`}
          </FieldNote>
        </div>
      )}
    </div>
  )
}
