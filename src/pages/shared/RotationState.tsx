import { Clock } from 'lucide-react'
import type { KmsKey } from '../../clouds/model.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import { formatDate } from '../../lib/dates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { RotationProgress } from '../../ui/RotationProgress.tsx'
import { formatPeriodShort } from './format-time.ts'

const days = (count: number) => (count === 0 ? 'today' : `in ${count} d`)

/** Where a key stands between two rotations: a cycle with the days left, or a word, or a badge when it is overdue. */
export function RotationState({ rotationOf, now }: { rotationOf: KmsKey; now: number }) {
  const state = rotationState(rotationOf, now)
  const { nextAt, period } = rotationOf.rotation
  switch (state.kind) {
    case 'manual':
      return <span className="text-fg-subtle">Manual</span>
    case 'stopped':
      return <span className="text-fg-subtle">Stopped</span>
    case 'unknown':
      return <span className="text-fg-subtle">Due date unknown</span>
    case 'due':
      return <Badge icon={Clock}>Due now</Badge>
    case 'overdue':
      return (
        <Badge tone="warning" icon={Clock}>
          Overdue {state.days === 0 ? 'today' : `${state.days} d`}
        </Badge>
      )
    case 'planned':
      return (
        <span
          className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums"
          title={nextAt === undefined ? undefined : `Next on ${formatDate(nextAt)}`}
        >
          <RotationProgress progress={state.progress} tone={state.soon ? 'soon' : 'normal'} />
          <span>{days(state.days)}</span>
          {period === undefined ? null : <span className="text-fg-subtle">/ {formatPeriodShort(period)}</span>}
        </span>
      )
  }
}
