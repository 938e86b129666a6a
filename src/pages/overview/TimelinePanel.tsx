import { count } from '../../lib/numbers.ts'
import { Panel } from '../../ui/Panel.tsx'
import { DeletionMarkers } from './DeletionMarkers.tsx'
import { formatDayMonth, formatMonth } from './labels.ts'
import { Legend } from './legend.tsx'
import type { Timeline } from './timeline.ts'
import { WeekColumns } from './WeekColumns.tsx'

/** Automatic rotations and deletions of the next 52 weeks. */
export function TimelinePanel({ timeline }: { timeline: Timeline }) {
  const { rotations, deletions, unit } = timeline
  const empty = rotations === 0 && deletions === 0
  return (
    <Panel
      title="Next twelve months"
      sub={empty ? undefined : `${count(rotations, 'rotation')}, ${count(deletions, 'deletion')}`}
      end={empty ? undefined : <Legend unit={unit} />}
      flush
    >
      {empty ? (
        <p className="px-3.5 py-4 text-fg-muted">No rotation is planned, and nothing is destroyed.</p>
      ) : (
        <TimelineChart timeline={timeline} />
      )}
    </Panel>
  )
}

/** Range of month labels, in percent: left of it they overlap the label of today, right of it they don't fit. */
const [FIRST_LABEL, LAST_LABEL] = [9, 97]

/** One time scale for rotations and deletions. On narrow screens it scrolls inside the panel. */
function TimelineChart({ timeline }: { timeline: Timeline }) {
  const { months, soon, startsAt } = timeline
  const named = months.filter(({ left }) => left >= FIRST_LABEL && left <= LAST_LABEL)
  return (
    <div className="overflow-x-auto">
      <div className="relative mx-3.5 pt-6.5 max-[1000px]:w-[860px]">
        <div
          aria-hidden="true"
          className="absolute top-0 bottom-6 left-0 border-accent-border border-r bg-accent-bg"
          style={{ width: `${soon}%` }}
        >
          <span className="absolute top-1.5 right-1.5 whitespace-nowrap text-2xs text-accent-fg leading-[14px]">
            30 days
          </span>
        </div>
        {months.map(({ at, left }) => (
          <span
            key={at}
            aria-hidden="true"
            className="absolute top-0 bottom-[55px] w-px bg-line"
            style={{ left: `${left}%` }}
          />
        ))}
        <WeekColumns timeline={timeline} />
        <DeletionMarkers timeline={timeline} />
        <div
          aria-hidden="true"
          className="relative h-6 whitespace-nowrap border-line border-t text-2xs text-fg-subtle [&>span]:absolute [&>span]:top-1"
        >
          <span className="font-medium text-fg">Today, {formatDayMonth(startsAt)}</span>
          {named.map(({ at, left }, place) => {
            const { month, year } = formatMonth(at, named[place - 1]?.at ?? startsAt)
            return (
              <span key={at} className="pl-[5px]" style={{ left: `${left}%` }}>
                {month} {year === undefined ? null : <b className="font-medium text-fg-muted">{year}</b>}
              </span>
            )
          })}
        </div>
      </div>
    </div>
  )
}
