import { memo } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { ActivityListProps } from './ActivityTable.tsx'
import { ActorCell, Facts, KeyCell, PlaceCell, ResultCell, type RowState, SourceCell, Toggle } from './cells.tsx'
import { formatAgo, formatMoment } from './moments.ts'

interface CardProps extends RowState {
  now: number
  ownKey: boolean
}

/** Four lines: action and details; key and place; time; actor, result, source. */
const Card = memo(function Card({ now, ownKey, ...state }: CardProps) {
  const { row, open, detailsId } = state
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-y-1 border-line border-b px-(--gutter) py-3">
      <div className="flex items-center gap-2">
        <span className="font-medium text-md">{row.action}</span>
        <span className="mono-xs min-w-0 flex-1 truncate text-fg-subtle">{row.word}</span>
        <Toggle {...state} />
      </div>
      {ownKey ? null : (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3">
          <div className="flex min-w-0">
            <KeyCell row={row} />
          </div>
          <PlaceCell row={row} />
        </div>
      )}
      <div className="flex flex-wrap gap-x-2 text-fg-muted tabular-nums">
        <time dateTime={Number.isNaN(row.at) ? undefined : new Date(row.at).toISOString()}>{formatMoment(row.at)}</time>
        <span className="text-fg-subtle">{formatAgo(row.at, now)}</span>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 basis-24">
          <ActorCell row={row} />
        </div>
        <ResultCell row={row} />
        <SourceCell row={row} />
      </div>
      {open ? <Facts row={row} id={detailsId} /> : null}
    </li>
  )
})

/** The list where there is no room for a table. */
export const ActivityCards = ({ label, rows, now, opened, onToggle, ownKey }: ActivityListProps) => (
  <ul aria-label={label} className="border-line border-t">
    {rows.map((row) => (
      <Card
        key={row.id}
        row={row}
        now={now}
        ownKey={ownKey}
        open={opened.has(row.id)}
        onToggle={onToggle}
        detailsId={`details-${row.id.replaceAll(' ', '-')}`}
      />
    ))}
  </ul>
)

const places = [0, 1, 2, 3, 4, 5]

/** The cards' geometry while the first events are on their way. */
export const CardsSkeleton = ({ label }: { label: string }) => (
  <ul aria-label={label} aria-busy="true" className="border-line border-t">
    {places.map((place) => (
      <li key={place} className="grid h-32 content-center gap-4 border-line border-b px-(--gutter)">
        <Skeleton width={140 - place * 9} height={12} />
        <Skeleton width={260} />
        <Skeleton width={220} />
      </li>
    ))}
  </ul>
)
