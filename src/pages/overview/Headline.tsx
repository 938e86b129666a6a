import { RefreshCw } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateKeyLink } from '../shared/CreateKeyLink.tsx'
import { formatSecond } from './labels.ts'

interface HeadlineProps {
  /** The heading; undefined while nothing is known yet. */
  title: string | undefined
  /** What it rests on. */
  subtitle: string | undefined
  /** When the oldest of the lists was read. */
  readAt: number | undefined
  refreshing: boolean
  onRefresh: () => void
}

/** The answer to what somebody comes here for, what it rests on, and what to do with the page as a whole. */
export function Headline({ title: answer, subtitle: known, readAt, refreshing, onRefresh }: HeadlineProps) {
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 pt-4 pb-3.5 max-sm:pt-3">
      <h1 className="page-title">
        {answer ?? (
          <>
            <span className="sr-only">Overview</span>
            <Skeleton width={220} height={16} />
          </>
        )}
      </h1>
      {known === undefined ? null : (
        <span className="pt-[3px] text-fg-subtle tabular-nums max-sm:w-full max-sm:pt-0">{known}</span>
      )}
      <div className="ml-auto flex items-center gap-2 max-sm:ml-0 max-sm:w-full max-sm:flex-wrap">
        {readAt === undefined ? null : (
          <span className="text-fg-subtle tabular-nums max-sm:-mt-2 max-sm:basis-full">
            Read {formatSecond(readAt)}
          </span>
        )}
        <Button icon={RefreshCw} busy={refreshing} onClick={onRefresh} className="max-sm:flex-1">
          {refreshing ? 'Refreshing' : 'Refresh'}
        </Button>
        <CreateKeyLink />
      </div>
    </div>
  )
}
