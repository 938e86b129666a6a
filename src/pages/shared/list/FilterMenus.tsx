import { FilterMenu } from '../../../ui/FilterMenu.tsx'
import { FilterPicker } from '../../../ui/FilterPicker.tsx'
import type { ListFilterGroup } from './ListControls.tsx'

/** Options of one menu above which it has a search field. */
const MANY = 15

/** Menus of the filters, side by side. */
export const FilterMenus = ({ groups }: { groups: readonly ListFilterGroup[] }) =>
  groups.map((group) =>
    group.options.length > MANY ? (
      <FilterPicker key={group.label} label={group.label} groups={[group]} />
    ) : (
      <FilterMenu key={group.label} {...group} />
    ),
  )
