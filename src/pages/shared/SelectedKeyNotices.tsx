/** Notices in the place of a form whose key can't be used. */
import { KeyRound } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicOperations } from '../../clouds/operations.ts'
import { Banner } from '../../ui/Banner.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedCall } from './Failure.tsx'
import { KeyLink } from './KeyLink.tsx'

/** The key of the URL could not be read, or the URL names none. */
export function SelectedKeyFailed({ error, onRetry }: { error: Error | undefined; onRetry: () => void }) {
  if (error) return <FailedCall title="This key could not be read" error={error} onRetry={onRetry} />
  return (
    <EmptyState icon={KeyRound} title="This link names no key">
      Its address should read cloud, location and key. Choose a key above.
    </EmptyState>
  )
}

interface RefusalBannerProps {
  readonly of: KmsKey
  readonly operation: CryptographicOperation
  readonly refusal: string
}

/** The key can't run the operation now. */
export function RefusalBanner({ of: key, operation, refusal }: RefusalBannerProps) {
  return (
    <Banner
      tone="warning"
      className="mt-4"
      title={`${key.name} can’t ${cryptographicOperations[operation].ability} now.`}
      actions={
        <KeyLink to={addressOf(key)} className={buttonClass({ size: 'sm' })}>
          Open key
        </KeyLink>
      }
    >
      {refusal}
    </Banner>
  )
}
