import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx, menuItemClass, menuPopupClass } from './classes.ts'
import { Icon } from './Icon.tsx'
import { usePortalContainer } from './portal-container.ts'

export interface FilterOption<V extends string> {
  value: V
  /** Plain text; shown on the button when it is the only choice. */
  label: string
  /** Heading within the group, such as a label's key, and the text under it. */
  section?: string
  shortLabel?: string
  /** Number of matching rows. */
  count?: number | undefined
  /** Icon before the label. */
  icon?: ReactNode
  mono?: boolean
  /** Why it is disabled; a chosen option can always be removed. */
  disabledReason?: string | undefined
}

export interface FilterGroup<V extends string> {
  /** Name of the column: "Status". */
  label: string
  options: readonly FilterOption<V>[]
  chosen: readonly V[]
  onChange: (chosen: V[]) => void
}

interface FilterMenuProps<V extends string> extends FilterGroup<V> {
  className?: string
}

/** Multi-select filter. The button shows the choice, or the number of choices. */
export function FilterMenu<V extends string>({ label, options, chosen, onChange, className }: FilterMenuProps<V>) {
  const { buttonRef, portalContainer: landmark } = usePortalContainer()
  const set = chosen.length > 0
  const one = chosen.length === 1 ? options.find((option) => option.value === chosen[0])?.label : undefined
  const toggle = (value: V, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value))
  return (
    <Base.Root modal={false}>
      <Base.Trigger
        ref={buttonRef}
        className={cx(
          'inline-flex h-(--control-md) shrink-0 select-none items-center gap-1 whitespace-nowrap rounded-md border pr-1.5 pl-2.5 font-medium text-fg-muted text-sm transition-[background-color] duration-(--duration-fast) max-sm:h-(--control-touch)',
          set
            ? 'border-accent-border bg-accent-bg'
            : 'border-line-strong hover:bg-hover hover:text-fg aria-expanded:bg-active',
          className,
        )}
      >
        {label}
        {set && <span className="max-w-40 truncate text-accent-fg">{one ?? chosen.length}</span>}
        <Icon of={ChevronDown} size={14} />
      </Base.Trigger>
      <Base.Portal container={landmark}>
        <Base.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup className={cx(menuPopupClass, 'min-w-52')} aria-label={label}>
            {options.map((option) => (
              <Item
                key={option.value}
                option={option}
                checked={chosen.includes(option.value)}
                onChange={(on) => toggle(option.value, on)}
              />
            ))}
            {set && (
              <>
                <Base.Separator className="-mx-1 my-1 h-px bg-line" />
                <Base.Item className={cx(menuItemClass, 'text-fg-muted')} onClick={() => onChange([])}>
                  Clear
                </Base.Item>
              </>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface ItemProps<V extends string> {
  option: FilterOption<V>
  checked: boolean
  onChange: (on: boolean) => void
}

function Item<V extends string>({ option, checked, onChange }: ItemProps<V>) {
  const { label, count, icon, mono, disabledReason } = option
  const off = disabledReason !== undefined && !checked
  return (
    <Base.CheckboxItem
      checked={checked}
      disabled={off}
      onCheckedChange={onChange}
      closeOnClick={false}
      label={label}
      className={cx(menuItemClass, 'group', disabledReason !== undefined && 'py-1.5', off && 'text-fg-disabled')}
    >
      <span className="grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent group-data-disabled:border-line-strong group-data-disabled:bg-sunken">
        <Base.CheckboxItemIndicator className="text-accent-ink">
          <Check size={12} strokeWidth={2.5} aria-hidden />
        </Base.CheckboxItemIndicator>
      </span>
      {icon}
      <span className="min-w-0 flex-1">
        <span className={cx('whitespace-nowrap', mono && 'mono')}>{label}</span>
        {disabledReason !== undefined && (
          <span className="block max-w-64 text-fg-subtle text-xs">{disabledReason}</span>
        )}
      </span>
      {count !== undefined && <span className="pl-4 text-fg-subtle text-xs tabular-nums">{count}</span>}
    </Base.CheckboxItem>
  )
}
