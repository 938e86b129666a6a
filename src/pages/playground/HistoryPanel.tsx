import { Eraser, OctagonAlert, SquareTerminal } from 'lucide-react'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { openOverlay } from '../overlay.ts'
import { PageCommands } from '../shared/PageCommands.tsx'
import type { HistoryEntry } from './playground-state.ts'
import { formatMilliseconds } from './results/ResultFigures.tsx'

/**
 * `billing archive, v7`, `app to ledger`, `jwt-sessions, v2: does not match`, `card-vault: not its ciphertext`; for a
 * search, `app, of 3 keys`.
 */
export function describeHistoryEntry(entry: Omit<HistoryEntry, 'id' | 'label' | 'milliseconds'>): string {
  const { keyName, version, target, failure, matches, tried } = entry
  if (tried !== undefined)
    return keyName === '' ? `None of ${count(tried, 'key')}` : `${keyName}, of ${count(tried, 'key')}`
  const key = version === undefined ? keyName : `${keyName}, v${version}`
  if (failure !== undefined) return `${key}: ${failure}`
  if (target !== undefined) return `${keyName} to ${target}`
  return matches === undefined ? key : `${key}: ${matches ? 'matches' : 'does not match'}`
}

function Row({ entry }: { entry: HistoryEntry }) {
  const { request, label, milliseconds, failure, matches, keyName } = entry
  const cell = 'h-[34px] border-line border-b py-1.5 pr-4 align-middle group-last:border-b-0'
  const description = describeHistoryEntry(entry)
  return (
    <tr className="group">
      <td className={cx(cell, 'w-px whitespace-nowrap pl-3.5')}>
        {failure === undefined ? (
          <StatusDot state={matches === false ? 'failed' : keyName === '' ? 'off' : 'on'}>{label}</StatusDot>
        ) : (
          <span className="inline-flex items-center gap-[7px] text-danger-fg">
            <Icon of={OctagonAlert} size={14} />
            {label} <span className="sr-only">failed</span>
          </span>
        )}
      </td>
      <td className={cx(cell, '[overflow-wrap:anywhere]', failure !== undefined && 'text-fg-muted')}>{description}</td>
      <td className={cx(cell, 'w-px whitespace-nowrap text-right! text-fg-subtle tabular-nums')}>
        {formatMilliseconds(milliseconds)}
      </td>
      <td className={cx(cell, 'w-px pr-2 pl-0')}>
        {request !== undefined && (
          <Button
            variant="ghost"
            size="sm"
            iconOnly
            icon={SquareTerminal}
            aria-label={`Show request: ${label}, ${description}`}
            onClick={() => openOverlay({ kind: 'requests', call: request })}
          />
        )}
      </td>
    </tr>
  )
}

/** The last operations of this tab. Each leads to its request in the list of requests. */
export function HistoryPanel({ history, onClear }: { history: readonly HistoryEntry[]; onClear: () => void }) {
  if (history.length === 0) return null
  return (
    <Panel
      title="History"
      sub="This tab only"
      flush
      end={
        <>
          <Button variant="ghost" size="sm" onClick={onClear}>
            Clear
          </Button>
          <PageCommands commands={[{ label: 'Clear history', icon: Eraser, run: onClear }]} />
        </>
      }
    >
      <table>
        <thead className="sr-only">
          <tr>
            <th scope="col">Operation</th>
            <th scope="col">Key</th>
            <th scope="col">Took</th>
            <th scope="col">Request</th>
          </tr>
        </thead>
        <tbody>
          {history.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
