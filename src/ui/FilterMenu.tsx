import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { FilterChoices } from './FilterChoices.tsx'
import { Icon } from './Icon.tsx'
import { Menu } from './Menu.tsx'

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
export function FilterMenu<V extends string>({ className, ...group }: FilterMenuProps<V>) {
  const { label, options, chosen } = group
  const set = chosen.length > 0
  const one = chosen.length === 1 ? options.find((option) => option.value === chosen[0])?.label : undefined
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
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
        </button>
      }
    >
      <FilterChoices {...group} />
    </Menu>
  )
}
