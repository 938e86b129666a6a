import { Reasons, RoleKeys, RoleLink, type RoleListProps } from './RoleCells.tsx'

/** Roles where there is no room for a table. */
export const RoleCards = ({ rows, keys, keysFailed }: RoleListProps) => (
  <ul aria-label="What each role may do">
    {rows.map(({ role, decisions }) => (
      <li key={role.id} className="grid gap-2 border-line border-b px-3.5 py-3 last:border-b-0">
        <div>
          <RoleLink role={role} />
          <span className="wrap-anywhere block text-fg-subtle text-xs">
            <RoleKeys role={role} keys={keys} keysFailed={keysFailed} />
          </span>
        </div>
        <Reasons decisions={decisions} />
      </li>
    ))}
  </ul>
)
