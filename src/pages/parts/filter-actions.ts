/** The choices of a list's filters, and its orders, as actions of the page. */
import { ChevronsUpDown, FilterX, SlidersHorizontal } from 'lucide-react'
import type { FilterGroup } from '../../ui/FilterMenu.tsx'
import type { PageAction } from '../page-actions.ts'

/** A filter with more choices is better looked through where they are listed. */
const FEW = 50

type Choices = Omit<FilterGroup<string>, 'onChange'> & { readonly onChange: (chosen: string[]) => void }

export const filterActions = (groups: readonly Choices[]): readonly PageAction[] =>
  groups
    .filter(({ options }) => options.length <= FEW)
    .flatMap(({ label: name, options, chosen, onChange }) =>
      options.map(({ value, label, disabledReason }) =>
        chosen.includes(value)
          ? {
              label: `Remove filter ${name}: ${label}`,
              icon: FilterX,
              many: true,
              act: () => onChange(chosen.filter((other) => other !== value)),
            }
          : {
              label: `Filter ${name}: ${label}`,
              icon: SlidersHorizontal,
              many: true,
              reason: disabledReason,
              act: () => onChange([...chosen, value]),
            },
      ),
    )

interface Column<Id extends string> {
  readonly id: Id
  readonly name: string
}

/** As the heads of a table do it: ascending first, then descending. */
export const sortActions = <Id extends string>(
  columns: readonly Column<Id>[],
  sort: { readonly column: string; readonly descending: boolean },
  sortBy: (column: Id) => void,
): readonly PageAction[] =>
  columns.map(({ id, name }) => ({
    label: `Sort by ${name}${sort.column === id && !sort.descending ? ', descending' : ''}`,
    icon: ChevronsUpDown,
    also: 'order',
    many: true,
    act: () => sortBy(id),
  }))

export const clearFilters = (narrowed: boolean, clear: () => void): PageAction => ({
  label: 'Clear filters',
  icon: FilterX,
  act: clear,
  reason: narrowed ? undefined : 'No filter is set.',
})
