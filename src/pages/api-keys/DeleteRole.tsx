import type { Role } from '../../clouds/iam.ts'
import { Link } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { keysOfRole } from './access-view.ts'
import { useViewLink } from './cells.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import type { Managed } from './use-access.ts'

interface DeleteRoleProps {
  of: Managed
  role: Role
  onClose: () => void
}

const SHOWN = 8

/** Confirmation before a role is deleted; one that API keys use is refused, and names them. */
export function DeleteRole({ of, role, onClose }: DeleteRoleProps) {
  const linkTo = useViewLink()
  const keys = of.keys.data?.items
  const users = (keys ?? []).filter(({ roleId }) => roleId === role.id)
  const isOwn = users.some(({ key }) => key === of.connection.apiKey)
  return (
    <DeleteDialog
      of={of}
      noun="role"
      name={role.name}
      id={role.id}
      refusal={isOwn ? 'This console acts in this role.' : users.length > 0 ? 'API keys use this role.' : undefined}
      remove={(location, following) => of.access.removeRole(location, role, following)}
      code={(location) => of.access.removeRoleCode(location, role)}
      done="It can’t be chosen for API keys any more."
      onClose={onClose}
    >
      {users.length === 0 ? (
        <p>
          {keys
            ? 'No API key uses this role.'
            : `The API keys could not be read. ${of.cloud.longName} refuses to delete a role that they use.`}{' '}
          A deleted role can’t be restored.
        </p>
      ) : (
        <>
          <Banner
            tone="warning"
            title={isOwn ? 'This console acts in this role.' : 'API keys use this role. Delete these keys first.'}
          />
          <ul aria-label="API keys that use the role" className="grid gap-1 text-sm">
            {users.slice(0, SHOWN).map(({ key, name }) => (
              <li key={key} className="[overflow-wrap:anywhere]">
                {name} <span className="mono-xs text-fg-subtle">{key}</span>
              </li>
            ))}
            {users.length > SHOWN ? (
              <li>
                <Link to={linkTo(keysOfRole(role.id))} className="link" onClick={onClose}>
                  and {users.length - SHOWN} more
                </Link>
              </li>
            ) : null}
          </ul>
        </>
      )}
    </DeleteDialog>
  )
}
