import { count } from '../../lib/numbers.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Diamond, squareClass } from './legend.tsx'
import { TimelineChart } from './TimelineChart.tsx'
import type { Timeline } from './timeline.ts'

const Square = ({ look }: { look: string }) => <span aria-hidden="true" className={`size-2.5 rounded-[2px] ${look}`} />

const Legend = ({ unit }: { unit: number }) => (
  <ul className="flex flex-wrap items-center gap-x-4.5 pr-2 text-fg-muted text-xs [&>li]:flex [&>li]:items-center [&>li]:gap-1.5">
    {unit === 1 ? null : <li>One square for up to {count(unit, 'rotation')}</li>}
    <li>
      <Square look={squareClass.soon} />
      Rotation within 30 days
    </li>
    <li>
      <Square look={squareClass.later} />
      Rotation later
    </li>
    <li>
      <Diamond />
      Deletion
    </li>
  </ul>
)

/** What the coming year brings: automatic rotations week by week, and deletions. */
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
