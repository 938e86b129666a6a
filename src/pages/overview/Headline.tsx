import { RefreshCw } from 'lucide-react'
import { correctedInstant } from '../../lib/current-time.ts'
import { formatTime } from '../../lib/dates.ts'
import { Button } from '../../ui/Button.tsx'
import { CreateKeyLink } from '../shared/CreateKeyLink.tsx'

interface HeadlineProps {
  title: string
  /** Number of keys and of locations that answered. */
  subtitle: string
  /** When the oldest list was read, by the browser's clock. */
  readAt: number | undefined
  refreshing: boolean
  onRefresh: () => void
}

/** Heading with its basis, the age of the data, and the actions of the whole page. */
export function Headline({ title, subtitle, readAt, refreshing, onRefresh }: HeadlineProps) {
  return (
    <div className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-2 pt-4 pb-3.5 max-sm:pt-3">
      <h1 className="page-title">{title}</h1>
      <span className="pt-[3px] text-fg-subtle tabular-nums max-sm:w-full max-sm:pt-0">{subtitle}</span>
      <div className="ml-auto flex items-center gap-2 max-sm:ml-0 max-sm:w-full max-sm:flex-wrap">
        {readAt === undefined ? null : (
          <span className="text-fg-subtle tabular-nums max-sm:-mt-2 max-sm:basis-full">
            Read at {formatTime(correctedInstant(readAt))}
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
