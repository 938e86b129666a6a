import { ChevronDown } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import type { CloudId } from '../../../clouds/model.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { formatList } from '../../../lib/format-list.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { openOverlay } from '../../overlay.ts'
import { ErrorNote, RetryButton } from '../Failure.tsx'
import { PageCommands } from '../PageCommands.tsx'
import type { Activity } from './use-activity.ts'

interface UnreadProps {
  activity: Activity
}

const requests = () => openOverlay({ kind: 'requests' })

/** Names the logs that could not be read, why, and which request it was; everything else is in the list. */
export function UnreadBanner({ activity: { unread, refreshing, refresh } }: UnreadProps) {
  if (unread.length === 0) return null
  const details = unread.map(({ error }) => detailsOf(error))
  const names = formatList(unread.map(({ of }) => of))
  return (
    <Banner
      tone="warning"
      title={`The audit log of ${names} could not be read.`}
      meta={details.map(requestLine).join(', ')}
      actions={
        <>
          <Button size="sm" variant="ghost" onClick={requests}>
            Show requests
          </Button>
          <RetryButton retrying={refreshing} onRetry={refresh} />
        </>
      }
      className="mt-3 print:hidden"
    >
      {details.map(({ message, advice }) => `${message} ${advice}`).join(' ')}
    </Banner>
  )
}

interface NotesProps {
  callers: readonly string[]
  without: readonly CloudId[]
  hasPeople: boolean
}

/** What the list does not tell: who acts through the console, and clouds without an audit log. */
export function LogNotes({ callers, without, hasPeople }: NotesProps) {
  if (callers.length + without.length === 0) return null
  return (
    <p className="pb-3 text-fg-subtle text-xs [overflow-wrap:anywhere]">
      {callers.length === 0 ? null : (
        <>
          {hasPeople ? 'The clouds know everybody here as' : 'All console users appear as'} {formatList(callers)}: the
          gateway’s {callers.length === 1 ? 'credential' : 'credentials'}.{' '}
          {hasPeople ? 'The person is from the console’s own log. ' : null}
        </>
      )}
      {without.length === 0 ? null : (
        <>
          {formatList(without.map((id) => cloudOf(id).longName))} {without.length === 1 ? 'has' : 'have'} no audit log:{' '}
          <button type="button" className="link" onClick={requests}>
            Requests
          </button>{' '}
          lists the calls of this tab.
        </>
      )}
    </p>
  )
}

/** At the list's end: the way to older entries, or why they could not be read, or that there are none. */
export function ListEnd({ activity, beyond }: { activity: Activity; beyond: boolean }) {
  const { loadMore, loadingMore, moreError, refresh, refreshing } = activity
  const end = useRef<HTMLParagraphElement>(null)
  const asked = useRef(false)
  const done = loadMore === undefined && !loadingMore && moreError === undefined
  // The button goes with the last page; the focus it had stays at the list's end.
  useEffect(() => {
    if (!done || !asked.current) return
    asked.current = false
    end.current?.focus({ preventScroll: true })
  }, [done])
  if (moreError !== undefined)
    return (
      <div className="grid gap-3 px-(--gutter) py-4">
        <ErrorNote title="Older operations could not be read." error={moreError} />
        <span className="justify-self-center">
          <RetryButton retrying={refreshing} onRetry={refresh} />
        </span>
      </div>
    )
  if (done || beyond)
    return (
      <p ref={end} tabIndex={-1} className="py-4 text-center text-fg-subtle text-xs outline-none">
        {beyond ? 'Older operations are outside the chosen time.' : 'End of log'}
      </p>
    )
  const load = () => {
    asked.current = true
    loadMore?.()
  }
  return (
    <div className="grid justify-items-center py-4 print:hidden">
      <Button busy={loadingMore} onClick={load}>
        {loadingMore ? 'Loading more' : 'Load more'}
      </Button>
      <PageCommands
        commands={[
          {
            label: 'Load more',
            icon: ChevronDown,
            run: load,
            disabledReason: loadingMore ? 'In progress.' : undefined,
          },
        ]}
      />
    </div>
  )
}
