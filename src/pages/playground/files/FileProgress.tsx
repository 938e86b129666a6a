import { X } from 'lucide-react'
import { formatNumber } from '../../../lib/numbers.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Pane } from '../../shared/Pane.tsx'
import { Frame } from './FileResult.tsx'
import { formatDuration, formatSize, formatSpeed } from './format.ts'
import { type Progress, useFocusWhenLost } from './use-file-run.ts'

interface FileProgressProps {
  readonly title: string
  /** The key is being requested, before the first byte. */
  readonly asking: string
  readonly progress: Progress
  readonly onCancel: () => void
}

/** Milliseconds before a speed is shown; earlier values vary too much. */
const SETTLED = 500

function Speed({ progress: { done, total, elapsed } }: { progress: Progress }) {
  if (elapsed < SETTLED || done === 0) return null
  const speed = (done / elapsed) * 1000
  return (
    <>
      <span>{formatSpeed(speed)}</span>
      <span className="ml-auto">{formatDuration(((total - done) / speed) * 1000)} left</span>
    </>
  )
}

/** Progress of an operation on a file: share, speed, remaining time, Cancel. */
export function FileProgress({ title, asking, progress, onCancel }: FileProgressProps) {
  const { phase, done, total } = progress
  const cancel = useFocusWhenLost()
  const share = total === 0 ? 0 : done / total
  const percent = Math.floor(share * 100)
  const words = phase === 'key' ? asking : `${formatSize(done)} of ${formatSize(total)}`
  return (
    <Frame>
      <Pane
        title={title}
        footer={
          <>
            <span>Keep this page open until it is done.</span>
            <span className="flex-1" />
            <Button ref={cancel} icon={X} onClick={onCancel}>
              Cancel
            </Button>
            <PageCommands commands={[{ label: 'Cancel', icon: X, run: onCancel, keywords: title }]} />
          </>
        }
      >
        <div className="grid flex-1 content-center gap-3 bg-sunken p-6 max-sm:px-(--gutter)">
          <p className="figure">{formatNumber(percent)} %</p>
          <ProgressBar label={title} share={share} detail={`${percent} %, ${words}`} />
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-fg-muted tabular-nums">
            <span>{words}</span>
            <Speed progress={progress} />
          </p>
        </div>
      </Pane>
    </Frame>
  )
}
