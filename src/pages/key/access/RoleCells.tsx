/** What the table of roles and its cards share. */
import type { ActivityKind } from '../../../clouds/endpoint.ts'
import type { Role } from '../../../clouds/iam.ts'
import type { AccessVerdict, RoleAccess } from '../../../clouds/key-access.ts'
import { count } from '../../../lib/numbers.ts'
import { Link } from '../../../router/react.tsx'
import { cx } from '../../../ui/classes.ts'
import { useLinks } from '../../use-project.ts'
import type { KeysByRole } from './role-keys.ts'
import { formatActivities, reasonsOf } from './words.ts'

export interface RoleListProps {
  rows: readonly RoleAccess[]
  /** Those that the provider has calls for. */
  activities: readonly ActivityKind[]
  /** Undefined while they are unknown. */
  keys: KeysByRole | undefined
  keysFailed: boolean
}

export const RoleLink = ({ role: { id, name } }: { role: Role }) => (
  <Link
    to={useLinks().apiKeys({ tab: 'roles', role: id })}
    className="touch-target relative wrap-anywhere font-medium hover:underline"
  >
    <bdi>{name}</bdi>
  </Link>
)

interface RoleKeysProps extends Pick<RoleListProps, 'keys' | 'keysFailed'> {
  role: Role
}

/** How many API keys act in the role, a link to them, and their names. */
export function RoleKeys({ role, keys, keysFailed }: RoleKeysProps) {
  const links = useLinks()
  if (keys === undefined) return keysFailed ? 'API keys unknown' : 'Reading API keys'
  const names = keys.get(role.id) ?? []
  if (names.length === 0) return 'No API key'
  return (
    <>
      <Link to={links.apiKeys({ role: role.id })} className="link touch-target relative whitespace-nowrap">
        {count(names.length, 'API key')}
      </Link>
      : <bdi>{names.join(', ')}</bdi>
    </>
  )
}

const tones: Readonly<Record<AccessVerdict, string>> = {
  allowed: 'text-ok-fg',
  depends: 'text-warning-fg',
  refused: 'text-fg-muted',
}

/** What decides, and about what. */
export const Reasons = ({ decisions }: Pick<RoleAccess, 'decisions'>) => (
  <dl className="grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]">
    {reasonsOf(decisions).map(({ text, verdict, activities }) => (
      <div key={text} className="contents">
        <dt className={cx('wrap-anywhere font-medium', tones[verdict])}>{text}</dt>
        <dd className="max-sm:mb-1">
          {activities.length === decisions.size ? 'Everything' : formatActivities(activities)}
        </dd>
      </div>
    ))}
  </dl>
)
