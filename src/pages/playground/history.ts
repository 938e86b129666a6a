import { count } from '../../lib/numbers.ts'
import { operationLabels } from '../shared/operations.ts'
import type { HistoryEntry } from './playground-state.ts'

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
})

/** `14:32:08`, in UTC. */
export const formatClockTime = (at: number): string => time.format(at)

/** `41 ms`; under one it says so. */
export const formatMilliseconds = (milliseconds: number): string =>
  milliseconds < 1 ? '< 1 ms' : `${Math.round(milliseconds)} ms`

export function historyLabel(operation: HistoryEntry['operation']): string {
  if (operation === 'verifyOffline') return 'Verify offline'
  return operation === 'findKey' ? 'Find key' : operationLabels[operation].label
}

/** `billing archive, v7`, `app to ledger`, `jwt-sessions, v2: does not match`, or `card-vault: not its ciphertext`; `app, of 3 keys` that were tried. */
export function describeHistoryEntry({
  operation,
  keyName,
  version,
  to,
  failure,
  matches,
  tried,
}: HistoryEntry): string {
  if (tried !== undefined)
    return keyName === '' ? `None of ${count(tried, 'key')}` : `${keyName}, of ${count(tried, 'key')}`
  const of = version === undefined ? keyName : `${keyName}, v${version}`
  if (failure !== undefined) return `${of}: ${failure}`
  if (operation === 'reEncrypt') return `${keyName} to ${to ?? 'its newest version'}`
  return matches === undefined ? of : `${of}: ${matches ? 'matches' : 'does not match'}`
}
