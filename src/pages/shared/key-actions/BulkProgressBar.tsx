import { OctagonAlert, X } from 'lucide-react'
import { currentTime } from '../../../lib/current-time.ts'
import { count } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { bulkLabelsOf, formatFailures, formatProgress, formatResult, keysIn } from './bulk-labels.ts'
import { cancelBulk } from './bulk-runner.ts'
import { type BulkState, closeBulkDialog, openBulkDialog } from './bulk-store.ts'

type ActiveBulk = Exclude<BulkState, { kind: 'confirming' }>

function RunningBulk({ bulk: { job, progress, stopping } }: { bulk: Extract<ActiveBulk, { kind: 'running' }> }) {
  const title = `${bulkLabelsOf(job.action, job.input.reason !== undefined).running} ${count(keysIn(job.keys), 'key')}`
  const detail = formatProgress(progress, job.keys, currentTime())
  return (
    <>
      <span className="mt-0.5">
        <Spinner />
      </span>
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p className="font-semibold">{title}</p>
        <p className="text-fg-muted tabular-nums">{detail}</p>
        <ProgressBar label={title} share={(progress.succeeded + progress.failed) / job.keys.length} detail={detail} />
        <span className="flex gap-2 pt-1">
          <Button size="sm" onClick={openBulkDialog}>
            Show
          </Button>
          <Button
            size="sm"
            variant="ghost"
            onClick={cancelBulk}
            disabledReason={stopping ? 'Requests already sent are completed first.' : undefined}
          >
            {stopping ? 'Stopping' : 'Cancel'}
          </Button>
        </span>
      </div>
    </>
  )
}

function EndedBulk({ bulk: { job, result } }: { bulk: Extract<ActiveBulk, { kind: 'ended' }> }) {
  return (
    <>
      <Icon of={OctagonAlert} className="mt-0.5 text-danger-fg" />
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p className="font-semibold">{formatResult(job, result)}</p>
        <p className="text-fg-muted">{formatFailures(result)}</p>
        <span>
          <Button size="sm" onClick={openBulkDialog}>
            View report
          </Button>
        </span>
      </div>
      <Button
        size="sm"
        variant="ghost"
        iconOnly
        icon={X}
        aria-label="Close"
        tooltip={false}
        onClick={closeBulkDialog}
      />
    </>
  )
}

/** Progress or failures of a bulk action while its dialog is closed, on every page. */
export function BulkProgressBar({ bulk }: { bulk: ActiveBulk }) {
  return (
    <section
      aria-label="Work on many keys"
      className="fixed bottom-4 left-[calc(var(--rail)+1rem)] z-20 w-80 max-[1100px]:left-[calc(var(--rail-collapsed)+1rem)] rounded-lg border border-line-strong bg-raised py-3 pr-2 pl-3 text-sm shadow-pop max-sm:inset-x-2 max-sm:bottom-2 max-sm:w-auto print:hidden"
    >
      <div className="flex items-start gap-2.5">
        {bulk.kind === 'running' ? <RunningBulk bulk={bulk} /> : <EndedBulk bulk={bulk} />}
      </div>
      <LiveRegion>
        {bulk.kind === 'running' ? '' : `${formatResult(bulk.job, bulk.result)}. ${formatFailures(bulk.result)}`}
      </LiveRegion>
    </section>
  )
}
