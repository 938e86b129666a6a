import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Banner } from '../../ui/Banner.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import type { ReadFailure } from '../use-keys.ts'
import { RetryButton } from './Failure.tsx'
import { formatPlaces } from './key-count.ts'
import { PageCommands } from './PageCommands.tsx'
import { type FailureGroup, formatMissing, groupFailures } from './read-failures.ts'

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

interface RetryProps {
  retrying: boolean
  onRetry: () => void
}

interface FailuresBannerProps extends RetryProps {
  failures: readonly ReadFailure[]
  title: string
  /** What it means for the list. */
  children: ReactNode
}

/** What could not be read, why, and which request it was. */
function FailuresBanner({ failures, title, retrying, onRetry, children }: FailuresBannerProps) {
  const groups = groupFailures(failures)
  const [only] = groups
  const single = failures.length === 1
  return (
    <Banner
      tone="warning"
      title={title}
      meta={single ? only?.requests : undefined}
      actions={<RetryButton retrying={retrying} onRetry={onRetry} />}
      className="mt-3"
    >
      {single ? `${only?.message} ${only?.advice} ` : null}
      {children}
      {single ? null : <Reasons of={groups} />}
    </Banner>
  )
}

const completeWords = (answered: number) => {
  if (answered === 0) return ''
  return answered === 1 ? 'The other location is complete.' : `The other ${answered} locations are complete.`
}

interface MissingBannerProps extends RetryProps {
  missing: readonly ReadFailure[]
  /** Locations that are complete. */
  answered: number
}

/** Names what could not be read; everything else is in the list. */
export const MissingBanner = ({ missing, answered, ...retry }: MissingBannerProps) => (
  <FailuresBanner failures={missing} title={`${formatMissing(missing)} from this list.`} {...retry}>
    {completeWords(answered)}
  </FailuresBanner>
)

/** Names what could not be read again. Its keys stay in the list. */
export const OutdatedBanner = ({ outdated, retrying }: { outdated: readonly ReadFailure[]; retrying: boolean }) => (
  <FailuresBanner
    failures={outdated}
    title={`${formatPlaces(outdated)} could not be read again.`}
    retrying={retrying}
    onRetry={() => {
      for (const one of outdated) one.retry()
    }}
  >
    What you see may be out of date.
  </FailuresBanner>
)

/** In the place of the keys when no location answered: each reason, and one Retry. */
export function NothingRead({ missing, retrying, onRetry }: Omit<MissingBannerProps, 'answered'>) {
  const disabledReason = retrying ? 'It is under way.' : undefined
  return (
    <FailedState title="No location answered" onRetry={onRetry} retrying={retrying}>
      <Reasons of={groupFailures(missing)} />
      <PageCommands commands={[{ label: 'Retry', icon: RotateCw, run: onRetry, disabledReason }]} />
    </FailedState>
  )
}
