import { count } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { type ListColumn, type SortedBy, SortedHead } from '../shared/list/SortedHead.tsx'
import type { RoleRow } from './access-rows.ts'
import { type AccessView, keysOfRole, type RoleColumn } from './access-view.ts'
import { useViewLink } from './cells.tsx'

export interface RoleListProps {
  rows: readonly RoleRow[]
  view: AccessView
  /** The chosen role's row id. */
  chosen: string | undefined
  onFollow: (row: RoleRow) => void
}

interface Cell extends Omit<RoleListProps, 'rows'> {
  readonly row: RoleRow
}

export const roleLinkId = (role: string) => `role-${role}`

export function RoleLink({ row, view, chosen, onFollow }: Cell) {
  const linkTo = useViewLink()
  const { id, name } = row.role
  return (
    <Link
      id={roleLinkId(id)}
      to={linkTo({ ...view, role: id })}
      aria-current={row.id === chosen || undefined}
      onClick={() => onFollow(row)}
      className="touch-target relative truncate font-medium hover:underline"
    >
      {name}
    </Link>
  )
}

interface KeyCountProps {
  row: RoleRow
  /** The number has its noun. */
  noun?: boolean
}

/** How many API keys act in the role, a link to them. */
export function KeyCount({ row: { role, keyCount }, noun = false }: KeyCountProps) {
  const linkTo = useViewLink()
  const unknown = noun ? 'API keys unknown' : 'Unknown'
  const words = keyCount === undefined ? unknown : noun ? count(keyCount, 'API key') : `${keyCount}`
  if (keyCount === undefined || keyCount === 0) return words
  return (
    <Link
      to={linkTo(keysOfRole(role.id))}
      aria-label={`${words} of ${role.name}`}
      className="link touch-target relative"
    >
      {words}
    </Link>
  )
}

export const columns: readonly ListColumn<RoleColumn, Cell>[] = [
  {
    id: 'name',
    name: 'Name',
    className: 'min-[1800px]:w-[24%]',
    bar: 104,
    cell: (cell) => (
      <div className="cell2 min-w-0">
        <RoleLink {...cell} />
        <span className="truncate" title={cell.row.role.id}>
          {cell.row.role.id}
        </span>
      </div>
    ),
  },
  {
    id: 'allows',
    name: 'What it allows',
    className: '',
    bar: 140,
    cell: ({ row: { role } }) => (
      <span className="line-clamp-2 whitespace-normal text-fg-muted leading-[18px]" title={role.allows}>
        {role.allows}
      </span>
    ),
  },
  {
    id: 'keys',
    name: 'API keys',
    className: 'w-28 r',
    right: true,
    bar: 16,
    cell: ({ row }) => <KeyCount row={row} />,
  },
]

export function RoleTable({ rows, onSort, ...cell }: RoleListProps & Pick<SortedBy<RoleColumn>, 'onSort'>) {
  return (
    <table className="data-table table-fixed" aria-label="Roles">
      <SortedHead columns={columns} sort={cell.view.roleSort} onSort={onSort} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-selected={row.id === cell.chosen || undefined}>
            {columns.map(({ id, className, cell: Content }) => (
              <ListCell key={id} id={id} className={className}>
                <Content row={row} {...cell} />
              </ListCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export const RoleTableSkeleton = (head: SortedBy<RoleColumn>) => (
  <table className="data-table table-fixed" aria-label="Roles" aria-busy="true">
    <SortedHead columns={columns} {...head} />
    <SkeletonRows count={5} columns={columns} />
  </table>
)
