import { memo, type ReactNode, Suspense } from 'react'
import { isPendingDeletion, isUsable } from '../../clouds/key-status.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatDate } from '../../lib/dates.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/classes.ts'
import { CloudMark } from '../shared/CloudMark.tsx'
import { DateTitle } from '../shared/DateTitle.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { type SortedBy, SortedHead, stickyHead } from '../shared/list/SortedHead.tsx'
import { VirtualTableBody } from '../shared/list/VirtualLists.tsx'
import { RotationState } from '../shared/RotationState.tsx'
import { useTimeZone } from '../time-zone.ts'
import {
  type KeyListProps,
  LabelsCell,
  LocationCell,
  LocationName,
  LocationStatus,
  MenuButton,
  RowCheckbox,
  type RowState,
  SecondLine,
  StatusCell,
  TypeCell,
  typeTitle,
} from './cells.tsx'
import { CHECKBOX_WIDTH, isHiddenInPrint, MENU_WIDTH, type ShownColumn } from './column-widths.ts'
import type { KeyRow, LocationRow } from './key-rows.ts'
import { type ColumnId, columnNames } from './keys-view.ts'

const ROW = 40

interface Column {
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: KeyRow, now: number, brief: boolean) => ReactNode
  /** What one location of the key says there. */
  readonly place?: (line: LocationRow, now: number) => ReactNode
  readonly title?: (row: KeyRow) => string
  /** Classes of the cells in rows of keys, not in those of locations. */
  readonly look?: string
  readonly className?: string
}

const dateCell = (instant: number | undefined) =>
  instant === undefined ? (
    <span className="text-fg-subtle">Not known</span>
  ) : (
    <DateTitle instant={instant}>{formatDate(instant)}</DateTitle>
  )

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
    place: (line) => <LocationName line={line} />,
  },
  cloud: {
    bar: 72,
    title: ({ key }) => cloudOf(key.cloud).longName,
    cell: ({ key }, _now, brief) =>
      brief ? (
        <CloudMark cloud={key.cloud} alone />
      ) : (
        <>
          <CloudMark cloud={key.cloud} className="mr-2" />
          {cloudOf(key.cloud).name}
        </>
      ),
  },
  location: { bar: 56, look: 'mono truncate', title: ({ key }) => key.location, cell: () => null },
  type: {
    bar: 118,
    look: 'mono truncate group-data-unusable:text-fg-muted',
    title: ({ key }) => typeTitle(key),
    cell: ({ key }) => <TypeCell kmsKey={key} />,
  },
  status: {
    bar: 60,
    cell: (row, now) => <StatusCell row={row} now={now} />,
    place: (line, now) => <LocationStatus line={line} now={now} />,
  },
  rotation: {
    bar: 96,
    cell: ({ key }, now, brief) => <RotationState rotationOf={key} now={now} brief={brief} />,
  },
  lastRotated: {
    bar: 72,
    cell: ({ key }) =>
      key.latestVersion === 1 ? <span className="text-fg-subtle">Never</span> : dateCell(key.rotation.lastAt),
  },
  nextRotation: {
    bar: 72,
    cell: ({ key }) => {
      const { automatic, never, nextAt } = key.rotation
      if (automatic && !isPendingDeletion(key)) return dateCell(nextAt)
      const manual = never === undefined ? 'Manual' : 'Not rotated'
      return <span className="text-fg-subtle">{automatic ? 'Stopped' : manual}</span>
    },
  },
  version: {
    bar: 20,
    className: 'r',
    cell: ({ key }) => `v${key.latestVersion}`,
    place: ({ copy }) => (typeof copy === 'string' ? null : `v${copy.latestVersion}`),
  },
  created: { bar: 72, cell: ({ key }) => dateCell(key.createdAt) },
  labels: { bar: 84, cell: (row) => <LabelsCell row={row} /> },
}

const classOf = (id: ColumnId) => cx(columns[id].className, isHiddenInPrint(id) && 'print:hidden')

const boxColumn = 'pr-0! print:hidden'
const menuColumn = 'pl-0! text-right! print:hidden'
interface RowProps extends RowState {
  /** From 1, the head not counted. */
  index: number
  shown: readonly ShownColumn[]
}

/** What a row says; not drawn anew when it is chosen or has another place. */
const RowCells = memo(function RowCells({
  row,
  shown,
  now,
  opened,
  onToggle,
}: Pick<RowProps, 'row' | 'shown' | 'now' | 'opened' | 'onToggle'>) {
  useTimeZone()
  return shown.map((column) => (
    <ListCell
      key={column.id}
      id={column.id}
      className={cx(columns[column.id].look, classOf(column.id))}
      title={columns[column.id].title?.(row)}
    >
      {column.id === 'location' ? (
        <LocationCell row={row} opened={opened} onToggle={onToggle} />
      ) : (
        columns[column.id].cell(row, now, column.brief)
      )}
    </ListCell>
  ))
})

