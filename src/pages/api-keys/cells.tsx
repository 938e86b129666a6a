import { Lock, Trash2 } from 'lucide-react'
import type { ApiKey } from '../../clouds/iam.ts'
import { formatDate, formatDateTime } from '../../lib/dates.ts'
import { Link, useSearchParams } from '../../router/react.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { cx } from '../../ui/classes.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { type ApiKeyRow, formatAllows } from './access-rows.ts'
import { type AccessView, accessViewFormat, roleView } from './access-view.ts'

/** A link to another view of this screen. */
export function useViewLink(): (view: AccessView) => string {
  const [params] = useSearchParams()
  return (view) => `?${accessViewFormat.write(view, params)}`
}

export const NameCell = ({ row: { key, own }, className }: { row: ApiKeyRow; className?: string }) => (
  <span className={cx('flex min-w-0 flex-wrap items-center gap-x-2 leading-[18px]', className)}>
    <span className="truncate font-medium" title={key.name}>
      {key.name}
    </span>
    {own ? <Badge title="This console signs its requests with this key.">This console</Badge> : null}
  </span>
)

export const KeyCell = ({ row: { key } }: { row: ApiKeyRow }) => (
  <span className="flex min-w-0 items-center gap-1">
    <span className="mono truncate" title={key.key}>
      {key.key}
    </span>
    <CopyButton text={key.key} label={`Copy key of ${key.name}`} />
  </span>
)

export function RoleCell({ row: { key, role } }: { row: ApiKeyRow }) {
  const linkTo = useViewLink()
  if (role === 'coming') return <Skeleton width={96} />
  if (typeof role === 'string')
    return (
      <span className="mono block truncate text-fg-muted" title={key.roleId}>
        {key.roleId}
      </span>
    )
  return (
    <Link to={linkTo(roleView(key.roleId))} className="link touch-target relative block w-fit max-w-full truncate">
      {role.role.name}
    </Link>
  )
}

export const CreatedCell = ({ of: { createdAt } }: { of: ApiKey }) =>
  createdAt === undefined ? (
    <span className="text-fg-subtle">Not known</span>
  ) : (
    <span title={formatDateTime(createdAt)}>{formatDate(createdAt)}</span>
  )

export const AllowsCell = ({ row }: { row: ApiKeyRow }) =>
  row.role === 'coming' ? (
    <Skeleton width={120} />
  ) : (
    <span className="line-clamp-2 whitespace-normal text-fg-muted leading-[18px]" title={formatAllows(row)}>
      {formatAllows(row)}
    </span>
  )

export interface DeleteButtonProps {
  row: ApiKeyRow
  /** Why it can't be deleted. */
  reason: string | undefined
  onDelete: (row: ApiKeyRow) => void
}

/** The console's own key is not deleted from the list: its button explains what it is for. */
export const DeleteButton = ({ row, reason, onDelete }: DeleteButtonProps) => (
  <Button
    iconOnly
    size="sm"
    variant="ghost"
    icon={row.own ? Lock : Trash2}
    aria-label={row.own ? `About ${row.key.name}, the API key of this console` : `Delete ${row.key.name}`}
    aria-haspopup="dialog"
    disabledReason={row.own ? undefined : reason}
    onClick={() => onDelete(row)}
  />
)
