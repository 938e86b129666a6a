import { Menu as Base } from '@base-ui/react/menu'
import { menuItemClass } from './classes.ts'

export interface MenuRadiosProps<V extends string> {
  /** Accessible name of the group. */
  label: string
  options: readonly { readonly value: V; readonly label: string }[]
  value: V
  onChange: (value: V) => void
}

/** Radio group in a `Menu`; the menu stays open. */
export const MenuRadios = <V extends string>({ label, options, value, onChange }: MenuRadiosProps<V>) => (
  <Base.RadioGroup aria-label={label} value={value} onValueChange={onChange}>
    {options.map((option) => (
      <Base.RadioItem
        key={option.value}
        value={option.value}
        closeOnClick={false}
        label={option.label}
        className={`${menuItemClass} group`}
      >
        <span className="grid size-4 shrink-0 place-items-center rounded-full border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent">
          <Base.RadioItemIndicator className="size-1.5 rounded-full bg-accent-ink" />
        </span>
        {option.label}
      </Base.RadioItem>
    ))}
  </Base.RadioGroup>
)
