import type { FilterOptions } from './key-options.ts'
import { type FilterId, type Filters, filterIds, filterNames } from './keys-view.ts'

export interface FilterGroupsInput {
  options: FilterOptions
  chosen: Filters
  onChange: (filter: FilterId, values: readonly string[]) => void
}

const identifiers: readonly FilterId[] = ['location', 'type', 'label']

/** The filters as the menus and the sheet take them; those that no key could answer are left out. */
export const groupsOf = ({ options, chosen, onChange }: FilterGroupsInput) =>
  filterIds
    .filter((id) => options[id].length > 0)
    .map((id) => ({
      id,
      label: filterNames[id],
      options: options[id].map((option) => ({ ...option, mono: identifiers.includes(id) })),
      chosen: chosen[id],
      onChange: (values: readonly string[]) => onChange(id, values),
    }))