const TableRow = memo(function TableRow(props: RowProps) {
  const { row, index, selected, menuOpen, onPress, onOpen, ...said } = props
  return (
    <tr
      aria-rowindex={index + 1}
      data-selected={selected || undefined}
      data-unusable={isUsable(row.key) ? undefined : true}
      className="group"
    >
      <td className={boxColumn}>
        <RowCheckbox row={row} selected={selected} onPress={onPress} />
      </td>
      <RowCells row={row} {...said} />
      <td className={menuColumn}>
        <MenuButton id={row.id} kmsKey={row.key} open={menuOpen} onOpen={onOpen} />
      </td>
    </tr>
  )
})

interface LineProps extends Pick<RowProps, 'index' | 'shown' | 'now' | 'selected' | 'menuOpen' | 'onOpen'> {
  line: LocationRow
}

/** One location of the key above. */
function LocationLine({ line, index, shown, now, selected, menuOpen, onOpen }: LineProps) {
  const { id, copy } = line
  return (
    <tr aria-rowindex={index + 1} data-selected={selected || undefined}>
      <td className={boxColumn} />
      {shown.map((column) => (
        <ListCell key={column.id} id={column.id} className={classOf(column.id)}>
          <Suspense>{columns[column.id].place?.(line, now)}</Suspense>
        </ListCell>
      ))}
      <td className={menuColumn}>
        {typeof copy === 'string' ? null : <MenuButton id={id} kmsKey={copy} open={menuOpen} onOpen={onOpen} />}
      </td>
    </tr>
  )
}

interface HeadProps extends SortedBy<ColumnId> {
  shown: readonly ShownColumn[]
  /** The box that chooses every row; empty while there is nothing to choose. */
  box?: ReactNode
}

const Head = ({ shown, box, ...sorted }: HeadProps) => (
  <SortedHead
    columns={shown.map(({ id, width }) => ({
      id,
      name: columnNames[id],
      width,
      className: classOf(id),
      right: id === 'version',
    }))}
    {...sorted}
    start={
      <th scope="col" style={{ width: CHECKBOX_WIDTH }} className={cx(stickyHead, boxColumn)}>
        {box ?? <span className="sr-only">Selection</span>}
      </th>
    }
    end={
      <th scope="col" style={{ width: MENU_WIDTH }} className={cx(stickyHead, menuColumn)}>
        <span className="sr-only">Actions</span>
      </th>
    }
  />
)

interface AllBoxProps {
  checked: boolean
  mixed: boolean
  onAll: (on: boolean) => void
}

/** Drawn anew only for another state: React writes an input's attributes each time. */
const AllBox = memo(({ checked, mixed, onAll }: AllBoxProps) => (
  <Checkbox
    aria-label="Select all keys that are shown"
    checked={checked}
    mixed={mixed}
    onChange={() => onAll(!checked)}
  />
))

interface KeyTableProps extends KeyListProps, SortedBy<ColumnId> {
  rows: readonly KeyRow[]
  shown: readonly ShownColumn[]
}

export function KeyTable(props: KeyTableProps) {
  const { rows, lines, opened, onToggle, shown, selection, working, sort, now, menuOf, onSort, onOpen } = props
  const chosen = selection.rows.length
  const all = chosen === rows.length
  return (
    <table
      className="data-table table-fixed"
      aria-label="Keys"
      aria-rowcount={lines.length + 1}
      aria-busy={working || undefined}
    >
      <Head
        shown={shown}
        sort={sort}
        onSort={onSort}
        box={<AllBox checked={all} mixed={chosen > 0 && !all} onAll={selection.onAll} />}
      />
      <VirtualTableBody always recycled rows={lines} size={ROW} columns={shown.length + 2}>
        {(line, index) => {
          const common = { index, shown, now, menuOpen: menuOf === line.id, onOpen }
          return 'of' in line ? (
            <LocationLine key={line.id} line={line} selected={selection.ids.has(line.of.id)} {...common} />
          ) : (
            <TableRow
              key={line.id}
              row={line}
              selected={selection.ids.has(line.id)}
              opened={opened.has(line.id)}
              onPress={selection.onPress}
              onToggle={onToggle}
              {...common}
            />
          )
        }}
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
