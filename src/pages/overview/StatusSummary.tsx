import { Clock, Trash2 } from 'lucide-react'
import { Link } from 'react-router'
import { formatNumber } from '../../lib/numbers.ts'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useLinks } from '../use-project.ts'
import { type Figure, type FigureFilter, figureGroups } from './figures.ts'
import type { Figures } from './posture.ts'

const tones = {
  danger: { ink: 'text-danger-fg', icon: Trash2 },
  warning: { ink: 'text-warning-fg', icon: Clock },
}

/** Divider between figures. */
const divider =
  'before:absolute before:top-3.5 before:bottom-3.5 before:left-0 before:w-px before:bg-line first:before:hidden max-sm:odd:before:hidden'

export const figureClass = `relative grid min-w-0 flex-1 gap-0.5 py-3 pr-2 pl-3.5 max-sm:flex-[1_0_40%] ${divider}`

function FigureLink({ filter, figure, value }: { filter: FigureFilter; figure: Figure; value: number }) {
  const links = useLinks()
  const tone = value > 0 && figure.tone ? tones[figure.tone] : undefined
  return (
    <Link to={links.keys({ [filter]: figure.value })} className={`${figureClass} hover:bg-hover`}>
      <span className={cx('figure flex items-center gap-[7px]', tone?.ink)}>
        {formatNumber(value)}
        {tone ? <Icon of={tone.icon} /> : null}
      </span>
      <span className="truncate text-fg-muted text-xs">{figure.label}</span>
    </Link>
  )
}

const parts = [
  ['active', 'bg-ok-mark'],
  ['disabled', 'bg-chart-muted'],
  ['pending', 'bg-danger-mark'],
] as const

/** Share of each status as one bar; decorative, since the figures below give the numbers. */
const StatusBar = ({ counts }: { counts: ReadonlyMap<string, number> }) => (
  <span aria-hidden="true" className="flex h-1 max-w-55 flex-1 gap-0.5">
    {parts.map(([status, look]) => {
      const value = counts.get(status) ?? 0
      return value === 0 ? null : <span key={status} className={`rounded-[1px] ${look}`} style={{ flex: value }} />
    })}
  </span>
)

export const summaryClass =
  'grid grid-cols-[3.2fr_4fr_2fr] overflow-hidden rounded-lg border border-line max-[1180px]:grid-cols-1'
export const groupClass =
  'min-w-0 border-line not-first:border-l max-[1180px]:not-first:border-t max-[1180px]:not-first:border-l-0'
export const groupHeadClass =
  'flex h-8 items-center gap-2.5 border-line border-b bg-sunken px-3.5 font-medium text-fg-subtle text-xs'

/** Figures by status, rotation and material; each links to the filtered key list. */
export function StatusSummary({ figures }: { figures: Figures }) {
  return (
    <section aria-label="Posture" className={summaryClass}>
      {figureGroups.map(({ filter, title, figures: members }) => (
        <div key={filter} className={groupClass}>
          <h2 className={groupHeadClass}>
            {title}
            {filter === 'status' ? <StatusBar counts={figures.status} /> : null}
          </h2>
          <div className="flex max-sm:flex-wrap">
            {members.map((figure) => (
              <FigureLink
                key={figure.value}
                filter={filter}
                figure={figure}
                value={figures[filter].get(figure.value) ?? 0}
              />
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}
