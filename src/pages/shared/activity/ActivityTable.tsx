import { Fragment, memo, type ReactNode } from 'react'
import { cx } from '../../../ui/classes.ts'
import { useTimeZone } from '../../time-zone.ts'
import { SkeletonRows } from '../list/ListBody.tsx'
import {
  ActorCell,
  Detail,
  Details,
  KeyCell,
  LocationCell,
  ResultCell,
  type RowState,
  SourceCell,
  Toggle,
} from './cells.tsx'
import type { ActivityRow } from './rows.ts'
import { formatAgo, formatTimestamp } from './timestamps.ts'

interface Column {
  readonly id: 'time' | 'action' | 'key' | 'place' | 'actor' | 'result' | 'source'
  readonly name: string
  /** The width, and when the column leaves for want of room. */
  readonly className: string
  /** Its words stand among the details of a row where it has left. */
  readonly among?: string
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: ActivityRow, now: number) => ReactNode
}

const columns: readonly Column[] = [
  {
    id: 'time',
    name: 'Time',
    className: 'w-50',
    bar: 150,
    cell: ({ at }, now) => (
      <div className="cell2 tabular-nums">
        <time className="font-normal" dateTime={Number.isNaN(at) ? undefined : new Date(at).toISOString()}>
          {formatTimestamp(at)}
        </time>
        <span className="font-sans">{formatAgo(at, now)}</span>
      </div>
    ),
  },
  {
    id: 'action',
    name: 'Action',
    className: 'w-48 max-[1400px]:w-40 max-[720px]:w-36',
    bar: 96,
    cell: ({ action, rawAction: word }) => (
      <div className="cell2 min-w-0">
        <span className="truncate font-medium text-fg">{action}</span>
        <span className="truncate" title={word}>
          {word}
        </span>
      </div>
    ),
  },
  { id: 'key', name: 'Key', className: 'min-[1800px]:w-120', bar: 120, cell: (row) => <KeyCell row={row} /> },
  {
    id: 'place',
    name: 'Location',
    className: 'w-48 max-[1400px]:w-30 max-[820px]:hidden',
    among: 'min-[820px]:hidden',
    bar: 110,
    cell: (row) => <LocationCell row={row} />,
  },
  {
    id: 'actor',
    name: 'Actor',
    className: 'w-38 max-[1240px]:hidden',
    among: 'min-[1240px]:hidden',
    bar: 80,
    cell: (row) => <ActorCell row={row} />,
  },
  { id: 'result', name: 'Result', className: 'w-28', bar: 40, cell: (row) => <ResultCell row={row} /> },
  {
    id: 'source',
    name: 'Source',
    className: 'w-28 max-[920px]:hidden min-[1800px]:w-auto',
    among: 'min-[920px]:hidden',
    bar: 64,
    cell: (row) => <SourceCell row={row} />,
  },
]

const sticky = 'sticky top-(--topbar) z-2'
const toggleColumn = 'w-16 pr-0!'

/** One key's own list need not name it. */
const ownKeyColumns = columns.filter(({ id }) => id !== 'key' && id !== 'place')

function Head({ shown }: { shown: readonly Column[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" className={cx(sticky, toggleColumn)}>
          <span className="sr-only">Details</span>
        </th>
        {shown.map(({ id, name, className }) => (
          <th key={id} scope="col" className={cx(sticky, className)}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface TableRowProps extends RowState {
  shown: readonly Column[]
  now: number
}

const TableRow = memo(function TableRow({ shown, now, ...state }: TableRowProps) {
  useTimeZone()
  const { row, open, detailsId } = state
  // A cell that spans columns which have left would make room for them again.
  const leaving = shown.filter(({ among }) => among !== undefined)
  return (
    <Fragment>
      <tr>
        <td className={toggleColumn}>
          <Toggle {...state} />
        </td>
        {shown.map(({ id, className, cell }) => (
          <td key={id} className={className}>
            {id === 'key' ? <div className="flex min-w-0">{cell(row, now)}</div> : cell(row, now)}
          </td>
        ))}
      </tr>
      {open ? (
        <tr>
          <td className="bg-sunken" />
          <td colSpan={shown.length - leaving.length} className="bg-sunken">
            <Details row={row} id={detailsId}>
              {leaving.map(({ id, name, among, cell }) => (
                <Detail key={id} name={name} className={among}>
                  {cell(row, now)}
                </Detail>
              ))}
            </Details>
          </td>
          {leaving.map(({ id, className }) => (
            <td key={id} className={cx('bg-sunken', className)} />
          ))}
        </tr>
      ) : null}
    </Fragment>
  )
})

export interface ActivityListProps {
  label: string
  rows: readonly ActivityRow[]
  now: number
  /** Ids of the rows whose details are shown. */
  opened: ReadonlySet<string>
  onToggle: (id: string) => void
  /** All is about one key. */
  ownKey: boolean
}

export function ActivityTable({ label, rows, now, opened, onToggle, ownKey }: ActivityListProps) {
  const shown = ownKey ? ownKeyColumns : columns
  return (
    <table className="data-table table-fixed" aria-label={label}>
      <Head shown={shown} />
      <tbody>
        {rows.map((row) => (
          <TableRow
            key={row.id}
            row={row}
            now={now}
            shown={shown}
            open={opened.has(row.id)}
            onToggle={onToggle}
            detailsId={`details-${row.id.replaceAll(' ', '-')}`}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Rows of the table’s size while the first events are read. */
export function TableSkeleton({ label, ownKey }: Pick<ActivityListProps, 'label' | 'ownKey'>) {
  const shown = ownKey ? ownKeyColumns : columns
  return (
    <table className="data-table table-fixed" aria-label={label} aria-busy="true">
      <Head shown={shown} />
      <SkeletonRows columns={[{ id: 'toggle', className: toggleColumn }, ...shown]} />
    </table>
  )
}
