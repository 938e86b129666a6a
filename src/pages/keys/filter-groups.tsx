import { isCloudId } from '../../clouds/registry.ts'
import { CloudMark } from '../shared/CloudMark.tsx'
import type { FilterOptions } from './key-options.ts'
import { type FilterId, type Filters, filterLabels } from './keys-view.ts'

interface FilterGroupsInput {
  options: FilterOptions
  chosen: Filters
  onChange: (filter: FilterId, values: readonly string[]) => void
}

const identifiers: readonly FilterId[] = ['location', 'type', 'label']

/** Those that are asked for most come first. */
const order: readonly FilterId[] = ['status', 'rotation', 'location', 'type', 'cloud', 'material', 'label']

/** A label's key is the heading of its values. */
const partsOf = (label: string) => {
  const [key = '', ...value] = label.split('=')
  return { section: key, shortLabel: value.length === 0 ? key : value.join('=') }
}

/** The filters as menus and the sheet take them, without those that no key could match. */
export const filterGroups = ({ options, chosen, onChange }: FilterGroupsInput) =>
  order
    .filter((id) => options[id].length > 0)
    .map((id) => ({
      label: filterLabels[id],
      options: options[id].map((option) => ({
        ...option,
        ...(id === 'label' ? partsOf(option.value) : {}),
        mono: identifiers.includes(id),
        icon: id === 'cloud' && isCloudId(option.value) ? <CloudMark cloud={option.value} /> : undefined,
      })),
      chosen: chosen[id],
      onChange: (values: readonly string[]) => onChange(id, values),
    }))
