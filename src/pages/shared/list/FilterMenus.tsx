import { FilterMenu } from '../../../ui/FilterMenu.tsx'
import type { ListFilterGroup } from './ListControls.tsx'

/** Menus of the filters, side by side. */
export const FilterMenus = ({ groups }: { groups: readonly ListFilterGroup[] }) =>
  groups.map((group) => <FilterMenu key={group.label} {...group} />)
