import { memo } from 'react'
import { formatAgo, formatLogTime } from '../../../lib/dates.ts'
import { useTimeZone } from '../../time-zone.ts'
import type { ActivityListProps } from './ActivityTable.tsx'
import {
  ActorCell,
  Detail,
  Details,
  KeyCell,
  LocationCell,
  PersonCell,
  ResultCell,
  type RowState,
  Toggle,
  wordOf,
} from './cells.tsx'

interface CardProps extends RowState {
  now: number
  reading: boolean
  ownKey: boolean
}

/** Four lines: action and details; key and place; time; person or else actor, and result. */
const Card = memo(function Card({ now, reading, ownKey, ...state }: CardProps) {
  useTimeZone()
  const { row, open } = state
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-y-1 border-line border-b px-(--gutter) py-3">
      <div className="flex items-center gap-2">
        <span className="font-medium text-md">{row.action}</span>
        <span className="mono-xs min-w-0 flex-1 truncate text-fg-subtle">{wordOf(row)}</span>
        <Toggle {...state} />
      </div>
      {ownKey || row.cloud === undefined ? null : (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3">
          <div className="min-w-0">
            <KeyCell row={row} reading={reading} />
          </div>
          <LocationCell row={row} />
        </div>
      )}
      <div className="flex flex-wrap gap-x-2 text-fg-muted tabular-nums">
        <time dateTime={Number.isNaN(row.at) ? undefined : new Date(row.at).toISOString()}>
          {formatLogTime(row.at)}
        </time>
        <span className="text-fg-subtle">{formatAgo(row.at, now)}</span>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-24">
          {row.person === undefined ? <ActorCell row={row} /> : <PersonCell row={row} />}
        </div>
        <ResultCell row={row} />
      </div>
      {open ? (
        <Details row={row}>
          {row.person === undefined || row.consoleOnly ? null : (
            <Detail name="Actor">
              <ActorCell row={row} />
            </Detail>
          )}
        </Details>
      ) : null}
    </li>
  )
})

/** The list where there is no room for a table. */
export const ActivityCards = ({ label, rows, now, reading, opened, onToggle, ownKey }: ActivityListProps) => (
  <ul aria-label={label} className="border-line border-t">
    {rows.map((row) => (
      <Card
        key={row.id}
        row={row}
        now={now}
        reading={reading}
        ownKey={ownKey}
        open={opened.has(row.id)}
        onToggle={onToggle}
      />
    ))}
  </ul>
)
