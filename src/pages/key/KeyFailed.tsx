import { Link } from 'react-router'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress } from '../../clouds/model.ts'
import { cloudOf, clouds } from '../../clouds/queries.ts'
import { buttonClass } from '../../ui/classes.ts'
import { FailedState } from '../../ui/FailedState.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { useLinks } from '../use-project.ts'

const AllKeys = () => (
  <Link to={useLinks().keys()} className={buttonClass()}>
    All keys
  </Link>
)

function failureTitle({ cloud, location }: KeyAddress, error: Error): string {
  const { reason } = detailsOf(error)
  if (reason === 'not-found') return 'This key was not found'
  if (reason === 'unavailable')
    return `Keys in ${cloudOf(cloud).capabilities.locationNoun} ${location} can’t be read now`
  return 'This key could not be read'
}

interface KeyFailedProps {
  address: KeyAddress
  error: Error
  retrying: boolean
  onRetry: () => void
}

export function KeyFailed({ address, error, retrying, onRetry }: KeyFailedProps) {
  return (
    <FailedCall
      title={failureTitle(address, error)}
      error={error}
      retrying={retrying}
      onRetry={onRetry}
      actions={<AllKeys />}
    />
  )
}

export function UnknownCloud({ named }: { named: string }) {
  return (
    <FailedState title={`There is no cloud named “${named}” here`} actions={<AllKeys />}>
      The address of a key begins with {clouds.map(({ id }) => id).join(' or ')}. Check the link, or look for the key in
      the list.
    </FailedState>
  )
}
