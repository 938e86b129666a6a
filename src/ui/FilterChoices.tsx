import { Check } from 'lucide-react'
import { cx, menuItemClass } from './classes.ts'
import type { FilterGroup, FilterOption } from './filter.ts'
import { MenuItem, MenuSeparator } from './Menu.tsx'
import { useMenuParts } from './menu-parts.ts'

/** What a filter can be set to, as items of a `Menu`, which stays open. */
export const FilterChoices = <V extends string>({ options, chosen, onChange }: FilterGroup<V>) => (
  <>
    {options.map((option) => (
      <Item
        key={option.value}
        option={option}
        checked={chosen.includes(option.value)}
        onChange={(on) => onChange(on ? [...chosen, option.value] : chosen.filter((other) => other !== option.value))}
      />
    ))}
    {chosen.length > 0 && (
      <>
        <MenuSeparator />
        <MenuItem onSelect={() => onChange([])}>
          <span className="text-fg-muted">Clear</span>
        </MenuItem>
      </>
    )}
  </>
)

interface ItemProps<V extends string> {
  option: FilterOption<V>
  checked: boolean
  onChange: (on: boolean) => void
}

function Item<V extends string>({ option, checked, onChange }: ItemProps<V>) {
  const parts = useMenuParts()
  const { label, count, icon, mono, disabledReason } = option
  const off = disabledReason !== undefined && !checked
  return (
    <parts.CheckboxItem
      checked={checked}
      disabled={off}
      onCheckedChange={onChange}
      closeOnClick={false}
      label={label}
      className={cx(menuItemClass, 'group', disabledReason !== undefined && 'py-1.5', off && 'text-fg-disabled')}
    >
      <span className="grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent group-data-disabled:border-line-strong group-data-disabled:bg-sunken">
        <parts.CheckboxItemIndicator className="text-accent-ink">
          <Check size={12} strokeWidth={2.5} aria-hidden />
        </parts.CheckboxItemIndicator>
      </span>
      {icon}
      <span className="min-w-0 flex-1">
        <span className={cx('whitespace-nowrap', mono && 'mono')}>{label}</span>
        {disabledReason !== undefined && (
          <span className="block max-w-64 text-fg-subtle text-xs">{disabledReason}</span>
        )}
      </span>
      {count !== undefined && <span className="pl-4 text-fg-subtle text-xs tabular-nums">{count}</span>}
    </parts.CheckboxItem>
  )
}
