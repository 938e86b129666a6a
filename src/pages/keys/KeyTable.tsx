import { memo, type ReactNode, useMemo, useRef } from 'react'
import { cloudOf } from '../../clouds/queries.ts'
import { formatDate, formatDateTime, formatRelative } from '../../lib/dates.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { SortHeader } from '../../ui/SortHeader.tsx'
import { CloudMark } from '../parts/CloudMark.tsx'
import { GapRows } from '../parts/GapRows.tsx'
import { KeyStatus } from '../parts/KeyStatus.tsx'
import { RotationState } from '../parts/RotationState.tsx'
import { Windowed } from '../parts/Windowed.tsx'
import { LabelsCell, LocationCell, MenuButton, NameLink, type OpenMenu, SecondLine, TypeCell } from './cells.tsx'
import type { KeyRow } from './key-rows.ts'
import { type ColumnId, columnNames, type Sort } from './keys-view.ts'
import { SelectBox } from './SelectBox.tsx'
import type { PressRow, Selection } from './use-selection.ts'

const ROW = 40

interface Column {
  readonly id: ColumnId
  /** The width, and when the column leaves for want of room. */
  readonly className: string
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: KeyRow, now: number) => ReactNode
}

const columns: readonly Column[] = [
  {
    id: 'name',
    className: '',
    bar: 104,
    cell: ({ key }) => (
      <div className="cell2 min-w-0">
        <NameLink keyOf={key} />
        <SecondLine keyOf={key} />
      </div>
    ),
  },
  {
    id: 'cloud',
    className: 'w-25 max-[1180px]:w-14',
    bar: 72,
    cell: ({ key }) => (
      <span className="flex items-center gap-2">
        <CloudMark cloud={key.cloud} />
        <span className="max-[1180px]:sr-only">{cloudOf(key.cloud).name}</span>
      </span>
    ),
  },
  {
    id: 'location',
    className: 'w-25',
    bar: 56,
    cell: (row) => <LocationCell row={row} />,
  },
  {
    id: 'type',
    className: 'w-42 max-[820px]:hidden',
    bar: 118,
    cell: ({ key }) => <TypeCell keyOf={key} />,
  },
  {
    id: 'status',
    className: 'w-36',
    bar: 60,
    cell: (row, now) => <KeyStatus keyOf={row.key} now={now} />,
  },
  {
    id: 'rotation',
    // The cycle and the period leave before the days do.
    className:
      'w-40 max-[960px]:w-26 max-[960px]:[&_span[aria-hidden]]:hidden max-[960px]:[&_span>span:nth-child(3)]:hidden',
    bar: 96,
    cell: ({ key }, now) => <RotationState rotationOf={key} now={now} />,
  },
  {
    id: 'version',
    className: 'w-17 r max-[1180px]:hidden',
    bar: 20,
    cell: ({ key }) => `v${key.latestVersion}`,
  },
  {
    id: 'created',
    className: 'w-26 max-[1400px]:hidden',
    bar: 72,
    cell: ({ key }, now) => (
      <span title={`${formatDateTime(key.createdAt)}, ${formatRelative(key.createdAt, now)}`}>
        {formatDate(key.createdAt)}
      </span>
    ),
  },
  {
    id: 'labels',
    className: 'w-34 max-[1300px]:hidden',
    bar: 84,
    cell: (row) => <LabelsCell row={row} />,
  },
]

const boxColumn = 'w-13 pr-0!'
const menuColumn = 'w-14 pl-0! text-right!'
// While the bar of the selection stays in sight, the heads stand under it.
const sticky = 'sticky top-[calc(var(--topbar)+var(--selection-bar,0px))] z-2'

interface RowProps {
  row: KeyRow
  /** From 1, the head not counted. */
  index: number
  shown: readonly Column[]
  now: number
  selected: boolean
  menuOpen: boolean
  onPress: PressRow
  onOpen: OpenMenu
}

