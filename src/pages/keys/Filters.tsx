import { isCloudId } from '../../clouds/queries.ts'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { CloudMark } from '../parts/CloudMark.tsx'
import type { FilterOptions } from './key-rows.ts'
import { type Filters as Chosen, type FilterId, filterIds, filterNames } from './keys-view.ts'

export interface FiltersProps {
  options: FilterOptions
  chosen: Chosen
  onChange: (filter: FilterId, values: readonly string[]) => void
}

const identifiers: readonly FilterId[] = ['location', 'type', 'label']

/** The filters in a row; those that no key could answer are left out. */
export function Filters({ options, chosen, onChange }: FiltersProps) {
  return filterIds
    .filter((id) => options[id].length > 0)
    .map((id) => (
      <FilterMenu
        key={id}
        label={filterNames[id]}
        options={options[id].map((option) => ({
          ...option,
          mono: identifiers.includes(id),
          icon: id === 'cloud' && isCloudId(option.value) ? <CloudMark cloud={option.value} /> : undefined,
        }))}
        chosen={chosen[id]}
        onChange={(values) => onChange(id, values)}
      />
    ))
}
