import { cx } from '../../ui/classes.ts'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { type ListColumn, type SortedBy, SortedHead, stickyHead } from '../shared/list/SortedHead.tsx'
import { VirtualTableBody } from '../shared/list/VirtualLists.tsx'
import type { ApiKeyRow } from './access-rows.ts'
import type { KeyColumn } from './access-view.ts'
import { AllowsCell, CreatedCell, DeleteButton, type DeleteButtonProps, KeyCell, NameCell, RoleCell } from './cells.tsx'

const ROW = 40

const columns: readonly ListColumn<KeyColumn, ApiKeyRow>[] = [
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
    id: 'created',
    name: 'Created',
    className: 'w-32 max-[1000px]:hidden',
    bar: 72,
    cell: ({ key }) => <CreatedCell of={key} />,
  },
  {
    id: 'allows',
    name: 'What the role allows',
    className: '',
    bar: 140,
    cell: (row) => <AllowsCell row={row} />,
  },
]

/** Columns for all rows, shown or not: the time of creation only where a cloud reports any. */
export const columnsFor = (rows: readonly ApiKeyRow[]) =>
  columns.filter(({ id }) => id !== 'created' || rows.some(({ key }) => key.createdAt !== undefined))

type Columns = typeof columns

const actions = 'w-14 pl-0! text-right!'

interface RowProps extends DeleteButtonProps {
  columns: Columns
  /** From 1, the head not counted. */
  index: number
}

function TableRow({ columns, index, ...row }: RowProps) {
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

interface TableProps extends SortedBy<KeyColumn> {
  columns: Columns
}

const Head = (sorted: TableProps) => (
  <SortedHead
    {...sorted}
    end={
      <th scope="col" className={cx(stickyHead, actions)}>
        <span className="sr-only">Actions</span>
      </th>
    }
  />
)

export interface ApiKeyListProps extends Pick<DeleteButtonProps, 'reason' | 'onDelete'> {
  rows: readonly ApiKeyRow[]
}

export function ApiKeyTable({ rows, reason, onDelete, ...head }: ApiKeyListProps & TableProps) {
  return (
    <table className="data-table table-fixed" aria-label="API keys" aria-rowcount={rows.length + 1}>
      <Head {...head} />
      <VirtualTableBody rows={rows} size={ROW} columns={head.columns.length + 1}>
        {(row, position) => (
          <TableRow
            key={row.id}
            columns={head.columns}
            row={row}
            index={position}
            reason={reason}
            onDelete={onDelete}
          />
        )}
      </VirtualTableBody>
    </table>
  )
}

/** Rows of the table’s size while the first keys are read. */
export const TableSkeleton = (head: SortedBy<KeyColumn>) => (
  <table className="data-table table-fixed" aria-label="API keys" aria-busy="true">
    <Head {...head} columns={columns} />
    <SkeletonRows count={8} columns={[...columns, { id: 'actions', className: actions }]} />
  </table>
)
