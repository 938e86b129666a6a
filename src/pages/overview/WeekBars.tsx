import { type KeyboardEvent, useState } from 'react'
import { formatDate } from '../../lib/dates.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { formatWeek } from './labels.ts'
import { type Timeline, WEEKS, type Week } from './timeline.ts'

/** Colours of rotations within 30 days, and later; system colours where the browser forces them. */
export const barClass = {
  soon: 'bg-chart-strong forced-color-adjust-none forced-colors:bg-[Highlight]',
  later: 'bg-chart-muted forced-color-adjust-none forced-colors:bg-[CanvasText]',
} as const

interface WeekBarProps {
  week: Week
  highest: number
  /** The one week in the tab order. */
  reached: boolean
  onFocus: () => void
}

function WeekBar({ week, highest, reached, onFocus }: WeekBarProps) {
  const label = formatWeek(week)
  return (
    <li style={{ gridColumnStart: week.place + 1 }} className="flex h-full">
      <Tooltip text={label} side="top" onPress>
        <button
          type="button"
          aria-label={label}
          tabIndex={reached ? 0 : -1}
          onFocus={onFocus}
          className="flex h-full w-full cursor-help flex-col items-center justify-end rounded-xs hover:bg-hover"
        >
          {(['later', 'soon'] as const).map((kind) =>
            week[kind] === 0 ? null : (
              <span
                key={kind}
                className={`min-h-0.5 w-3/5 ${barClass[kind]}`}
                style={{ height: `${(week[kind] / highest) * 100}%` }}
              />
            ),
          )}
        </button>
      </Tooltip>
    </li>
  )
}

/** Week that receives the focus after a key press; undefined for keys without effect. */
function weekAfterKey(pressed: string, at: number, last: number): number | undefined {
  if (pressed === 'ArrowRight') return Math.min(last, at + 1)
  if (pressed === 'ArrowLeft') return Math.max(0, at - 1)
  if (pressed === 'Home') return 0
  return pressed === 'End' ? last : undefined
}

/** Rotations by week. One tab stop; the arrow keys move from week to week. */
export function WeekBars({ timeline: { weeks, highest, startsAt, endsAt } }: { timeline: Timeline }) {
  const [reached, setReached] = useState(0)
  const at = Math.min(reached, weeks.length - 1)
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const next = weekAfterKey(event.key, at, weeks.length - 1)
    if (next === undefined) return
    event.preventDefault()
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <ul
      aria-label={`Rotations per week, from ${formatDate(startsAt)} until ${formatDate(endsAt)}`}
      onKeyDown={onKeyDown}
      className="relative grid h-full"
      style={{ gridTemplateColumns: `repeat(${WEEKS}, minmax(0, 1fr))` }}
    >
      {weeks.map((week, index) => (
        <WeekBar
          key={week.startsAt}
          week={week}
          highest={highest}
          reached={index === at}
          onFocus={() => setReached(index)}
        />
      ))}
    </ul>
  )
}
