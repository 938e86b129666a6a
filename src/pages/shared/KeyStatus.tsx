import { Trash2 } from 'lucide-react'
import { statusOf } from '../../clouds/key-status.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { formatSpan } from '../../lib/dates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { DateTitle } from './DateTitle.tsx'

/** Status as a dot and a label; a key that will be deleted has a red badge, and the time left beside or below it. */
export function KeyStatus({ kmsKey: key, now }: { kmsKey: KmsKey; now: number }) {
  const { id, label, tone } = statusOf(key)
  const { destroyedAt } = key
  if (tone !== 'danger')
    return (
      <StatusDot state={tone === 'ok' ? 'on' : 'off'} title={id}>
        {label}
      </StatusDot>
    )
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
      <Badge tone="danger" icon={Trash2} title={id}>
        {label}
      </Badge>
      {destroyedAt === undefined ? null : (
        <DateTitle instant={destroyedAt} className="whitespace-nowrap text-danger-fg text-xs leading-4 tabular-nums">
          {destroyedAt > now ? `Deletes in ${formatSpan(destroyedAt - now)}` : 'Deletes now'}
        </DateTitle>
      )}
    </span>
  )
}
