import { RotateCw } from 'lucide-react'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import type { ReadFailure } from '../use-keys.ts'
import { PageCommands } from './PageCommands.tsx'
import { type FailureGroup, formatMissing, groupFailures } from './read-failures.ts'

interface MissingBannerProps {
  missing: readonly ReadFailure[]
  /** Locations that are complete. */
  answered: number
  retrying: boolean
  onRetry: () => void
  /** What they are missing from. */
  from?: string
}

const completeWords = (answered: number) => {
  if (answered === 0) return ''
  return answered === 1 ? 'The other location is complete.' : `The other ${answered} locations are complete.`
}

const Reasons = ({ of }: { of: readonly FailureGroup[] }) => (
  <ul className="mt-1 grid gap-1 [overflow-wrap:anywhere]">
    {of.map(({ names, message, advice, requests }) => (
      <li key={`${names} ${message}`}>
        <b className="font-medium text-fg">{names}:</b> {message} {advice}
        <span className="mono block">{requests}</span>
      </li>
    ))}
  </ul>
)

/** Names what could not be read, why, and which request it was; everything else is in the list. */
export function MissingBanner({ missing, answered, retrying, onRetry, from = 'this list' }: MissingBannerProps) {
  const failures = groupFailures(missing)
  const [only] = failures
  return (
    <Banner
      tone="warning"
      title={`${formatMissing(missing)} from ${from}.`}
      meta={missing.length === 1 ? only?.requests : undefined}
      actions={
        <Button size="sm" icon={RotateCw} busy={retrying} onClick={onRetry}>
          {retrying ? 'Retrying' : 'Retry'}
        </Button>
      }
      className="mt-3"
    >
      {missing.length === 1 ? `${only?.message} ${only?.advice} ` : null}
      {completeWords(answered)}
      {missing.length === 1 ? null : <Reasons of={failures} />}
    </Banner>
  )
}

/** In the place of the keys when no location answered: each reason, and one Retry. */
export function NothingRead({ missing, retrying, onRetry }: Omit<MissingBannerProps, 'answered' | 'from'>) {
  const disabledReason = retrying ? 'It is under way.' : undefined
  return (
    <FailedState title="No location answered" onRetry={onRetry} retrying={retrying}>
      <Reasons of={groupFailures(missing)} />
      <PageCommands commands={[{ label: 'Retry', icon: RotateCw, run: onRetry, disabledReason }]} />
    </FailedState>
  )
}
