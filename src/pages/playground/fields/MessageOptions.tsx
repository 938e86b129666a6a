import { useId } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import type { ChosenOptions } from '../../../clouds/operations.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Code } from '../../../ui/Code.tsx'
import { Select } from '../../../ui/Select.tsx'
import { effectiveHash, hashesOf, signOptionsOf } from '../hashing.ts'

const rowClass = 'flex flex-wrap items-center gap-x-5 gap-y-2 border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)'

interface OptionFieldProps {
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly mono?: boolean
  readonly onChange: (value: string) => void
}

function OptionField({ label, choices, value, mono = false, onChange }: OptionFieldProps) {
  const id = useId()
  return (
    <div className="flex items-center gap-2 max-sm:w-full">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Select
        id={id}
        size="md"
        mono={mono}
        options={choices}
        value={value}
        onChange={onChange}
        className="max-sm:flex-1"
      />
    </div>
  )
}

interface HashFieldProps {
  readonly of: KmsKey
  readonly hash: string | undefined
  readonly onHash: (hash: string) => void
  readonly prehashed?: boolean
  /** Absent where the operation takes no digests. */
  readonly onPrehashed?: (prehashed: boolean) => void
}

/** Hash of the message: a choice, or the one that the key’s type fixes. Nothing where the scheme has its own. */
export function HashField({ of: key, hash, onHash, prehashed = false, onPrehashed }: HashFieldProps) {
  const hashes = hashesOf(key)
  const used = effectiveHash(hash, key)
  if (!used) return null
  const label = cloudOf(key.cloud).capabilities.messages?.hashLabel ?? 'Hash algorithm'
  return (
    <div className={rowClass}>
      {hashes.length > 1 ? (
        <OptionField
          label={label}
          mono
          choices={hashes.map(({ name }) => ({ value: name, label: name }))}
          value={used.name}
          onChange={onHash}
        />
      ) : (
        <p className="flex flex-wrap items-center gap-x-2 max-sm:w-full">
          <span className="font-medium">{label}</span> <Code>{used.name}</Code>
          <span className="text-fg-subtle">fixed by the key’s type</span>
        </p>
      )}
      {onPrehashed && (
        <Checkbox
          checked={prehashed}
          onChange={onPrehashed}
          label="Prehashed"
          hint={prehashed ? `The ${used.bytes} bytes of its digest take its place.` : 'Give a digest made elsewhere.'}
        />
      )}
    </div>
  )
}

interface SignOptionFieldsProps {
  readonly of: KmsKey
  readonly chosen: ChosenOptions
  readonly onChange: (chosen: ChosenOptions) => void
}

/** Options of the key's signatures, such as the scheme. Nothing where the provider has none. */
export function SignOptionFields({ of: key, chosen, onChange }: SignOptionFieldsProps) {
  const options = signOptionsOf(key)
  if (options.length === 0) return null
  return (
    <div className={rowClass}>
      {options.map(({ id, label, choices }) => (
        <OptionField
          key={id}
          label={label}
          choices={choices}
          value={(choices.find(({ value }) => value === chosen[id]) ?? choices[0]).value}
          onChange={(value) => onChange({ ...chosen, [id]: value })}
        />
      ))}
    </div>
  )
}
