import { Link } from 'react-router'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { RoleRow } from './access-rows.ts'
import { type AccessView, keysOfRole, roleView } from './access-view.ts'
import { useViewLink } from './cells.tsx'

const columns = [
  { name: 'Name', className: '', bar: 104 },
  { name: 'What it allows', className: 'max-[720px]:hidden', bar: 140 },
  { name: 'Policy', className: 'w-28 max-[560px]:hidden', bar: 56 },
  { name: 'Permissions', className: 'w-30 max-[820px]:hidden', bar: 20 },
  { name: 'API keys', className: 'w-24 r', bar: 16 },
] as const

/** Beside a role that is shown, the list says only what tells roles apart. */
const aside = ['Name', 'What it allows', 'API keys']

const sticky = 'sticky top-(--topbar) z-2'

const shownColumns = (open: boolean) => columns.filter(({ name }) => !open || aside.includes(name))

const Head = ({ open }: { open: boolean }) => (
  <thead>
    <tr>
      {shownColumns(open).map(({ name, className }) => (
        <th key={name} scope="col" className={cx(sticky, className)}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
)

interface RoleTableProps {
  rows: readonly RoleRow[]
  view: AccessView
  /** The chosen role's row id. */
  chosen: string | undefined
  onFollow: (row: RoleRow) => void
}

export const roleLinkId = (role: string) => `role-${role}`

export function RoleTable({ rows, view, chosen, onFollow }: RoleTableProps) {
  const linkTo = useViewLink()
  const open = chosen !== undefined
  const cells = (row: RoleRow) => {
    const { role, keyCount } = row
    return {
      Name: (
        <div className="cell2 min-w-0">
          <Link
            id={roleLinkId(role.id)}
            to={linkTo({ ...roleView(role.id), search: view.search })}
            preventScrollReset
            aria-current={row.id === chosen || undefined}
            onClick={() => onFollow(row)}
            className="touch-target relative truncate font-medium hover:underline"
          >
            {role.name}
          </Link>
          <span className="truncate" title={role.id}>
            <span className="max-sm:hidden">{role.id}</span>
            <span className="font-sans text-xs sm:hidden">{role.allows}</span>
          </span>
        </div>
      ),
      'What it allows': (
        <span className="block truncate text-fg-muted" title={role.allows}>
          {role.allows}
        </span>
      ),
      Policy: role.editable ? 'Editable' : <Badge title="Its policy can’t be changed.">Fixed</Badge>,
      Permissions: role.permissions.length === 0 ? 'None' : role.permissions.length,
      'API keys':
        keyCount === undefined ? (
          'Unknown'
        ) : keyCount === 0 ? (
          0
        ) : (
          <Link
            to={linkTo(keysOfRole(role.id))}
            aria-label={`${keyCount} of ${role.name}`}
            className="link touch-target relative"
          >
            {keyCount}
          </Link>
        ),
    }
  }
  return (
    <table className="data-table table-fixed max-sm:[--row-height:56px]" aria-label="Roles">
      <Head open={open} />
      <tbody>
        {rows.map((row) => {
          const cell = cells(row)
          return (
            <tr key={row.id} data-selected={row.id === chosen || undefined}>
              {shownColumns(open).map(({ name, className }) => (
                <td key={name} className={className}>
                  {cell[name]}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const places = [0, 1, 2, 3, 4]

export const RoleTableSkeleton = () => (
  <table className="data-table table-fixed max-sm:[--row-height:56px]" aria-label="Roles" aria-busy="true">
    <Head open={false} />
    <tbody aria-hidden="true">
      {places.map((place) => (
        <tr key={place}>
          {columns.map(({ name, className, bar }) => (
            <td key={name} className={className}>
              <Skeleton width={bar} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)
