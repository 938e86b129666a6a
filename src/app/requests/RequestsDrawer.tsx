import { Dialog } from '@base-ui/react/dialog'
import { ListX, SquareTerminal, X } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import { clouds } from '../../clouds/registry.ts'
import { clearLoggedExchanges, type LoggedExchange } from '../../clouds/request-log.ts'
import { currentTime } from '../../lib/current-time.ts'
import { zoneName } from '../../lib/dates.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { useTimeZone } from '../../pages/time-zone.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { isFailed } from './format-request.ts'
import { columns, RequestRow } from './RequestRow.tsx'
import { useRequestLog } from './use-request-log.ts'

export interface RequestsDrawerProps {
  /** Request to expand and scroll to. */
  first: number | undefined
  onClose: () => void
}

type Ended = 'all' | 'failed'

const GATEWAY = 'gateway'

const originOf = ({ cloud = GATEWAY }: LoggedExchange) => cloud

/** Newest first. */
function shownOf(calls: readonly LoggedExchange[], ended: Ended, origins: readonly string[]) {
  return calls
    .filter((call) => ended === 'all' || isFailed(call))
    .filter((call) => origins.length === 0 || origins.includes(originOf(call)))
    .toReversed()
}

/** Drawer with the recorded requests since the page was loaded. */
export function RequestsDrawer({ first, onClose }: RequestsDrawerProps) {
  useTimeZone()
  const calls = useRequestLog()
  const [ended, setEnded] = useState<Ended>('all')
  const [origins, setOrigins] = useState<readonly string[]>([])
  const [opened, setOpened] = useState(first)
  const list = useRef<HTMLOListElement>(null)
  const close = useRef<HTMLButtonElement>(null)
  const onToggle = useCallback((id: number) => setOpened((open) => (open === id ? undefined : id)), [])
  const failed = calls.filter(isFailed).length
  const shown = shownOf(calls, ended, origins)
  const options = [
    ...clouds.map(({ id, longName }) => ({ value: id as string, label: longName })),
    { value: GATEWAY, label: 'The console’s gateway' },
  ]
    .map((option) => ({ ...option, count: calls.filter((call) => originOf(call) === option.value).length }))
    .filter((option) => option.count > 0 || origins.includes(option.value))

  function focusFirst() {
    const row = list.current?.querySelector<HTMLElement>(`[data-call="${first}"] button`)
    row?.scrollIntoView({ block: 'start' })
    return row ?? close.current
  }
  const words =
    shown.length === calls.length
      ? count(calls.length, 'request')
      : `${formatNumber(shown.length)} of ${count(calls.length, 'request')}`
  const isGone = first !== undefined && calls.every(({ id }) => id !== first)
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          initialFocus={focusFirst}
          className="fixed inset-y-0 right-0 z-30 flex w-[min(52rem,100vw)] flex-col border-line-strong border-l bg-raised text-sm shadow-dialog outline-none"
        >
          <header className="flex h-(--topbar) shrink-0 items-center gap-3 border-line border-b pr-2 pl-4">
            <Dialog.Title className="font-semibold text-md">Requests</Dialog.Title>
            <span className="text-fg-subtle tabular-nums" aria-hidden="true">
              {formatNumber(calls.length)}
            </span>
            <Button
              ref={close}
              iconOnly
              variant="ghost"
              icon={X}
              aria-label="Close"
              tooltip={false}
              className="ml-auto"
              onClick={onClose}
            />
          </header>
          <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-3">
            <SegmentedControl<Ended>
              label="Which requests"
              size="md"
              options={[
                { value: 'all', label: 'All' },
                { value: 'failed', label: failed === 0 ? 'Failed' : `Failed ${formatNumber(failed)}` },
              ]}
              value={ended}
              onChange={setEnded}
            />
            <FilterMenu label="To" options={options} chosen={origins} onChange={setOrigins} />
            <Button
              variant="ghost"
              icon={ListX}
              className="ml-auto"
              disabledReason={calls.length === 0 ? 'There is nothing to clear.' : undefined}
              onClick={clearLoggedExchanges}
            >
              Clear
            </Button>
          </div>
          <LiveRegion>{words}</LiveRegion>
          {isGone ? (
            <p role="status" className="px-4 pb-3 text-fg-muted">
              This request is not in the list any more. It keeps the last 500.
            </p>
          ) : null}
          {shown.length === 0 ? (
            <EmptyState icon={SquareTerminal} title={calls.length === 0 ? 'No requests yet' : 'No match'}>
              {calls.length === 0
                ? 'Requests of this tab are listed here.'
                : `${count(calls.length, 'request')} ${calls.length === 1 ? 'is' : 'are'} hidden by the filters.`}
            </EmptyState>
          ) : (
            <div className="flex min-h-0 flex-1 flex-col">
              <div
                aria-hidden="true"
                className={cx(
                  columns,
                  'h-8 shrink-0 border-line border-y bg-raised-sunken px-4 font-medium text-fg-muted text-xs max-sm:hidden',
                )}
              >
                <span />
                <span>{zoneName(currentTime())}</span>
                <span>Method</span>
                <span>Path</span>
                <span>Status</span>
                <span className="text-right">Took</span>
                <span className="text-right">Size</span>
              </div>
              <ol ref={list} aria-label="Requests, the newest first" className="min-h-0 flex-1 overflow-y-auto">
                {shown.map((call) => (
                  <RequestRow key={call.id} call={call} open={opened === call.id} onToggle={onToggle} />
                ))}
              </ol>
            </div>
          )}
          <footer className="shrink-0 border-line border-t bg-raised-sunken px-4 py-2 text-fg-subtle text-xs">
            The last 500, until this page is closed or reloaded. Long texts are cut. Secrets, key material, and what is
            encrypted or signed are masked.
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
