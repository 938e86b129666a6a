import { Code, KeyRound, Plus } from 'lucide-react'
import { Link } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import type { ReadFailure } from '../use-keys.ts'
import { useLinks } from '../use-project.ts'

interface PlaygroundToolbarProps {
  readonly onClear: () => void
  readonly isCodeShown: boolean
  readonly onToggleCode: () => void
  readonly codeDisabledReason: string | undefined
}

export function PlaygroundToolbar({ onClear, isCodeShown, onToggleCode, codeDisabledReason }: PlaygroundToolbarProps) {
  return (
    <>
      <Button variant="ghost" onClick={onClear}>
        Clear all
      </Button>
      <Button icon={Code} aria-expanded={isCodeShown} disabledReason={codeDisabledReason} onClick={onToggleCode}>
        {isCodeShown ? 'Hide code' : 'Show code'}
      </Button>
    </>
  )
}

/** No key to select: there are none, or they could not be read. */
export function NoKeys({ failures }: { failures: readonly ReadFailure[] }) {
  const links = useLinks()
  const [first] = failures
  if (first)
    return (
      <FailedCall
        title="The keys could not be read"
        error={first.error}
        onRetry={() => {
          for (const failure of failures) failure.retry()
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
      Encrypt, sign and authenticate with the keys of all connected clouds. Create a key first.
    </EmptyState>
  )
}

/** Outline of the two panes while the key or the lists are read. */
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
