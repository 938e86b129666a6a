import { Code, FileLock, KeyRound, Plus } from 'lucide-react'
import { Link } from 'react-router'
import { addressOf, type KeyAddress, type KmsKey } from '../../clouds/model.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { operationLabels, type PlaygroundOperation } from '../shared/operations.ts'
import type { ReadFailure } from '../use-keys.ts'
import { useLinks } from '../use-project.ts'

interface PlaygroundToolbarProps {
  /** Goes along to the files. */
  readonly address: KeyAddress | undefined
  readonly onClear: () => void
  readonly code: boolean
  readonly onCode: () => void
  readonly codeReason: string | undefined
}

export function PlaygroundToolbar({ address, onClear, code, onCode, codeReason }: PlaygroundToolbarProps) {
  const links = useLinks()
  return (
    <>
      <Link to={links.files(address)} className={buttonClass()}>
        <Icon of={FileLock} />
        Encrypt a file
      </Link>
      <Button variant="ghost" onClick={onClear}>
        Clear all
      </Button>
      <Button icon={Code} aria-expanded={code} disabledReason={codeReason} onClick={onCode}>
        {code ? 'Hide code' : 'Show code'}
      </Button>
    </>
  )
}

/** Nothing to choose from: because there are no keys, or because they could not be read. */
export function NoKeys({ missing }: { missing: readonly ReadFailure[] }) {
  const links = useLinks()
  const [first] = missing
  if (first)
    return (
      <FailedCall
        title="The keys could not be read"
        error={first.error}
        onRetry={() => {
          for (const one of missing) one.retry()
        }}
      />
    )
  return (
    <EmptyState
      icon={KeyRound}
      title="No keys yet"
      actions={
        <Link to={links.createKey()} className={buttonClass({ variant: 'primary' })}>
          <Icon of={Plus} />
          Create key
        </Link>
      }
    >
      Here you encrypt, sign and authenticate with a key of any connected cloud. Create the first one.
    </EmptyState>
  )
}

/** The key that the URL names can't be used: it could not be read, or the URL names none. */
export function KeyProblem({ error, onRetry }: { error: Error | undefined; onRetry: () => void }) {
  if (error) return <FailedCall title="This key could not be read" error={error} onRetry={onRetry} />
  return (
    <EmptyState icon={KeyRound} title="This link names no key">
      Its address should read cloud, location and key. Choose a key above.
    </EmptyState>
  )
}

interface RefusalBannerProps {
  readonly of: KmsKey
  readonly operation: PlaygroundOperation
  readonly refusal: string
}

export function RefusalBanner({ of: key, operation, refusal }: RefusalBannerProps) {
  return (
    <Banner
      tone="warning"
      className="mt-4"
      title={`${key.name} can’t ${operationLabels[operation].can} now.`}
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

/** The bench's own geometry while the key or the lists are on their way. */
export function PlaygroundSkeleton() {
  const pane = (
    <div className="border-line-strong not-first:border-l max-sm:not-first:border-t max-sm:not-first:border-l-0">
      <div className="flex h-11 items-center border-line border-b px-3.5">
        <Skeleton width={88} />
      </div>
      <div className="flex min-h-[clamp(208px,31vh,440px)] flex-col gap-3 p-3.5 max-sm:min-h-29">
        <Skeleton width="70%" />
        <Skeleton width="45%" />
      </div>
      <div className="flex h-13 items-center border-line border-t px-3.5">
        <Skeleton width={120} />
      </div>
    </div>
  )
  return (
    <div
      aria-busy="true"
      className="mt-4 grid grid-cols-2 overflow-hidden rounded-lg border border-line-strong max-sm:-mx-(--gutter) max-sm:grid-cols-1"
    >
      {pane}
      {pane}
    </div>
  )
}
