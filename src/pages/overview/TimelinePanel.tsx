import { CalendarPlus } from 'lucide-react'
import { detailsOf } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import type { KeyGroup } from '../../clouds/replica-groups.ts'
import { fullAddress } from '../../lib/base-path.ts'
import { currentTime } from '../../lib/current-time.ts'
import { download } from '../../lib/download.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { formatDayMonth, formatMonth } from './labels.ts'
import type { Timeline } from './timeline.ts'
import { barClass, WeekBars } from './WeekBars.tsx'

const CALENDAR = 'Calendar (.ics)'

/** Saves the coming rotations and deletions as a calendar file, whose code loads with the first use. */
function useCalendarFile(groups: readonly KeyGroup[]) {
  const toast = useToast()
  const links = useLinks()
  return async () => {
    try {
      const { calendarOf } = await import('./calendar.ts')
      const linkTo: Parameters<typeof calendarOf>[2] = (key) => fullAddress(links.key(addressOf(key)))
      const { text, events, left } = calendarOf(groups, currentTime(), linkTo)
      download('kms-console.ics', text)
      const rest = left === 0 ? {} : { text: `The ${formatNumber(left)} last ones are not in the file.` }
      toast.success(`Saved ${count(events, 'event')} as kms-console.ics`, rest)
    } catch (error) {
      const { message, advice } = detailsOf(error)
      toast.error('The calendar file was not saved.', { text: `${message} ${advice}` })
    }
  }
}

interface TimelinePanelProps {
  timeline: Timeline
  groups: readonly KeyGroup[]
}

/** Automatic rotations and deletions of the next 52 weeks. */
export function TimelinePanel({ timeline, groups }: TimelinePanelProps) {
  const { rotations, deletions } = timeline
  const save = useCalendarFile(groups)
  if (rotations === 0 && deletions === 0)
    return (
      <Panel title="Next twelve months" flush>
        <p className="px-3.5 py-4 text-fg-muted">No automatic rotation and no deletion is planned.</p>
      </Panel>
    )
  return (
    <Panel
      title="Next twelve months"
      sub={`${count(rotations, 'rotation')}, ${count(deletions, 'deletion')}`}
      end={
        <>
          <Legend />
          <Button size="sm" variant="ghost" icon={CalendarPlus} onClick={() => void save()}>
            {CALENDAR}
          </Button>
        </>
      }
      flush
    >
      <PageCommands
        commands={[{ label: CALENDAR, icon: CalendarPlus, run: () => void save(), keywords: 'ics export rotations' }]}
      />
      <Chart timeline={timeline} />
    </Panel>
  )
}

const diamond = (
  <span
    aria-hidden="true"
    className="block size-[9px] flex-none rotate-45 rounded-[1.5px] bg-danger-mark forced-color-adjust-none forced-colors:bg-[LinkText]"
  />
)

const Legend = () => (
  <ul className="flex flex-wrap items-center gap-x-4.5 pr-2 text-fg-muted text-xs [&>li]:flex [&>li]:items-center [&>li]:gap-1.5">
    {(['soon', 'later'] as const).map((kind) => (
      <li key={kind}>
        <span aria-hidden="true" className={`size-2.5 ${barClass[kind]}`} />
        {kind === 'soon' ? 'Rotation within 30 days' : 'Rotation later'}
      </li>
    ))}
    <li>
      {diamond}
      Deletion
    </li>
  </ul>
)

/** Rightmost start of the names, in percent of the scale. */
const RIGHTMOST = 60

/** A mark on each day with deletions, and links to the first keys. */
function Deletions({ timeline: { firstDeletions, deletionMarks, deletions, soon } }: { timeline: Timeline }) {
  const links = useLinks()
  const after = Math.min(RIGHTMOST, Math.max(soon, ...deletionMarks))
  return (
    <div className="relative h-[30px]">
      {deletionMarks.map((left) => (
        <span key={left} className="absolute top-[10px] -ml-1" style={{ left: `${left}%` }}>
          {diamond}
        </span>
      ))}
      <ul
        aria-label="Deletions"
        className="absolute top-[5px] flex gap-3.5 whitespace-nowrap pl-3.5 text-fg-muted text-xs leading-5"
        style={{ left: `${after}%` }}
      >
        {firstDeletions.map(({ at, key }) => (
          <li key={`${key.cloud} ${key.id}`}>
            <KeyLink to={addressOf(key)} className="hover:underline">
              <b className="font-medium text-fg">{key.name}</b> {formatDayMonth(at)}
            </KeyLink>
          </li>
        ))}
        {deletions > firstDeletions.length ? (
          <li>
            <Link to={links.keys({ status: 'pending' })} className="hover:underline">
              and {formatNumber(deletions - firstDeletions.length)} more
            </Link>
          </li>
        ) : null}
      </ul>
    </div>
  )
}

/** Range of month labels, in percent: left of it they overlap the label of today, right of it they don't fit. */
const [FIRST_LABEL, LAST_LABEL] = [5, 97]

/** One time scale for rotations and deletions. On narrow screens it scrolls inside the panel. */
function Chart({ timeline }: { timeline: Timeline }) {
  const { months, soon, startsAt, highest } = timeline
  const named = months.filter(({ left }) => left >= FIRST_LABEL && left <= LAST_LABEL)
  return (
    <div className="overflow-x-auto">
      <div className="relative mr-3.5 ml-14 pt-6.5 max-[1000px]:w-[860px]">
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
            className="absolute top-0 bottom-[55px] border-line border-l"
            style={{ left: `${left}%` }}
          />
        ))}
        <div className="relative h-21 border-line-strong border-b">
          {[highest, highest / 2, 0].map((value) => (
            <span
              key={value}
              aria-hidden="true"
              className="absolute right-0 left-0 border-line border-t text-2xs text-fg-subtle tabular-nums"
              style={{ bottom: `${(value / highest) * 100}%` }}
            >
              <span className="absolute -top-2 right-full pr-2">{formatNumber(value)}</span>
            </span>
          ))}
          <WeekBars timeline={timeline} />
        </div>
        <Deletions timeline={timeline} />
        <div
          aria-hidden="true"
          className="relative h-6 whitespace-nowrap border-line border-t text-2xs text-fg-subtle [&>span]:absolute [&>span]:top-1"
        >
          <span className="font-medium text-fg">Today</span>
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
