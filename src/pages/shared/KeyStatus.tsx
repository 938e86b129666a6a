import { Trash2 } from 'lucide-react'
import { hasUnknownStatus, type KmsKey } from '../../clouds/model.ts'
import { formatDateTime, formatSpan } from '../../lib/dates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'

/** The normal is a dot and a word; a key that will be destroyed is a red badge with the time left. */
export function KeyStatus({ keyOf, now }: { keyOf: KmsKey; now: number }) {
  const { status, providerStatus, destroyedAt } = keyOf
  if (status === 'active') return <StatusDot title={providerStatus}>Active</StatusDot>
  if (status === 'disabled')
    return (
      <StatusDot state="off" title={providerStatus}>
        {hasUnknownStatus(keyOf) ? providerStatus : 'Disabled'}
      </StatusDot>
    )
  if (destroyedAt === undefined)
    return (
      <Badge tone="danger" icon={Trash2} title={providerStatus}>
        Pending deletion
      </Badge>
    )
  return (
    <Badge tone="danger" icon={Trash2} title={`${providerStatus}: destroyed on ${formatDateTime(destroyedAt)}`}>
      {destroyedAt > now ? `Destroyed in ${formatSpan(destroyedAt - now)}` : 'Destroyed now'}
    </Badge>
  )
}
