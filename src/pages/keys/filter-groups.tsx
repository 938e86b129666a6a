import { isCloudId } from '../../clouds/registry.ts'
import { CloudMark } from '../shared/CloudMark.tsx'
import type { FilterOptions } from './key-options.ts'
import { type FilterId, type Filters, filterIds, filterLabels } from './keys-view.ts'

interface FilterGroupsInput {
  options: FilterOptions
  chosen: Filters
  onChange: (filter: FilterId, values: readonly string[]) => void
}

const identifiers: readonly FilterId[] = ['location', 'type', 'label']

/** The filters as menus and the sheet take them, without those that no key could match. */
export const filterGroups = ({ options, chosen, onChange }: FilterGroupsInput) =>
  filterIds
    .filter((id) => options[id].length > 0)
    .map((id) => ({
      label: filterLabels[id],
      options: options[id].map((option) => ({
        ...option,
        mono: identifiers.includes(id),
        icon: id === 'cloud' && isCloudId(option.value) ? <CloudMark cloud={option.value} /> : undefined,
      })),
      chosen: chosen[id],
      onChange: (values: readonly string[]) => onChange(id, values),
    }))
