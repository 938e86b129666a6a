import { expect, test } from 'vitest'
import { defaultSwitches, readSwitches } from './fault-switches.ts'

test.each([
  ['', {}],
  [' , ', {}],
  ['default-key=listed', { defaultKey: 'listed' }],
  ['operations=pending, default-key=absent', { operations: 'pending', defaultKey: 'absent' }],
  ['replication.fail=de-fra-1,quirk.created-at=material', { failingZone: 'de-fra-1', createdAt: 'material' }],
])('“%s” is read', (text, changed) => {
  expect(readSwitches(text)).toEqual({ ...defaultSwitches, ...changed })
})

test.each([
  ...['default-key=listed=x', 'default-key=', 'default-key', '=listed', 'operations=pending=', 'toString=x'],
  ...['replication.fail=mars-1', 'operations=done', 'default-key=listed;operations=pending'],
])('“%s” is refused', (text) => {
  expect(readSwitches(text)).toBeUndefined()
})
