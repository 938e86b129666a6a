import { X } from 'lucide-react'
import { FilterPicker } from '../../../ui/FilterPicker.tsx'
import type { FilterGroup } from '../../../ui/filter.ts'
import { Icon } from '../../../ui/Icon.tsx'

/** All filters behind one button; what is set stands beside it. */
export const OneFilterMenu = ({ groups }: { groups: readonly FilterGroup<string>[] }) => (
  <>
    <FilterPicker label="Filters" groups={groups} />
    <div className="fade-scroll flex min-w-0 items-center gap-1">
      {groups.map((group) => (group.chosen.length === 0 ? null : <SetFilter key={group.label} {...group} />))}
    </div>
  </>
)

/** A filter that is set; a press removes it. */
function SetFilter({ label, options, chosen, onChange }: FilterGroup<string>) {
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
