import { KeyRound } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { addressOf, type KeyAddress, type KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Code } from '../../ui/Code.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { addressText } from '../playground/playground-url.ts'
import type { AllKeys } from '../use-keys.ts'
import { CloudMark } from './CloudMark.tsx'
import { formatMissing, formatUsable, groupKeyOptions } from './key-picker-groups.ts'
import { operationLabels, type PlaygroundOperation } from './operations.ts'
import { PageCommands } from './PageCommands.tsx'
import { PurposeIcon } from './PurposeIcon.tsx'

interface KeyPickerProps {
  readonly list: AllKeys
  readonly chosen: KmsKey | undefined
  readonly operation: PlaygroundOperation
  readonly onChoose: (address: KeyAddress) => void
}

function Chosen({ chosen }: { chosen: KmsKey }) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <CloudMark cloud={chosen.cloud} />
      <span className="min-w-0 flex-1">
        <b className="block truncate font-semibold leading-[17px] max-sm:text-md">{chosen.name}</b>
        <span className="flex gap-2 overflow-hidden whitespace-nowrap text-fg-subtle text-xs">
          {cloudOf(chosen.cloud).name} <span className="mono-xs">{chosen.location}</span>
          <span className="mono-xs sm:hidden">{chosen.type}</span>
          <span className="mono-xs truncate">{chosen.slug ?? chosen.id}</span>
        </span>
      </span>
      <span className="flex items-center gap-1.5 text-fg-muted max-sm:hidden">
        <PurposeIcon purpose={chosen.purpose} />
        <Code>{chosen.type}</Code>
      </span>
    </span>
  )
}

/** Reads what is known, and says what could not be read. */
function Foot({ list, words }: { list: AllKeys; words: string }) {
  const missing = formatMissing(list.missing)
  return (
    <>
      <span>{words}</span>
      {missing !== undefined && <span className="text-warning-fg">{missing}</span>}
      {list.pending && <span>Some are still being read.</span>}
    </>
  )
}

export function KeyPicker({ list, chosen, operation, onChoose }: KeyPickerProps) {
  const groups = useMemo(() => groupKeyOptions(list.keys, operation), [list.keys, operation])
  const shown = useMemo(
    () =>
      groups.map(({ id, cloud, location, options }) => ({
        key: id,
        label: (
          <>
            <CloudMark cloud={cloud} />
            <span>
              {cloudOf(cloud).longName}, <Code>{location}</Code>
            </span>
          </>
        ),
        options: options.map((option) => ({
          key: option.id,
          value: option.key,
          text: option.key.name,
          keywords: [option.key.slug, option.key.id, option.key.type, location, cloudOf(cloud).name].join(' '),
          end: <Code>{option.key.type}</Code>,
          disabledReason: option.refusal,
        })),
      })),
    [groups],
  )
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <PageCommands
        commands={[
          {
            label: chosen ? 'Choose another key' : 'Choose a key',
            icon: KeyRound,
            run: () => trigger.current?.click(),
            keywords: 'pick',
          },
        ]}
      />
      <Picker
        triggerRef={trigger}
        label="Key"
        groups={shown}
        selected={chosen && addressText(addressOf(chosen))}
        onChange={(key) => onChoose(addressOf(key))}
        placeholder="Choose a key"
        searchPlaceholder={`Find a key that can ${operationLabels[operation].can}`}
        none="No key matches."
        footer={<Foot list={list} words={formatUsable(groups, operation)} />}
      >
        {chosen && <Chosen chosen={chosen} />}
      </Picker>
    </>
  )
}
