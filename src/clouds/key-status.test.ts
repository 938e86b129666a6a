import { expect, test } from 'vitest'
import { hasUnknownStatus, isDisabled, isPendingDeletion, isUsable, statusOf } from './key-status.ts'
import { providerOperations } from './operations-registry.ts'
import { clouds } from './registry.ts'
import { keyWith } from './testing/key.ts'

test('every provider lists each status once, with an operation allowed in each and one key that works', () => {
  for (const { id, capabilities } of clouds) {
    const operations = providerOperations(id)
    const ids = capabilities.statuses.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(capabilities.statuses[0]?.group).toBe('active')
    for (const { refusals } of capabilities.statuses)
      expect(Object.keys(operations).some((id) => !(id in refusals))).toBe(true)
  }
})

test('a key has the facts of its provider’s status', () => {
  const facts = (status: string) => {
    const key = keyWith({ status })
    return [statusOf(key).label, isUsable(key), isDisabled(key), isPendingDeletion(key)]
  }
  expect(facts('active')).toEqual(['Active', true, false, false])
  expect(facts('disabled')).toEqual(['Disabled', false, true, false])
  expect(facts('pending_deletion')).toEqual(['Pending deletion', false, false, true])
})

test('a status that the list lacks counts as disabled, is shown by its id and refuses nothing', () => {
  const key = keyWith({ status: 'suspended' })
  expect(hasUnknownStatus(key)).toBe(true)
  expect(statusOf(key)).toMatchObject({ label: 'suspended', tone: 'muted', group: 'disabled', refusals: {} })
  expect(hasUnknownStatus(keyWith({ cloud: 'exoscale', status: 'disabled' }))).toBe(false)
})
