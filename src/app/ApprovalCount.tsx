import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { approvalsQuery } from '../clouds/gateway/approval-calls.ts'
import { queries } from '../clouds/queries.ts'
import { formatNumber } from '../lib/numbers.ts'

/** Number of requests of others that wait for a decision. */
export function ApprovalCount() {
  const { person } = useSuspenseQuery(queries.session()).data
  const { data = [] } = useQuery(approvalsQuery())
  const waiting = data.filter(({ state, asker }) => state === 'waiting' && asker.subject !== person?.subject).length
  if (waiting === 0) return null
  return (
    <span className="ml-auto rounded-full bg-accent px-1.5 font-medium text-2xs text-accent-ink tabular-nums">
      {formatNumber(waiting)}
      <span className="sr-only"> waiting</span>
    </span>
  )
}
