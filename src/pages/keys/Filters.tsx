import { isCloudId } from '../../clouds/registry.ts'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { type FilterGroupsInput, groupsOf } from './filter-groups.ts'

/** The filters in a row. */
export function Filters(input: FilterGroupsInput) {
  return groupsOf(input).map(({ id, options, ...group }) => (
    <FilterMenu
      key={id}
      {...group}
      options={options.map((option) => ({
        ...option,
        icon: id === 'cloud' && isCloudId(option.value) ? <CloudMark cloud={option.value} /> : undefined,
      }))}
    />
  ))
}
