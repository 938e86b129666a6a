import { count } from '../../lib/numbers.ts'
import type { FilterGroup } from '../../ui/FilterMenu.tsx'
import { FilterSheet as Sheet } from '../../ui/FilterSheet.tsx'
import { SortField } from '../../ui/SortField.tsx'
import { columns } from './ApiKeyTable.tsx'
import type { AccessView } from './access-view.ts'
import { columns as roleColumns } from './RoleTable.tsx'

interface FilterSheetProps {
  roleFilter: FilterGroup<string>
  shown: number
  view: AccessView
  onView: (view: AccessView) => void
  onClear: () => void
  onClose: () => void
}

/** Filter and order of the tab on one sheet, where the screen has no room for them. */
export function FilterSheet({ roleFilter, shown, view, onView, ...acts }: FilterSheetProps) {
  if (view.tab === 'keys')
    return (
      <Sheet groups={[roleFilter]} shown={count(shown, 'API key')} {...acts}>
        <SortField columns={columns} sort={view.sort} onSort={(sort) => onView({ ...view, sort })} />
      </Sheet>
    )
  return (
    <Sheet groups={[]} shown={count(shown, 'role')} {...acts}>
      <SortField columns={roleColumns} sort={view.roleSort} onSort={(roleSort) => onView({ ...view, roleSort })} />
    </Sheet>
  )
}
