import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/classes.ts'
import { SortHeader } from '../../ui/SortHeader.tsx'
import type { Sort } from '../../ui/sort.ts'
import { ListCell, SkeletonRows } from '../shared/list/ListBody.tsx'
import { directionOf } from '../shared/list/list-view.ts'
import { policyLabel, type RoleRow } from './access-rows.ts'
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

interface Column {
  readonly id: RoleColumn
  readonly name: string
  readonly className: string
  /** A column of numbers. */
  readonly right?: boolean
  /** Pixels of the bar that stands for it while loading. */
  readonly bar: number
  readonly cell: (cell: Cell) => ReactNode
}

export const roleLinkId = (role: string) => `role-${role}`

export function RoleLink({ row, view, chosen, onFollow }: Cell) {
  const linkTo = useViewLink()
  const { id, name } = row.role
  return (
    <Link
      id={roleLinkId(id)}
      to={linkTo({ ...view, role: id })}
      preventScrollReset
      aria-current={row.id === chosen || undefined}
      onClick={() => onFollow(row)}
      className="touch-target relative truncate font-medium hover:underline"
    >
      {name}
    </Link>
  )
}

export const PolicyCell = ({ row: { role } }: { row: RoleRow }) =>
  role.editable ? (
    <span>{policyLabel(role)}</span>
  ) : (
    <Badge title="Its policy can’t be changed.">{policyLabel(role)}</Badge>
  )

interface KeyCountProps {
  row: RoleRow
  /** The number with its noun. */
  words?: string
}

/** How many API keys act in the role, a link to them. */
export function KeyCount({ row: { role, keyCount }, words = `${keyCount ?? 'Unknown'}` }: KeyCountProps) {
  const linkTo = useViewLink()
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

export const columns: readonly Column[] = [
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
  { id: 'policy', name: 'Policy', className: 'w-28 max-[900px]:w-24', bar: 56, cell: PolicyCell },
  {
    id: 'permissions',
    name: 'Permissions',
    className: 'w-30 r',
    right: true,
    bar: 20,
    cell: ({ row: { role } }) => (role.permissions.length === 0 ? 'None' : role.permissions.length),
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

/** Beside a role that is shown, the list says only what tells roles apart. */
const aside: readonly RoleColumn[] = ['name', 'allows', 'keys']

const sticky = 'sticky top-(--topbar) z-2'

const shownColumns = (open: boolean) => columns.filter(({ id }) => !open || aside.includes(id))

interface HeadProps {
  sort: Sort<RoleColumn>
  onSort: (column: RoleColumn) => void
}

const Head = ({ open, sort, onSort }: HeadProps & { open: boolean }) => (
  <thead>
    <tr>
      {shownColumns(open).map(({ id, name, className, right }) => (
        <SortHeader
          key={id}
          className={cx(sticky, className)}
          right={right ?? false}
          sorted={directionOf(sort, id)}
          onSort={() => onSort(id)}
        >
          {name}
        </SortHeader>
      ))}
    </tr>
  </thead>
)

export function RoleTable({ rows, onSort, ...cell }: RoleListProps & Pick<HeadProps, 'onSort'>) {
  const open = cell.chosen !== undefined
  return (
    <table className="data-table table-fixed" aria-label="Roles">
      <Head open={open} sort={cell.view.roleSort} onSort={onSort} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-selected={row.id === cell.chosen || undefined}>
            {shownColumns(open).map(({ id, className, cell: Content }) => (
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

export const RoleTableSkeleton = (head: HeadProps) => (
  <table className="data-table table-fixed" aria-label="Roles" aria-busy="true">
    <Head open={false} {...head} />
    <SkeletonRows count={5} columns={columns} />
  </table>
)
