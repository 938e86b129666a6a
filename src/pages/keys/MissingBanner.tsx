import { RotateCw } from 'lucide-react'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { count } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { Missing } from '../use-keys.ts'

const nameOf = ({ cloud, location }: Missing) => location ?? cloudOf(cloud).longName

const idOf = ({ cloud, location = '' }: Missing) => `${cloud} ${location}`

interface MissingBannerProps {
  missing: readonly Missing[]
  /** Locations that are complete. */
  answered: number
  retrying: boolean
  onRetry: () => void
}

const completeWords = (answered: number) =>
  answered === 0
    ? ''
    : answered === 1
      ? 'The other location is complete.'
      : `The other ${answered} locations are complete.`

/** Names what could not be read, why, and which request it was; everything else is in the list. */
export function MissingBanner({ missing, answered, retrying, onRetry }: MissingBannerProps) {
  const [first] = missing
  if (!first) return null
  const actions = (
    <Button size="sm" icon={RotateCw} busy={retrying} onClick={onRetry}>
      {retrying ? 'Retrying' : 'Retry'}
    </Button>
  )
  if (missing.length === 1) {
    const details = detailsOf(first.error)
    return (
      <Banner
        tone="warning"
        title={`${nameOf(first)} is missing from this list.`}
        meta={requestLine(details)}
        actions={actions}
        className="mt-3"
      >
        {details.message} {details.advice} {completeWords(answered)}
      </Banner>
    )
  }
  return (
    <Banner
      tone="warning"
      title={`${count(missing.length, 'location')} are missing from this list.`}
      actions={actions}
      className="mt-3"
    >
      {completeWords(answered)}
      <ul className="mt-1 grid gap-1">
        {missing.map((one) => {
          const details = detailsOf(one.error)
          return (
            <li key={idOf(one)}>
              <b className="font-medium text-fg">{nameOf(one)}</b> {details.message}{' '}
              <span className="mono block">{requestLine(details)}</span>
            </li>
          )
        })}
      </ul>
    </Banner>
  )
}
