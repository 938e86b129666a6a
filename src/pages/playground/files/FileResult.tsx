import { Download, FileLock2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { PageCommands } from '../../shared/PageCommands.tsx'
import { Pane, SuccessBadge } from '../../shared/Pane.tsx'
import { formatDuration, formatExactSize, formatSpeed } from './format.ts'
import { type Report, useFocusWhenLost } from './use-file-run.ts'

interface FileResultProps {
  readonly title: string
  readonly done: string
  readonly report: Report
  readonly children: ReactNode
  /** Label of the next action: "Encrypt another file". */
  readonly next: string
  readonly onNext: () => void
  readonly onSaveAgain: () => void
}

/** Full-width pane in the frame of two panes. */
export const Frame = ({ children }: { children: ReactNode }) => (
  <div className="mt-4 overflow-hidden rounded-lg border border-line-strong bg-surface max-sm:-mx-(--gutter) max-sm:rounded-none max-sm:border-x-0">
    {children}
  </div>
)

/** Result of an operation on a file. The download has started; *Save again* repeats it. */
export function FileResult({ title, done, report, children, next, onNext, onSaveAgain }: FileResultProps) {
  const { name, from, size, milliseconds } = report
  const saving = useFocusWhenLost()
  const pace = milliseconds < 1000 ? '' : `, ${formatSpeed((from / milliseconds) * 1000)}`
  return (
    <Frame>
      <Pane
        title={title}
        head={<SuccessBadge>{done}</SuccessBadge>}
        footer={
          <>
            <Button onClick={onNext}>{next}</Button>
            <span className="flex-1" />
            <Button ref={saving} icon={Download} onClick={onSaveAgain}>
              Save again
            </Button>
            <PageCommands
              commands={[
                { label: 'Save again', icon: Download, run: onSaveAgain, keywords: name },
                { label: next, icon: FileLock2, run: onNext },
              ]}
            />
          </>
        }
      >
        <div className="grid flex-1 content-start gap-3 bg-sunken p-3.5 max-sm:px-(--gutter)">
          <PropertyList
            tight
            items={[
              { name: 'Saved as', value: <b className="font-medium">{name}</b> },
              { name: 'Size', value: <span className="tabular-nums">{formatExactSize(size)}</span> },
              { name: 'Took', value: <span className="tabular-nums">{formatDuration(milliseconds) + pace}</span> },
            ]}
          />
          {children}
        </div>
      </Pane>
    </Frame>
  )
}
