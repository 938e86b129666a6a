import { expect, it } from 'vitest'
import { describeHistoryEntry } from './HistoryPanel.tsx'
import { formatMilliseconds } from './results/ResultFigures.tsx'

it('an entry of the history reads as one line', () => {
  expect(formatMilliseconds(40.6)).toBe('41 ms')
  expect(formatMilliseconds(0.4)).toBe('< 1 ms')
  const entry = { keyName: 'app' }
  expect(describeHistoryEntry({ ...entry, version: 7 })).toBe('app, v7')
  expect(describeHistoryEntry({ ...entry, failure: 'not its ciphertext' })).toBe('app: not its ciphertext')
  expect(describeHistoryEntry({ ...entry, target: 'its latest version' })).toBe('app to its latest version')
  expect(describeHistoryEntry({ ...entry, target: 'ledger' })).toBe('app to ledger')
  expect(describeHistoryEntry(entry)).toBe('app')
  expect(describeHistoryEntry({ ...entry, version: 2, matches: false })).toBe('app, v2: does not match')
})
