import { KeyCount, RoleLink, type RoleListProps } from './RoleTable.tsx'

/** The list where there is no room for a table: name and API keys; what it allows; id. */
export const RoleCards = ({ rows, ...list }: RoleListProps) => (
  <ul aria-label="Roles" className="border-line border-t">
    {rows.map((row) => {
      const { role } = row
      return (
        <li key={row.id} className="grid gap-y-1 border-line border-b px-(--gutter) py-3">
          <div className="flex items-center justify-between gap-3">
            <span className="flex min-w-0 text-md">
              <RoleLink row={row} {...list} />
            </span>
            <span className="flex-none text-fg-muted">
              <KeyCount row={row} noun />
            </span>
          </div>
          <span>{role.allows}</span>
          <span className="mono-xs text-fg-subtle [overflow-wrap:anywhere]">{role.id}</span>
        </li>
      )
    })}
  </ul>
)
