import { RotateCw } from 'lucide-react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { Missing } from '../use-keys.ts'
import { failuresOf, placesOf } from './missing-words.ts'

interface OutdatedBannerProps {
  outdated: readonly Missing[]
  retrying: boolean
}

/** The id of a request counts where it is the only one. */
function requestsOf(outdated: readonly Missing[]): string {
  const calls = outdated.map(({ error }) => detailsOf(error))
  const lines = calls.length === 1 ? calls : calls.map((call) => ({ ...call, requestId: undefined }))
  return [...new Set(lines.map(requestLine))].join(', ')
}

/** What could not be read again, and why. Its keys stay in the list. */
export function OutdatedBanner({ outdated, retrying }: OutdatedBannerProps) {
  const failures = failuresOf(outdated)
  return (
    <Banner
      tone="warning"
      title={`${placesOf(outdated)} could not be read again.`}
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
