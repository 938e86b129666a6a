import { type KeyboardEvent, useState } from 'react'
import { formatDate } from '../../lib/dates.ts'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { type Horizon, squaresOf, WEEKS, type Week } from './horizon.ts'
import { squareLook } from './marks.tsx'
import { weekWords } from './words.ts'

const places = (amount: number) => Array.from({ length: amount }, (_, place) => place)

interface WeekMarkProps {
  week: Week
  unit: number
  /** The one of all weeks that the tab key reaches. */
  reached: boolean
  onFocus: () => void
}

function WeekMark({ week, unit, reached, onFocus }: WeekMarkProps) {
  const words = weekWords(week)
  const squares = squaresOf(week, unit)
  return (
    <li style={{ gridColumnStart: week.place + 1 }} className="flex">
      <Tooltip text={words} side="top" onPress>
        <button
          type="button"
          aria-label={words}
          tabIndex={reached ? 0 : -1}
          onFocus={onFocus}
          className="flex h-[83px] w-full cursor-help flex-col items-center justify-end gap-0.5 rounded-xs pb-[3px] hover:bg-hover"
        >
          {(['later', 'soon'] as const).flatMap((kind) =>
            places(squares[kind]).map((place) => (
              <span key={`${kind} ${place}`} className={`size-3 flex-none rounded-[2px] ${squareLook[kind]}`} />
            )),
          )}
        </button>
      </Tooltip>
    </li>
  )
}

/** The week to go to for a key that was pressed; undefined for keys that mean nothing here. */
function stepFor(pressed: string, at: number, last: number): number | undefined {
  if (pressed === 'ArrowRight') return Math.min(last, at + 1)
  if (pressed === 'ArrowLeft') return Math.max(0, at - 1)
  if (pressed === 'Home') return 0
  return pressed === 'End' ? last : undefined
}

/** Rotations week by week: one stop of the tab key, the arrows go from week to week. */
export function Weeks({ horizon: { weeks, unit, startsAt, endsAt } }: { horizon: Horizon }) {
  const [reached, setReached] = useState(0)
  const at = Math.min(reached, weeks.length - 1)
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const next = stepFor(event.key, at, weeks.length - 1)
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
        <WeekMark
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
