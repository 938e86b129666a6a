import { Eraser, OctagonAlert } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { describeHistoryEntry, formatClockTime, formatMilliseconds, historyLabel } from './history.ts'
import type { HistoryEntry } from './playground-state.ts'

function Row({ visited }: { visited: HistoryEntry }) {
  const { at, operation, milliseconds, failure, matches, keyName } = visited
  const cell = 'h-[34px] border-line border-b py-1.5 pr-4 align-middle group-last:border-b-0'
  return (
    <tr className="group">
      <td className={cx(cell, 'w-px whitespace-nowrap pl-3.5 text-fg-subtle tabular-nums')}>{formatClockTime(at)}</td>
      <td className={cx(cell, 'w-px whitespace-nowrap')}>
        {failure === undefined ? (
          <StatusDot state={matches === false || keyName === '' ? 'off' : 'on'}>{historyLabel(operation)}</StatusDot>
        ) : (
          <span className="inline-flex items-center gap-[7px] text-danger-fg">
            <Icon of={OctagonAlert} size={14} />
            {historyLabel(operation)} <span className="sr-only">failed</span>
          </span>
        )}
      </td>
      <td className={cx(cell, '[overflow-wrap:anywhere]', failure !== undefined && 'text-fg-muted')}>
        {describeHistoryEntry(visited)}
      </td>
      <td className={cx(cell, 'w-px whitespace-nowrap text-right! text-fg-subtle tabular-nums')}>
        {formatMilliseconds(milliseconds)}
      </td>
    </tr>
  )
}

/** What was done since the page was opened. Gone when it is left. */
export function HistoryPanel({ visited, onClear }: { visited: readonly HistoryEntry[]; onClear: () => void }) {
  return (
    <Panel
      title="This visit"
      sub="In memory only, times in UTC"
      flush
      end={
        visited.length > 0 && (
          <>
            <Button variant="ghost" size="sm" onClick={onClear}>
              Clear
            </Button>
            <PageCommands
              commands={[{ label: 'Clear the list of this visit', icon: Eraser, run: onClear, keywords: 'history' }]}
            />
          </>
        )
      }
    >
      {visited.length === 0 ? (
        <p className="px-3.5 py-3 text-fg-muted">What you do here is listed until you leave.</p>
      ) : (
        <table>
          <thead className="sr-only">
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Operation</th>
              <th scope="col">Key</th>
              <th scope="col">Took</th>
            </tr>
          </thead>
          <tbody>
            {visited.map((one) => (
              <Row key={one.id} visited={one} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
