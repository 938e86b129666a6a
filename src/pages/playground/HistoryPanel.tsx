import { Eraser, OctagonAlert } from 'lucide-react'
import { formatClock } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useTimeZone } from '../time-zone.ts'
import type { HistoryEntry } from './playground-state.ts'
import { formatMilliseconds } from './results/ResultFigures.tsx'

/**
 * `billing archive, v7`, `app to ledger`, `jwt-sessions, v2: does not match`, `card-vault: not its ciphertext`; for a
 * search, `app, of 3 keys`.
 */
export function describeHistoryEntry(entry: Omit<HistoryEntry, 'id' | 'at' | 'label' | 'milliseconds'>): string {
  const { keyName, version, target, failure, matches, tried } = entry
  if (tried !== undefined)
    return keyName === '' ? `None of ${count(tried, 'key')}` : `${keyName}, of ${count(tried, 'key')}`
  const key = version === undefined ? keyName : `${keyName}, v${version}`
  if (failure !== undefined) return `${key}: ${failure}`
  if (target !== undefined) return `${keyName} to ${target}`
  return matches === undefined ? key : `${key}: ${matches ? 'matches' : 'does not match'}`
}

function Row({ entry }: { entry: HistoryEntry }) {
  const { at, label, milliseconds, failure, matches, keyName } = entry
  const cell = 'h-[34px] border-line border-b py-1.5 pr-4 align-middle group-last:border-b-0'
  return (
    <tr className="group">
      <td className={cx(cell, 'w-px whitespace-nowrap pl-3.5 text-fg-subtle tabular-nums')}>{formatClock(at)}</td>
      <td className={cx(cell, 'w-px whitespace-nowrap')}>
        {failure === undefined ? (
          <StatusDot state={matches === false ? 'failed' : keyName === '' ? 'off' : 'on'}>{label}</StatusDot>
        ) : (
          <span className="inline-flex items-center gap-[7px] text-danger-fg">
            <Icon of={OctagonAlert} size={14} />
            {label} <span className="sr-only">failed</span>
          </span>
        )}
      </td>
      <td className={cx(cell, '[overflow-wrap:anywhere]', failure !== undefined && 'text-fg-muted')}>
        {describeHistoryEntry(entry)}
      </td>
      <td className={cx(cell, 'w-px whitespace-nowrap text-right! text-fg-subtle tabular-nums')}>
        {formatMilliseconds(milliseconds)}
      </td>
    </tr>
  )
}

/** Requests since the page was opened. Leaving the page clears them. */
export function HistoryPanel({ history, onClear }: { history: readonly HistoryEntry[]; onClear: () => void }) {
  useTimeZone()
  return (
    <Panel
      title="This visit"
      sub="In memory only"
      flush
      end={
        history.length > 0 && (
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
      {history.length === 0 ? (
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
            {history.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
