import { ChevronDown } from 'lucide-react'
import { cx } from './classes.ts'
import { FilterChoices } from './FilterChoices.tsx'
import type { FilterGroup } from './filter.ts'
import { Icon } from './Icon.tsx'
import { Menu } from './Menu.tsx'

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
