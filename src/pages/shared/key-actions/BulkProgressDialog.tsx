import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { currentTime } from '../../../lib/current-time.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { LiveRegion } from '../../../ui/LiveRegion.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { BulkReport } from './BulkReport.tsx'
import { bulkLabelsOf, formatFailures, formatProgress, formatResult, keysIn } from './bulk-labels.ts'
import { cancelBulk, startBulk } from './bulk-runner.ts'
import { type BulkState, closeBulkDialog } from './bulk-store.ts'

type Running = Extract<BulkState, { kind: 'running' }>
type Ended = Extract<BulkState, { kind: 'ended' }>

function RunningBulk({ bulk: { job, progress, stopping } }: { bulk: Running }) {
  const { succeeded, failed, pausedUntil } = progress
  const detail = formatProgress(progress, job.keys, currentTime())
  return (
    <>
      <ProgressBar
        label={bulkLabelsOf(job.action, job.input.reason !== undefined).running}
        share={(succeeded + failed) / job.keys.length}
        detail={detail}
      />
      <p className="text-fg-muted tabular-nums">
        {detail}
        {stopping ? ' Requests already sent are completed, no new ones start.' : ''}
      </p>
      <LiveRegion>{pausedUntil !== undefined ? 'A cloud asks for a pause.' : stopping ? 'Stopping.' : ''}</LiveRegion>
    </>
  )
}

/** Progress, then the report. Closing the dialog does not stop the action. */
export function BulkProgressDialog({ bulk }: { bulk: Running | Ended }) {
  const client = useQueryClient()
  const toast = useToast()
  const content = useRef<HTMLDivElement>(null)
  const { action, keys, input } = bulk.job
  const labels = bulkLabelsOf(action, bulk.job.input.reason !== undefined)
  const running = bulk.kind === 'running'
  // The focused button is removed when the action ends: the content takes the focus.
  useEffect(() => {
    if (!running) content.current?.focus()
  }, [running])
  const allKeys = count(keysIn(keys), 'key')
  const failed = running ? [] : bulk.result.failed
  return (
    <Dialog
      open
      wide
      keep
      onClose={closeBulkDialog}
      initialFocus={content}
      title={running ? `${labels.running} ${allKeys}` : formatResult(bulk.job, bulk.result)}
      footer={
        running ? (
          <>
            <Button onClick={closeBulkDialog}>Hide</Button>
            <Button
              variant="dangerQuiet"
              onClick={cancelBulk}
              disabledReason={bulk.stopping ? 'Requests already sent are completed first.' : undefined}
            >
              {bulk.stopping ? 'Stopping' : 'Cancel'}
            </Button>
          </>
        ) : (
          <>
            {failed.length > 0 ? (
              <Button
                icon={RotateCw}
                onClick={() => void startBulk({ client, toast }, { action, keys: failed.map(({ key }) => key), input })}
              >
                Retry {formatNumber(failed.length)} failed
              </Button>
            ) : null}
            <Button variant="primary" onClick={closeBulkDialog}>
              Close
            </Button>
          </>
        )
      }
    >
      <div ref={content} tabIndex={-1} className="grid gap-3 outline-none">
        {running ? <RunningBulk bulk={bulk} /> : <BulkReport result={bulk.result} />}
        <LiveRegion>
          {running ? '' : `${formatResult(bulk.job, bulk.result)}. ${formatFailures(bulk.result)}`}
        </LiveRegion>
      </div>
    </Dialog>
  )
}
