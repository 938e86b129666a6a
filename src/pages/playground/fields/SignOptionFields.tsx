import { useId } from 'react'
import type { OperationOption } from '../../../clouds/capabilities.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { ChosenOptions } from '../../../clouds/operations.ts'
import { Select } from '../../../ui/Select.tsx'
import { signOptionsOf } from '../hashing.ts'

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
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-line border-t px-3.5 py-2.5 max-sm:px-(--gutter)">
      {options.map((option) => (
        <OptionField
          key={option.id}
          option={option}
          value={chosen[option.id]}
          onChange={(value) => onChange({ ...chosen, [option.id]: value })}
        />
      ))}
    </div>
  )
}

interface OptionFieldProps {
  readonly option: OperationOption
  readonly value: string | undefined
  readonly onChange: (value: string) => void
}

function OptionField({ option: { label, choices }, value, onChange }: OptionFieldProps) {
  const id = useId()
  const used = choices.find((choice) => choice.value === value) ?? choices[0]
  return (
    <div className="flex items-center gap-2 max-sm:w-full">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Select id={id} size="md" options={choices} value={used.value} onChange={onChange} className="max-sm:flex-1" />
    </div>
  )
}
