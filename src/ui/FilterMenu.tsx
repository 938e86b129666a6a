import { Menu as Base } from '@base-ui/react/menu'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { menuItemClass, menuPopupClass } from './menu-class.ts'

export interface FilterOption<V extends string> {
  value: V
  /** Plain text: it is also shown on the button when it alone is chosen. */
  label: string
  /** How many rows have it. */
  count?: number | undefined
  /** Before the label: a mark, a dot. */
  icon?: ReactNode
  mono?: boolean
}

interface FilterMenuProps<V extends string> {
  /** The column: "Status". */
  label: string
  options: readonly FilterOption<V>[]
  chosen: readonly V[]
  onChange: (chosen: V[]) => void
  className?: string
}

/** Several of a list, as a filter. The button says what is chosen, or how many. */
export function FilterMenu<V extends string>({ label, options, chosen, onChange, className }: FilterMenuProps<V>) {
  const set = chosen.length > 0
  const one = chosen.length === 1 ? options.find((option) => option.value === chosen[0])?.label : undefined
  const toggle = (value: V, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value))
  return (
    <Base.Root modal={false}>
      <Base.Trigger
        className={cx(
          'inline-flex h-(--control-md) shrink-0 select-none items-center gap-1.5 whitespace-nowrap rounded-md border pr-2 pl-2.5 font-medium text-fg-muted text-sm transition-[background-color] duration-(--duration-fast) max-sm:h-(--control-touch)',
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
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-40 outline-none">
          <Base.Popup className={cx(menuPopupClass, 'min-w-52')} aria-label={label}>
            {options.map((option) => (
              <Base.CheckboxItem
                key={option.value}
                checked={chosen.includes(option.value)}
                onCheckedChange={(on: boolean) => toggle(option.value, on)}
                closeOnClick={false}
                label={option.label}
                className={cx(menuItemClass, 'group')}
              >
                <span className="grid size-4 shrink-0 place-items-center rounded-xs border border-control bg-surface group-data-checked:border-accent group-data-checked:bg-accent">
                  <Base.CheckboxItemIndicator className="text-accent-ink">
                    <Check size={12} strokeWidth={2.5} aria-hidden />
                  </Base.CheckboxItemIndicator>
                </span>
                {option.icon}
                <span className={cx('flex-1 whitespace-nowrap', option.mono && 'mono')}>{option.label}</span>
                {option.count !== undefined && (
                  <span className="pl-4 text-fg-subtle text-xs tabular-nums">{option.count}</span>
                )}
              </Base.CheckboxItem>
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
