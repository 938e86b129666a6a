import { cx } from '../../ui/classes.ts'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { type ListColumn, type SortedBy, SortedHead, stickyHead } from '../shared/list/SortedHead.tsx'
import { VirtualTableBody } from '../shared/list/VirtualLists.tsx'
import type { ApiKeyRow } from './access-rows.ts'
import type { KeyColumn } from './access-view.ts'
import { AllowsCell, DeleteButton, type DeleteButtonProps, KeyCell, NameCell, RoleCell } from './cells.tsx'

const ROW = 40

export const columns: readonly ListColumn<KeyColumn, ApiKeyRow>[] = [
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

const Head = (sorted: SortedBy<KeyColumn>) => (
  <SortedHead
    columns={columns}
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

export function ApiKeyTable({ rows, reason, onDelete, ...head }: ApiKeyListProps & SortedBy<KeyColumn>) {
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
export const TableSkeleton = (head: SortedBy<KeyColumn>) => (
  <table className="data-table table-fixed" aria-label="API keys" aria-busy="true">
    <Head {...head} />
    <SkeletonRows count={8} columns={[...columns, { id: 'actions', className: actions }]} />
  </table>
)
