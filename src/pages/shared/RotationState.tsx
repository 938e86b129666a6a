import { Clock } from 'lucide-react'
import type { KmsKey } from '../../clouds/model.ts'
import { formatPeriod, formatPeriodShort, type Period } from '../../clouds/period.ts'
import { rotationState } from '../../clouds/rotation-state.ts'
import { formatDate } from '../../lib/dates.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { RotationProgress } from '../../ui/RotationProgress.tsx'

/** `Rotates in 210 of 365 days`: the text of the cycle for a screen reader. */
function spokenCycle(days: number, period: Period | undefined): string {
  if (days > 0 && period?.unit === 'days') return `Rotates in ${formatNumber(days)} of ${formatPeriod(period)}`
  const when = days === 0 ? 'Rotates today' : `Rotates in ${count(days, 'day')}`
  return period === undefined ? when : `${when}, every ${formatPeriod(period)}`
}

interface RotationStateProps {
  rotationOf: KmsKey
  now: number
  /** There is no room for the picture of the cycle. */
  brief?: boolean
}

/** Where a key stands between two rotations: a cycle with the days left, or a word, or a badge when it is overdue. */
export function RotationState({ rotationOf, now, brief = false }: RotationStateProps) {
  const state = rotationState(rotationOf, now)
  const { never, nextAt, period } = rotationOf.rotation
  switch (state.kind) {
    case 'never':
      return (
        <span className="text-fg-subtle" title={never}>
          Not rotated
        </span>
      )
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
          role="img"
          aria-label={spokenCycle(state.days, period)}
          className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums"
          title={nextAt === undefined ? undefined : `Next on ${formatDate(nextAt)}`}
        >
          {brief ? null : <RotationProgress progress={state.progress} tone={state.soon ? 'soon' : 'normal'} />}
          {state.days === 0 ? 'today' : `in ${state.days} d`}
          {period === undefined ? null : <span className="text-fg-subtle">/ {formatPeriodShort(period)}</span>}
        </span>
      )
  }
}
