import type { ReactNode } from 'react'
import { cx } from '../../ui/classes.ts'
import { SortHeader } from '../../ui/SortHeader.tsx'
import type { Sort } from '../../ui/sort.ts'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { directionOf } from '../shared/list/list-view.ts'
import { VirtualTableBody } from '../shared/list/VirtualLists.tsx'
import type { ApiKeyRow } from './access-rows.ts'
import type { KeyColumn } from './access-view.ts'
import { AllowsCell, DeleteButton, type DeleteButtonProps, KeyCell, NameCell, RoleCell } from './cells.tsx'

const ROW = 40

interface Column {
  readonly id: KeyColumn
  readonly name: string
  /** The width. */
  readonly className: string
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (row: ApiKeyRow) => ReactNode
}

export const columns: readonly Column[] = [
  { id: 'name', name: 'Name', className: 'w-[24%]', bar: 104, cell: (row) => <NameCell row={row} /> },
  { id: 'key', name: 'Key', className: 'w-72 max-[1180px]:w-[26%]', bar: 200, cell: (row) => <KeyCell row={row} /> },
  {
    id: 'role',
    name: 'Role',
    className: 'w-[18%]',
    bar: 96,
    cell: (row) => <RoleCell row={row} />,
  },
  {
    id: 'allows',
    name: 'What the role allows',
    className: '',
    bar: 140,
    cell: (row) => <AllowsCell row={row} />,
  },
]

const actions = 'w-14 pl-0! text-right!'
const sticky = 'sticky top-(--topbar) z-2'

interface RowProps extends DeleteButtonProps {
  /** From 1, the head not counted. */
  index: number
}

function TableRow({ index, ...row }: RowProps) {
  return (
    <tr aria-rowindex={index + 1}>
      {columns.map(({ id, className, cell }) => (
        <ListCell key={id} id={id} className={className}>
          {cell(row.row)}
        </ListCell>
      ))}
      <td className={actions}>
        <DeleteButton {...row} />
      </td>
    </tr>
  )
}

interface HeadProps {
  sort: Sort<KeyColumn>
  onSort: (column: KeyColumn) => void
}

const Head = ({ sort, onSort }: HeadProps) => (
  <thead>
    <tr aria-rowindex={1}>
      {columns.map(({ id, name, className }) => (
        <SortHeader key={id} className={cx(sticky, className)} sorted={directionOf(sort, id)} onSort={() => onSort(id)}>
          {name}
        </SortHeader>
      ))}
      <th scope="col" className={cx(sticky, actions)}>
        <span className="sr-only">Actions</span>
      </th>
    </tr>
  </thead>
)

export interface ApiKeyListProps extends Pick<DeleteButtonProps, 'reason' | 'onDelete'> {
  rows: readonly ApiKeyRow[]
}

export function ApiKeyTable({ rows, reason, onDelete, ...head }: ApiKeyListProps & HeadProps) {
  return (
    <table className="data-table table-fixed" aria-label="API keys" aria-rowcount={rows.length + 1}>
      <Head {...head} />
      <VirtualTableBody rows={rows} size={ROW} columns={columns.length + 1}>
        {(row, position) => <TableRow key={row.id} row={row} index={position} reason={reason} onDelete={onDelete} />}
      </VirtualTableBody>
    </table>
  )
}

/** Rows of the table’s size while the first keys are read. */
export const TableSkeleton = (head: HeadProps) => (
  <table className="data-table table-fixed" aria-label="API keys" aria-busy="true">
    <Head {...head} />
    <SkeletonRows count={8} columns={[...columns, { id: 'actions', className: actions }]} />
  </table>
)
