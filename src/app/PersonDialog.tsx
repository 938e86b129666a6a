import { useSuspenseQuery } from '@tanstack/react-query'
import type { Grant } from '../clouds/gateway/wire.ts'
import { queries } from '../clouds/queries.ts'
import { cloudOf } from '../clouds/registry.ts'
import { capitalize } from '../lib/capitalize.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SignOutButton } from './SignOutButton.tsx'

/** Where a role holds: cloud, location, project or label of keys. */
const scopeOf = ({ provider, location, where }: Grant): string =>
  [
    provider === undefined ? 'all clouds' : cloudOf(provider).longName,
    location,
    where && (where.name === 'project' ? `project ${where.value}` : `keys with ${where.name}=${where.value}`),
  ]
    .filter(Boolean)
    .join(', ')

/** Who is signed in, with which roles. */
export function PersonDialog({ onClose }: { onClose: () => void }) {
  const { person } = useSuspenseQuery(queries.session()).data
  if (!person) return null
  return (
    <Dialog
      open
      onClose={onClose}
      title={person.name}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {person.canSignOut ? <SignOutButton /> : null}
        </>
      }
    >
      <p>Your roles in this console:</p>
      <ul className="grid gap-1">
        {person.grants.map((grant) => (
          <li key={JSON.stringify(grant)}>
            <b className="font-medium">{capitalize(grant.role)}</b>{' '}
            <span className="text-fg-muted">
              {scopeOf(grant)}
              {grant.group === '*' ? '' : ` (group ${grant.group})`}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
