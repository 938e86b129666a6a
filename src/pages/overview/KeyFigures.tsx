import { Clock, Trash2 } from 'lucide-react'
import { statusLabels } from '../../clouds/capabilities.ts'
import type { KeyGroup } from '../../clouds/replica-groups.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { keyFilterValues } from '../shared/key-filter-values.ts'
import { useLinks } from '../use-project.ts'

/** Figures of the overview. Each is the number of keys that the list shows behind its link. */
export const figures = [
  { label: 'Keys', filter: undefined, value: '' },
  { label: statusLabels.active, filter: 'status', value: 'active' },
  { label: 'Due in 30 days', filter: 'rotation', value: 'due' },
  { label: 'Overdue', filter: 'rotation', value: 'overdue', icon: Clock, ink: 'text-warning-fg' },
  { label: statusLabels.pending, filter: 'status', value: 'pending', icon: Trash2, ink: 'text-danger-fg' },
] as const

type Figure = (typeof figures)[number]

/** Numbers of the figures, in their order. A key counts where the value applies in any of its locations. */
export function countFigures(groups: readonly KeyGroup[], now: number): readonly number[] {
  const counts = figures.map(() => 0)
  for (const group of groups) {
    for (const [place, { filter, value }] of figures.entries())
      if (filter === undefined || group.some((key) => keyFilterValues[filter](key, now).includes(value)))
        counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

function FigureLink({ figure, number }: { figure: Figure; number: number | undefined }) {
  const links = useLinks()
  const tone = number !== undefined && number > 0 && 'icon' in figure ? figure : undefined
  return (
    <Link
      to={links.keys(figure.filter === undefined ? {} : { [figure.filter]: figure.value })}
      className="grid min-w-28 flex-1 gap-0.5 -mt-px -ml-px border-line border-t border-l px-3.5 py-3 hover:bg-hover max-sm:min-w-1/3"
    >
      <span className={cx('figure flex h-7 items-center gap-[7px]', tone?.ink)}>
        {number === undefined ? <Skeleton width={28} height={18} /> : formatNumber(number)}
        {tone ? <Icon of={tone.icon} /> : null}
      </span>
      <span className="truncate text-fg-muted text-xs">{figure.label}</span>
    </Link>
  )
}

/** Numbers of keys; undefined until every location has answered. */
export const KeyFigures = ({ numbers }: { numbers: readonly number[] | undefined }) => (
  <section aria-label="Keys" className="flex flex-wrap overflow-hidden rounded-lg border border-line bg-surface">
    {figures.map((figure, place) => (
      <FigureLink key={figure.label} figure={figure} number={numbers?.[place]} />
    ))}
  </section>
)
