import { memo, type ReactNode } from 'react'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate, formatDateTime, formatRelative } from '../../lib/dates.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/classes.ts'
import { SortHeader } from '../../ui/SortHeader.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { SkeletonRows } from '../shared/list/ListBody.tsx'
import { directionOf } from '../shared/list/list-view.ts'
import { VirtualTableBody } from '../shared/list/VirtualLists.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { useTimeZone } from '../time-zone.ts'
import { LabelsCell, LocationCell, MenuButton, type OpenMenu, SecondLine, TypeCell } from './cells.tsx'
import { CHECKBOX_WIDTH, isHiddenInPrint, MENU_WIDTH, type ShownColumn } from './column-widths.ts'
import type { KeyRow } from './key-rows.ts'
import { type ColumnId, columnNames, type Sort } from './keys-view.ts'
import { RowCheckbox } from './RowCheckbox.tsx'
import type { PressRow, Selection } from './use-selection.ts'

const ROW = 40

interface Column {
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: KeyRow, now: number, brief: boolean) => ReactNode
  readonly className?: string
}

const columns: Readonly<Record<ColumnId, Column>> = {
  name: {
    bar: 104,
    className: 'print:w-auto!',
    cell: ({ key }) => (
      <div className="cell2 min-w-0">
        <KeyNameLink kmsKey={key} />
        <SecondLine kmsKey={key} />
      </div>
    ),
  },
  cloud: {
    bar: 72,
    cell: ({ key }, _now, brief) => (
      <span className="flex items-center gap-2">
        <CloudMark cloud={key.cloud} />
        <span className={cx(brief && 'sr-only')}>{cloudOf(key.cloud).name}</span>
      </span>
    ),
  },
  location: { bar: 56, cell: (row) => <LocationCell row={row} /> },
  type: { bar: 118, cell: ({ key }) => <TypeCell kmsKey={key} /> },
  status: { bar: 60, cell: ({ key }, now) => <KeyStatus kmsKey={key} now={now} /> },
  rotation: {
    bar: 96,
    cell: ({ key }, now, brief) => (
      <span className={cx(brief && '[&_span[aria-hidden]]:hidden')}>
        <RotationState rotationOf={key} now={now} />
      </span>
    ),
  },
  version: { bar: 20, className: 'r', cell: ({ key }) => `v${key.latestVersion}` },
  created: {
    bar: 72,
    cell: ({ key: { createdAt } }, now) =>
      createdAt === undefined ? (
        <span className="text-fg-subtle">Not known</span>
      ) : (
        <span title={`${formatDateTime(createdAt)}, ${formatRelative(createdAt, now)}`}>{formatDate(createdAt)}</span>
      ),
  },
  labels: { bar: 84, cell: (row) => <LabelsCell row={row} /> },
}

const classOf = (id: ColumnId) => cx(columns[id].className, isHiddenInPrint(id) && 'print:hidden')

const boxColumn = 'pr-0! print:hidden'
const menuColumn = 'pl-0! text-right! print:hidden'
// While the bar of the selection stays in sight, the heads stand under it.
const sticky = 'sticky top-[calc(var(--topbar)+var(--selection-bar,0px))] z-2'

interface RowProps {
  row: KeyRow
  /** From 1, the head not counted. */
  index: number
  shown: readonly ShownColumn[]
  now: number
  selected: boolean
  menuOpen: boolean
  onPress: PressRow
  onOpen: OpenMenu
}

const TableRow = memo(function TableRow(props: RowProps) {
  useTimeZone()
  const { row, index, shown, now, selected, menuOpen, onPress, onOpen } = props
  return (
    <tr aria-rowindex={index + 1} data-selected={selected || undefined}>
      <td className={boxColumn}>
        <RowCheckbox row={row} selected={selected} onPress={onPress} />
      </td>
      {shown.map(({ id, brief }) => (
        <td key={id} className={classOf(id)}>
          {columns[id].cell(row, now, brief)}
        </td>
      ))}
      <td className={menuColumn}>
        <MenuButton row={row} open={menuOpen} onOpen={onOpen} />
      </td>
    </tr>
  )
})

interface HeadProps {
  shown: readonly ShownColumn[]
  sort: Sort
  onSort: (column: ColumnId) => void
  /** The box that chooses every row; empty while there is nothing to choose. */
  box?: ReactNode
}

function Head({ shown, sort, onSort, box }: HeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" style={{ width: CHECKBOX_WIDTH }} className={cx(sticky, boxColumn)}>
          {box ?? <span className="sr-only">Selection</span>}
        </th>
        {shown.map(({ id, width }) => (
          <SortHeader
            key={id}
            style={{ width }}
            className={cx(sticky, classOf(id))}
            right={id === 'version'}
            sorted={directionOf(sort, id)}
            onSort={() => onSort(id)}
          >
            {columnNames[id]}
          </SortHeader>
        ))}
        <th scope="col" style={{ width: MENU_WIDTH }} className={cx(sticky, menuColumn)}>
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

export interface KeyTableProps {
  rows: readonly KeyRow[]
  shown: readonly ShownColumn[]
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
  const { rows, shown, selection, working, sort, now, menuOf, onSort, onOpen } = props
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
      <VirtualTableBody rows={rows} size={ROW} columns={shown.length + 2}>
        {(row, position) => (
          <TableRow
            key={row.id}
            row={row}
            index={position}
            shown={shown}
            now={now}
            selected={selection.ids.has(row.id)}
            menuOpen={menuOf === row.id}
            onPress={selection.onPress}
            onOpen={onOpen}
          />
        )}
      </VirtualTableBody>
    </table>
  )
}

/** Rows of the table’s size while the first keys are read. */
export const TableSkeleton = ({ shown, sort, onSort }: Pick<KeyTableProps, 'shown' | 'sort' | 'onSort'>) => (
  <table className="data-table table-fixed" aria-label="Keys" aria-busy="true">
    <Head shown={shown} sort={sort} onSort={onSort} />
    <SkeletonRows
      columns={[
        { id: 'checkbox', className: boxColumn },
        ...shown.map(({ id }) => ({ id, className: classOf(id), bar: columns[id].bar })),
        { id: 'menu', className: menuColumn },
      ]}
    />
  </table>
)
