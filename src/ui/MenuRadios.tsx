import { menuItemClass } from './classes.ts'
import { useMenuParts } from './menu-parts.ts'

export interface MenuRadiosProps<V extends string> {
  /** Accessible name of the group. */
  label: string
  options: readonly { readonly value: V; readonly label: string }[]
  value: V
  onChange: (value: V) => void
}

/** Radio group in a `Menu`; the menu stays open. */
export function MenuRadios<V extends string>({ label, options, value, onChange }: MenuRadiosProps<V>) {
  const parts = useMenuParts()
  return (
    <parts.RadioGroup aria-label={label} value={value} onValueChange={onChange}>
      {options.map((option) => (
        <parts.RadioItem
          key={option.value}
          value={option.value}
          closeOnClick={false}
          label={option.label}
          className={`${menuItemClass} group`}
        >
          <span className="grid size-4 shrink-0 place-items-center rounded-full border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent">
            <parts.RadioItemIndicator className="size-1.5 rounded-full bg-accent-ink" />
          </span>
          {option.label}
        </parts.RadioItem>
      ))}
    </parts.RadioGroup>
  )
}
