import { Fragment, memo, type ReactNode, useMemo } from 'react'
import { formatAgo, formatLogTime } from '../../../lib/dates.ts'
import { cx } from '../../../ui/classes.ts'
import { useTimeZone } from '../../time-zone.ts'
import { SkeletonRows } from '../list/ListBody.tsx'
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
import type { ActivityRow } from './rows.ts'

type ColumnId = 'time' | 'action' | 'key' | 'place' | 'person' | 'actor' | 'result' | 'client'

interface Column {
  readonly id: ColumnId
  readonly name: string
  /** The width, and when the column leaves for want of room. */
  readonly className: string
  /** Its words stand among the details of a row where it has left. */
  readonly among?: string
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: ActivityRow, now: number, reading: boolean) => ReactNode
}

const columns: readonly Column[] = [
  {
    id: 'time',
    name: 'Time',
    className: 'w-54',
    bar: 150,
    cell: ({ at }, now) => (
      <div className="cell2 tabular-nums">
        <time className="font-normal" dateTime={Number.isNaN(at) ? undefined : new Date(at).toISOString()}>
          {formatLogTime(at)}
        </time>
        <span className="font-sans print:hidden">{formatAgo(at, now)}</span>
      </div>
    ),
  },
  {
    id: 'action',
    name: 'Action',
    className: 'w-48 max-[1400px]:w-40 max-[720px]:w-36 min-[1800px]:w-[15%]',
    bar: 96,
    cell: (row) => (
      <div className="cell2 min-w-0">
        <span className="truncate font-medium text-fg">{row.action}</span>
        <span className="truncate print:whitespace-normal print:wrap-anywhere" title={wordOf(row)}>
          {wordOf(row)}
        </span>
      </div>
    ),
  },
  {
    id: 'key',
    name: 'Key',
    className: '',
    bar: 120,
    cell: (row, _now, reading) => <KeyCell row={row} reading={reading} />,
  },
  {
    id: 'place',
    name: 'Location',
    className: 'w-48 max-[1400px]:w-30 max-[820px]:hidden min-[1800px]:w-[14%] print:table-cell print:w-44',
    among: 'min-[820px]:hidden',
    bar: 110,
    cell: (row) => <LocationCell row={row} />,
  },
  {
    id: 'person',
    name: 'Person',
    className: 'w-44 max-[1240px]:w-36 max-[1000px]:hidden min-[1800px]:w-[12%] print:table-cell print:w-36',
    among: 'min-[1000px]:hidden',
    bar: 80,
    cell: (row) => <PersonCell row={row} />,
  },
  {
    id: 'actor',
    name: 'Actor',
    className: 'w-44 max-[1240px]:w-36 max-[1000px]:hidden min-[1800px]:w-[14%] print:table-cell print:w-36',
    among: 'min-[1000px]:hidden',
    bar: 80,
    cell: (row) => <ActorCell row={row} />,
  },
  { id: 'result', name: 'Result', className: 'w-28', bar: 40, cell: (row) => <ResultCell row={row} /> },
  {
    id: 'client',
    name: 'Client address',
    className: 'hidden min-[1800px]:table-cell min-[1800px]:w-[12%] print:hidden',
    bar: 80,
    cell: ({ details }) => (
      <span className="mono text-fg-muted">{details.find(([name]) => name === 'Client address')?.[1] ?? '–'}</span>
    ),
  },
]

const sticky = 'sticky top-(--topbar) z-2 print:static'
const toggleColumn = 'w-16 pr-0! print:hidden'

/** Beside people, who acted for them matters less. */
const actorBesidePeople = {
  className: 'w-40 max-[1400px]:hidden min-[1800px]:w-[12%] print:table-cell print:w-36',
  among: 'min-[1400px]:hidden',
}

interface Shown {
  /** One key's own list need not name it. */
  readonly ownKey: boolean
  /** Whether people sign in. */
  readonly hasPeople: boolean
}

const shownColumns = ({ ownKey, hasPeople }: Shown): readonly Column[] =>
  columns
    .filter(({ id }) => (id === 'key' || id === 'place' ? !ownKey : id !== 'person' || hasPeople))
    .map((column) => (column.id === 'actor' && hasPeople && !ownKey ? { ...column, ...actorBesidePeople } : column))

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
  reading: boolean
}

const TableRow = memo(function TableRow({ shown, now, reading, ...state }: TableRowProps) {
  useTimeZone()
  const { row, open } = state
  // A cell that spans columns which have left would make room for them again.
  const leaving = shown.filter(({ among, id }) => among !== undefined || id === 'client')
  return (
    <Fragment>
      <tr>
        <td className={toggleColumn}>
          <Toggle {...state} />
        </td>
        {shown.map(({ id, className, cell }) => (
          <td key={id} className={className}>
            {cell(row, now, reading)}
          </td>
        ))}
      </tr>
      {open ? (
        <tr>
          <td className={cx('bg-sunken', toggleColumn)} />
          <td colSpan={shown.length - leaving.length} className="bg-sunken">
            <Details row={row}>
              {leaving.map(({ id, name, among, cell }) =>
                among === undefined ? null : (
                  <Detail key={id} name={name} className={among}>
                    {cell(row, now, reading)}
                  </Detail>
                ),
              )}
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

export interface ActivityListProps extends Shown {
  label: string
  rows: readonly ActivityRow[]
  now: number
  /** Names of keys are on their way. */
  reading: boolean
  /** Ids of the rows whose details are shown. */
  opened: ReadonlySet<string>
  onToggle: (id: string) => void
}

export function ActivityTable({ label, rows, now, reading, opened, onToggle, ownKey, hasPeople }: ActivityListProps) {
  const shown = useMemo(() => shownColumns({ ownKey, hasPeople }), [ownKey, hasPeople])
  return (
    <table className="data-table table-fixed" aria-label={label}>
      <Head shown={shown} />
      <tbody>
        {rows.map((row) => (
          <TableRow
            key={row.id}
            row={row}
            now={now}
            reading={reading}
            shown={shown}
            open={opened.has(row.id)}
            onToggle={onToggle}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Rows of the table’s size while the first events are read. */
export function TableSkeleton({ label, ...which }: Shown & { label: string }) {
  const shown = shownColumns(which)
  return (
    <table className="data-table table-fixed" aria-label={label} aria-busy="true">
      <Head shown={shown} />
      <SkeletonRows columns={[{ id: 'toggle', className: toggleColumn }, ...shown]} />
    </table>
  )
}
