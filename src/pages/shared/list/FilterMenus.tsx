import { X } from 'lucide-react'
import { FilterMenu } from '../../../ui/FilterMenu.tsx'
import { FilterPicker } from '../../../ui/FilterPicker.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import type { ListFilterGroup } from './ListControls.tsx'

/** Options of one menu above which it has a search field. */
const MANY = 15

interface FilterMenusProps {
  groups: readonly ListFilterGroup[]
  /** All filters stand behind one button; what is set stands beside it. */
  oneMenu?: boolean | undefined
}

/** Menus of the filters, side by side or behind one button. */
export const FilterMenus = ({ groups, oneMenu = false }: FilterMenusProps) =>
  oneMenu ? (
    <>
      <FilterPicker label="Filters" groups={groups} />
      <div className="fade-scroll flex min-w-0 items-center gap-1">
        {groups.map((group) => (group.chosen.length === 0 ? null : <SetFilter key={group.label} {...group} />))}
      </div>
    </>
  ) : (
    groups.map((group) =>
      group.options.length > MANY ? (
        <FilterPicker key={group.label} label={group.label} groups={[group]} />
      ) : (
        <FilterMenu key={group.label} {...group} />
      ),
    )
  )

/** A filter that is set; a press removes it. */
function SetFilter({ label, options, chosen, onChange }: ListFilterGroup) {
  const words = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value).join(', ')
  return (
    <button
      type="button"
      aria-label={`Remove filter ${label}: ${words}`}
      title={`${label}: ${words}`}
      onClick={() => onChange([])}
      className="touch-target inline-flex h-(--control-md) max-w-72 flex-none items-center gap-1.5 rounded-md border border-accent-border bg-accent-bg pr-1.5 pl-2.5 text-fg-muted text-sm"
    >
      {`${label}: `}
      <bdi className="truncate font-medium text-accent-fg">{words}</bdi>
      <Icon of={X} size={14} className="flex-none" />
    </button>
  )
}
