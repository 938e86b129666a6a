import { Trash2 } from 'lucide-react'
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatDateTime, formatSpan } from '../../lib/dates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'

/** Status as a dot and a label; a key that will be destroyed has a red badge with the time left. */
export function KeyStatus({ kmsKey: key, now }: { kmsKey: KmsKey; now: number }) {
  const { id, label, tone } = statusOf(key)
  const { destroyedAt } = key
  if (tone !== 'danger')
    return (
      <StatusDot state={tone === 'ok' ? 'on' : 'off'} title={id}>
        {label}
      </StatusDot>
    )
  if (destroyedAt === undefined)
    return (
      <Badge tone="danger" icon={Trash2} title={id}>
        {label}
      </Badge>
    )
  return (
    <Badge tone="danger" icon={Trash2} title={`${id}: destroyed on ${formatDateTime(destroyedAt)}`}>
      {destroyedAt > now ? `Destroyed in ${formatSpan(destroyedAt - now)}` : 'Destroyed now'}
    </Badge>
  )
}
