import { type ReactNode, useRef } from 'react'
import { cx } from '../../ui/classes.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { SortHeader } from '../../ui/SortHeader.tsx'
import { SpacerRows } from '../shared/SpacerRows.tsx'
import { VirtualRows } from '../shared/VirtualRows.tsx'
import type { ApiKeyRow } from './access-rows.ts'
import type { KeyColumn, Sort } from './access-view.ts'
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
        <td key={id} className={className}>
          {cell(row.row)}
        </td>
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
        <SortHeader
          key={id}
          className={cx(sticky, className)}
          sorted={sort.column !== id ? undefined : sort.descending ? 'descending' : 'ascending'}
          onSort={() => onSort(id)}
        >
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
  const start = useRef<HTMLTableSectionElement>(null)
  return (
    <table className="data-table table-fixed" aria-label="API keys" aria-rowcount={rows.length + 1}>
      <Head {...head} />
      <VirtualRows count={rows.length} size={ROW} container={start}>
        {({ from, to, before, after }) => (
          <>
            <SpacerRows columns={columns.length + 1} height={before} ref={start} />
            <tbody>
              {rows.slice(from, to).map((row, offset) => (
                <TableRow key={row.id} row={row} index={from + offset + 1} reason={reason} onDelete={onDelete} />
              ))}
            </tbody>
            <SpacerRows columns={columns.length + 1} height={after} />
          </>
        )}
      </VirtualRows>
    </table>
  )
}

const places = Array.from({ length: 8 }, (_, place) => place)

/** The table's geometry while the first keys are on their way. */
export const TableSkeleton = (head: HeadProps) => (
  <table className="data-table table-fixed" aria-label="API keys" aria-busy="true">
    <Head {...head} />
    <tbody aria-hidden="true">
      {places.map((place) => (
        <tr key={place}>
          {columns.map(({ id, className, bar }) => (
            <td key={id} className={className}>
              <Skeleton width={bar * (1 - ((place * 13) % 24) / 100)} />
            </td>
          ))}
          <td className={actions} />
        </tr>
      ))}
    </tbody>
  </table>
)
