import { type KeyboardEvent, useState } from 'react'
import { formatDate } from '../../lib/dates.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { formatWeek } from './labels.ts'
import { squareClass } from './legend.tsx'
import { squaresOf, type Timeline, WEEKS, type Week } from './timeline.ts'

const places = (amount: number) => Array.from({ length: amount }, (_, place) => place)

interface WeekColumnProps {
  week: Week
  unit: number
  /** The one week in the tab order. */
  reached: boolean
  onFocus: () => void
}

function WeekColumn({ week, unit, reached, onFocus }: WeekColumnProps) {
  const label = formatWeek(week)
  const squares = squaresOf(week, unit)
  return (
    <li style={{ gridColumnStart: week.place + 1 }} className="flex">
      <Tooltip text={label} side="top" onPress>
        <button
          type="button"
          aria-label={label}
          tabIndex={reached ? 0 : -1}
          onFocus={onFocus}
          className="flex h-[83px] w-full cursor-help flex-col items-center justify-end gap-0.5 rounded-xs pb-[3px] hover:bg-hover"
        >
          {(['later', 'soon'] as const).flatMap((kind) =>
            places(squares[kind]).map((place) => (
              <span key={`${kind} ${place}`} className={`size-3 flex-none rounded-[2px] ${squareClass[kind]}`} />
            )),
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
export function WeekColumns({ timeline: { weeks, unit, startsAt, endsAt } }: { timeline: Timeline }) {
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
      className="relative grid h-21 items-end border-line-strong border-b"
      style={{ gridTemplateColumns: `repeat(${WEEKS}, minmax(0, 1fr))` }}
    >
      {weeks.map((week, index) => (
        <WeekColumn
          key={week.startsAt}
          week={week}
          unit={unit}
          reached={index === at}
          onFocus={() => setReached(index)}
        />
      ))}
    </ul>
  )
}
