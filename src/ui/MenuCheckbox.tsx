import { Check } from 'lucide-react'
import { cx, menuItemClass } from './classes.ts'
import { useMenuParts } from './menu-parts.ts'

interface MenuCheckboxProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  /** Hint under the label. */
  hint?: string | undefined
}

/** Checkbox item of a `Menu`; the menu stays open. */
export function MenuCheckbox({ label, checked, onChange, hint }: MenuCheckboxProps) {
  const parts = useMenuParts()
  return (
    <parts.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={false}
      label={label}
      className={cx(menuItemClass, 'group', hint !== undefined && 'py-1.5')}
    >
      <span className="grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent">
        <parts.CheckboxItemIndicator className="text-accent-ink">
          <Check size={12} strokeWidth={2.5} aria-hidden />
        </parts.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 flex-1">
        {label}
        {hint === undefined ? null : <span className="block text-fg-subtle text-xs">{hint}</span>}
      </span>
    </parts.CheckboxItem>
  )
}
