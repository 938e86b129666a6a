/** The choices of a list's filters, and its orders, as actions of the page. */
import { ChevronsUpDown, FilterX, SlidersHorizontal } from 'lucide-react'
import type { FilterGroup } from '../../../ui/filter.ts'
import type { Command } from '../../commands.ts'

/** A filter with more choices is better looked through where they are listed. */
const FEW = 50

type Choices = Omit<FilterGroup<string>, 'onChange'> & { readonly onChange: (chosen: string[]) => void }

export const filterCommands = (groups: readonly Choices[]): readonly Command[] =>
  groups
    .filter(({ options }) => options.length <= FEW)
    .flatMap(({ label: name, options, chosen, onChange }) =>
      options.map(({ value, label, disabledReason }) =>
        chosen.includes(value)
          ? {
              label: `Remove filter ${name}: ${label}`,
              icon: FilterX,
              collapsed: true,
              run: () => onChange(chosen.filter((other) => other !== value)),
            }
          : {
              label: `Filter ${name}: ${label}`,
              icon: SlidersHorizontal,
              collapsed: true,
              disabledReason: disabledReason,
              run: () => onChange([...chosen, value]),
            },
      ),
    )

interface Column<Id extends string> {
  readonly id: Id
  readonly name: string
}

/** As the heads of a table do it: ascending first, then descending. */
export const sortCommands = <Id extends string>(
  columns: readonly Column<Id>[],
  sort: { readonly column: string; readonly descending: boolean },
  sortBy: (column: Id) => void,
): readonly Command[] =>
  columns.map(({ id, name }) => ({
    label: `Sort by ${name}${sort.column === id && !sort.descending ? ', descending' : ''}`,
    icon: ChevronsUpDown,
    keywords: 'order',
    collapsed: true,
    run: () => sortBy(id),
  }))

export const clearFiltersCommand = (narrowed: boolean, clear: () => void): Command => ({
  label: 'Clear filters',
  icon: FilterX,
  run: clear,
  disabledReason: narrowed ? undefined : 'No filter is set.',
})