const TableRow = memo(function TableRow(props: RowProps) {
  const { row, index, shown, now, selected, menuOpen, onPress, onOpen } = props
  return (
    <tr aria-rowindex={index + 1} data-selected={selected || undefined}>
      <td className={boxColumn}>
        <SelectBox row={row} selected={selected} onPress={onPress} />
      </td>
      {shown.map(({ id, className, cell }) => (
        <td key={id} className={className}>
          {cell(row, now)}
        </td>
      ))}
      <td className={menuColumn}>
        <MenuButton row={row} open={menuOpen} onOpen={onOpen} />
      </td>
    </tr>
  )
})

interface HeadProps {
  shown: readonly Column[]
  sort: Sort
  onSort: (column: ColumnId) => void
  /** The box that chooses every row; empty while there is nothing to choose. */
  box?: ReactNode
}

function Head({ shown, sort, onSort, box }: HeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={cx(sticky, boxColumn)}>
          {box ?? <span className="sr-only">Selection</span>}
        </th>
        {shown.map(({ id, className }) => (
          <SortHeader
            key={id}
            className={cx(sticky, className)}
            right={id === 'version'}
            sorted={sort.column !== id ? undefined : sort.descending ? 'descending' : 'ascending'}
            onSort={() => onSort(id)}
          >
            {columnNames[id]}
          </SortHeader>
        ))}
        <th scope="col" className={cx(sticky, menuColumn)}>
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

const useShown = (hidden: ReadonlySet<ColumnId>) => useMemo(() => columns.filter(({ id }) => !hidden.has(id)), [hidden])

export interface KeyTableProps {
  rows: readonly KeyRow[]
  hidden: ReadonlySet<ColumnId>
  selection: Selection
  /** Rows in another order or selection of them are on their way. */
  working: boolean
  sort: Sort
  now: number
  /** The id of the row whose menu is open. */
  menuOf: string | undefined
  onSort: (column: ColumnId) => void
  onOpen: OpenMenu
}

export function KeyTable(props: KeyTableProps) {
  const { rows, hidden, selection, working, sort, now, menuOf, onSort, onOpen } = props
  const start = useRef<HTMLTableSectionElement>(null)
  const shown = useShown(hidden)
  const chosen = selection.rows.length
  const all = chosen === rows.length
  const box = (
    <Checkbox
      aria-label="Select all keys that are shown"
      checked={all}
      mixed={chosen > 0 && !all}
      onChange={() => selection.onAll(!all)}
    />
  )
  return (
    <table
      className="data-table table-fixed"
      aria-label="Keys"
      aria-rowcount={rows.length + 1}
      aria-busy={working || undefined}
    >
      <Head shown={shown} sort={sort} onSort={onSort} box={box} />
      <Windowed count={rows.length} size={ROW} container={start}>
        {({ from, to, before, after }) => (
          <>
            <GapRows columns={columns.length + 2} height={before} ref={start} />
            <tbody>
              {rows.slice(from, to).map((row, offset) => (
                <TableRow
                  key={row.id}
                  row={row}
                  index={from + offset + 1}
                  shown={shown}
                  now={now}
                  selected={selection.ids.has(row.id)}
                  menuOpen={menuOf === row.id}
                  onPress={selection.onPress}
                  onOpen={onOpen}
                />
              ))}
            </tbody>
            <GapRows columns={columns.length + 2} height={after} />
          </>
        )}
      </Windowed>
    </table>
  )
}

const places = Array.from({ length: 12 }, (_, place) => place)

/** The table's geometry while the first keys are on their way. */
export function TableSkeleton({ hidden, sort, onSort }: Pick<KeyTableProps, 'hidden' | 'sort' | 'onSort'>) {
  const shown = useShown(hidden)
  return (
    <table className="data-table table-fixed" aria-label="Keys" aria-busy="true">
      <Head shown={shown} sort={sort} onSort={onSort} />
      <tbody aria-hidden="true">
        {places.map((place) => (
          <tr key={place}>
            <td className={boxColumn} />
            {shown.map(({ id, className, bar }) => (
              <td key={id} className={className}>
                <Skeleton width={bar * (1 - ((place * 13) % 24) / 100)} />
              </td>
            ))}
            <td className={menuColumn} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
