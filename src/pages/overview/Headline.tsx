import { RefreshCw } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreateKeyLink } from '../shared/CreateKeyLink.tsx'
import { formatSecond } from './labels.ts'

interface HeadlineProps {
  /** Heading of the page; undefined while the first lists are read. */
  title: string | undefined
  /** Number of keys and of locations that answered. */
  subtitle: string | undefined
  /** Instant at which the oldest list was read. */
  readAt: number | undefined
  refreshing: boolean
  onRefresh: () => void
}

/** Heading with its basis, the age of the data, and the actions of the whole page. */
export function Headline({ title, subtitle, readAt, refreshing, onRefresh }: HeadlineProps) {
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 pt-4 pb-3.5 max-sm:pt-3">
      <h1 className="page-title">
        {title ?? (
          <>
            <span className="sr-only">Overview</span>
            <Skeleton width={220} height={16} />
          </>
        )}
      </h1>
      {subtitle === undefined ? null : (
        <span className="pt-[3px] text-fg-subtle tabular-nums max-sm:w-full max-sm:pt-0">{subtitle}</span>
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
