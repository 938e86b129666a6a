import type { ReactNode } from 'react'
import { formatNumber } from '../lib/numbers.ts'
import { Button } from './Button.tsx'
import { Checkbox } from './Checkbox.tsx'
import { Dialog } from './Dialog.tsx'
import type { FilterGroup, FilterOption } from './filter.ts'

interface FilterSheetProps<V extends string> {
  /** Labels are unique; groups without options are left out. */
  groups: readonly FilterGroup<V>[]
  /** Number of results as text: "12 keys". */
  shown: string
  onClear: () => void
  onClose: () => void
  /** More settings, above the groups. */
  children?: ReactNode
}

/** All filters in one sheet, for narrow screens. Each choice takes effect at once. */
export function FilterSheet<V extends string>({ groups, shown, onClear, onClose, children }: FilterSheetProps<V>) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Filters"
      footer={
        <>
          <Button onClick={onClear}>Clear filters</Button>
          <Button variant="primary" onClick={onClose}>
            Show {shown}
          </Button>
        </>
      }
    >
      <div className="grid max-h-[60vh] gap-5 overflow-y-auto">
        {children}
        {groups.map((group) => (group.options.length > 0 ? <Group key={group.label} {...group} /> : null))}
      </div>
    </Dialog>
  )
}

const Group = <V extends string>({ label, options, chosen, onChange }: FilterGroup<V>) => (
  <fieldset>
    <legend className="pb-1 font-medium text-sm">{label}</legend>
    {options.map((option) => {
      const checked = chosen.includes(option.value)
      return (
        <Checkbox
          key={option.value}
          checked={checked}
          disabledReason={checked ? undefined : option.disabledReason}
          hint={option.disabledReason}
          onChange={(on) => onChange(on ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))}
          label={<OptionLabel {...option} />}
        />
      )
    })}
  </fieldset>
)

const OptionLabel = <V extends string>({ label, count, mono }: FilterOption<V>) => (
  <span className={mono ? 'mono' : undefined}>
    {label}
    {count === undefined ? null : (
      <span className="pl-1.5 font-sans text-fg-subtle text-xs">{formatNumber(count)}</span>
    )}
  </span>
)
