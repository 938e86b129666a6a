import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { LoggedExchange } from '../../clouds/request-log.ts'
import { formatClock } from '../../lib/dates.ts'
import { useTimeZone } from '../../pages/time-zone.ts'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { formatBodySize, formatDuration, formatStatus, formatTarget, isFailed } from './format-request.ts'
import { RequestDetail } from './RequestDetail.tsx'

interface RequestRowProps {
  call: LoggedExchange
  open: boolean
  onToggle: (id: number) => void
}

/** Columns of a row and of the header: time, method, path, status, duration, size. */
export const columns =
  'grid grid-cols-[16px_64px_56px_minmax(0,1fr)_80px_72px_64px] items-center gap-x-2 max-sm:grid-cols-[16px_56px_minmax(0,1fr)_auto]'

/** One request; a click shows its headers and bodies. */
export const RequestRow = memo(function RequestRow({ call, open, onToggle }: RequestRowProps) {
  const { id, at, method, path, query, duration, response: answered } = call
  useTimeZone()
  return (
    <li className="border-line border-b" data-call={id}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => onToggle(id)}
        className={cx(
          columns,
          'min-h-(--row-compact) w-full px-4 text-left focus-visible:-outline-offset-2 max-sm:min-h-13 max-sm:py-1.5',
          open ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <Icon
          of={ChevronRight}
          size={14}
          className={cx('text-fg-subtle transition-transform duration-(--duration-fast)', open && 'rotate-90')}
        />
        <span className="text-fg-muted text-xs tabular-nums max-sm:order-5 max-sm:col-start-2">{formatClock(at)}</span>
        <span className="mono-xs font-medium">{method}</span>
        <span className="flex min-w-0 items-baseline gap-x-2 max-sm:flex-wrap">
          <span className="mono-xs truncate" title={path + query}>
            {path}
            <span className="text-fg-subtle">{query}</span>
          </span>
          <span className="shrink-0 text-fg-subtle text-xs">{formatTarget(call)}</span>
        </span>
        <span className={cx('text-xs tabular-nums', isFailed(call) ? 'font-medium text-danger-fg' : 'text-fg-muted')}>
          <span className="sr-only">status </span>
          {formatStatus(call)}
          {isFailed(call) ? <span className="sr-only">, failed</span> : null}
        </span>
        <span className="text-right text-fg-muted text-xs tabular-nums max-sm:order-6 max-sm:text-left">
          {formatDuration(duration)}
        </span>
        <span className="text-right text-fg-muted text-xs tabular-nums max-sm:order-7">
          {answered ? formatBodySize(answered.size) : '—'}
        </span>
      </button>
      {open ? <RequestDetail call={call} /> : null}
    </li>
  )
})
