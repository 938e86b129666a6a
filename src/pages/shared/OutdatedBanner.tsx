import { RotateCw } from 'lucide-react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ReadFailure } from '../use-keys.ts'
import { formatPlaces } from './key-count.ts'
import { groupFailures } from './read-failures.ts'

interface OutdatedBannerProps {
  outdated: readonly ReadFailure[]
  retrying: boolean
}

/** The id of a request counts where it is the only one. */
function requestsOf(outdated: readonly ReadFailure[]): string {
  const calls = outdated.map(({ error }) => detailsOf(error))
  const lines = calls.length === 1 ? calls : calls.map((call) => ({ ...call, requestId: undefined }))
  return [...new Set(lines.map(requestLine))].join(', ')
}

/** What could not be read again, and why. Its keys stay in the list. */
export function OutdatedBanner({ outdated, retrying }: OutdatedBannerProps) {
  const failures = groupFailures(outdated)
  return (
    <Banner
      tone="warning"
      title={`${formatPlaces(outdated)} could not be read again.`}
      meta={requestsOf(outdated)}
      actions={
        <Button
          size="sm"
          icon={RotateCw}
          busy={retrying}
          onClick={() => {
            for (const one of outdated) one.retry()
          }}
        >
          {retrying ? 'Retrying' : 'Retry'}
        </Button>
      }
      className="mt-3"
    >
      {[...new Set(failures.map(({ message, advice }) => `${message} ${advice}`))].join(' ')} What you see may be out of
      date.
    </Banner>
  )
}
