/** Notices in the place of a form whose key can't be used. */
import { KeyRound } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { Banner } from '../../ui/Banner.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedCall } from './Failure.tsx'
import { KeyLink } from './KeyLink.tsx'
import { abilityOf, type KeyUse } from './key-uses.ts'

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
  readonly use: KeyUse
  readonly refusal: string
}

/** The key can't be used so now. */
export function RefusalBanner({ of: key, use, refusal }: RefusalBannerProps) {
  return (
    <Banner
      tone="warning"
      className="mt-4"
      title={`${key.name} can’t ${abilityOf(use)}.`}
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
