import { KeyRound } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { addressOf, type KeyAddress, type KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { formatKeyAddress } from '../key-address.ts'
import type { AllKeys } from '../use-keys.ts'
import { CloudMark } from './CloudMark.tsx'
import { describeUnread, formatUsable, groupKeyOptions, type KeyOption } from './key-picker-groups.ts'
import { abilityOf, type KeyUse } from './key-uses.ts'
import { PageCommands } from './PageCommands.tsx'
import { PurposeIcon, purposeWords } from './PurposeIcon.tsx'

interface KeyPickerProps {
  readonly list: AllKeys
  readonly selectedKey: KmsKey | undefined
  /** What the key is for: keys that can't be used so are disabled. */
  readonly use: KeyUse
  readonly onSelect: (address: KeyAddress) => void
}

function SelectedKeyLabel({ selectedKey: key }: { selectedKey: KmsKey }) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <CloudMark cloud={key.cloud} />
      <span className="min-w-0 flex-1">
        <b className="block truncate font-semibold leading-[17px] max-sm:text-md">{key.name}</b>
        <span className="flex gap-2 overflow-hidden whitespace-nowrap text-fg-subtle text-xs">
          {cloudOf(key.cloud).name} <span className="mono-xs">{key.location}</span>
          <span className="mono-xs sm:hidden">{key.type}</span>
          <span className="mono-xs truncate">{key.slug ?? key.id}</span>
        </span>
      </span>
      <span className="flex items-center gap-1.5 text-fg-muted max-sm:hidden" title={purposeWords[key.purpose]}>
        <PurposeIcon purpose={key.purpose} />
        <Code>{key.type}</Code>
      </span>
    </span>
  )
}

const pickerOption = ({ id, key, refusal }: KeyOption) => ({
  key: id,
  value: key,
  text: key.name,
  keywords: [key.slug, key.id, key.type, key.location, cloudOf(key.cloud).name].join(' '),
  end: <Code>{key.type}</Code>,
  disabledReason: refusal,
})

/** Number of usable keys once all are read, and locations whose keys are not in the list. */
function PickerFooter({ list, usable }: { list: AllKeys; usable: string }) {
  const unread = describeUnread(list.missing)
  return (
    <>
      {list.pending ? null : <span>{usable}</span>}
      {unread !== undefined && <span className="text-warning-fg">{unread}</span>}
      {list.pending && <span>Some are still being read.</span>}
    </>
  )
}

export function KeyPicker({ list, selectedKey, use, onSelect }: KeyPickerProps) {
  const groups = useMemo(() => groupKeyOptions(list.keys, use), [list.keys, use])
  const pickerGroups = useMemo(
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
        options: options.flatMap((option) => [
          pickerOption(option),
          ...option.replicas.map((replica) => ({
            ...pickerOption(replica),
            text: `${replica.key.name}, ${replica.key.location}`,
            name: (
              <span className="border-line-strong border-l-2 pl-2.5 font-normal">
                Replica in <Code>{replica.key.location}</Code>
              </span>
            ),
          })),
        ]),
      })),
    [groups],
  )
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <PageCommands
        commands={[
          {
            label: selectedKey ? 'Choose another key' : 'Choose a key',
            icon: KeyRound,
            run: () => trigger.current?.click(),
            keywords: 'pick',
          },
        ]}
      />
      <Picker
        triggerRef={trigger}
        label="Key"
        groups={pickerGroups}
        selected={selectedKey && formatKeyAddress(addressOf(selectedKey))}
        onChange={(key) => onSelect(addressOf(key))}
        placeholder="Choose a key"
        searchPlaceholder={`Find a key that can ${abilityOf(use)}`}
        none="No key matches."
        footer={<PickerFooter list={list} usable={formatUsable(groups, use)} />}
      >
        {selectedKey && <SelectedKeyLabel selectedKey={selectedKey} />}
      </Picker>
    </>
  )
}
