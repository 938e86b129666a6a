import { expect, test } from 'vitest'
import { inDays } from '../../../clouds/period.ts'
import { groupReplicas } from '../../../clouds/replica-groups.ts'
import { keyWith } from '../testing/key.ts'
import { bulkTargets } from './bulk-actions.ts'
import { confirmationOf, formatFailures, formatProgress, formatResult } from './bulk-labels.ts'
import { type BulkInput, planBulk } from './bulk-plan.ts'

const every = (days: number): BulkInput => ({ rotation: { automatic: true, period: inDays(days) }, days: {} })
const manual: BulkInput = { rotation: { automatic: false }, days: {} }

const exoscale = { cloud: 'exoscale', location: 'ch-gva-2', originZone: 'ch-gva-2' } as const

const reasons = (plan: ReturnType<typeof planBulk>) => plan.refused.map(({ reason, keys }) => [keys.length, reason])

test('keys that can’t take it are grouped by reason, the largest group first', () => {
  const disabled = { status: 'disabled' } as const
  const pending = { status: 'pending_deletion' } as const
  const plan = planBulk('rotate', [keyWith(), keyWith(pending), keyWith(disabled), keyWith(disabled)], manual)
  expect(plan.eligible).toHaveLength(1)
  expect(reasons(plan)).toEqual([
    [2, 'The key is disabled. Enable it first.'],
    [1, 'The key is pending deletion. Cancel the deletion first.'],
  ])
})

test('a replica takes what its zone decides, and not what its primary does', () => {
  const replica = keyWith({ ...exoscale, location: 'de-fra-1', traits: ['replica'] })
  expect(planBulk('disable', [replica], manual).eligible).toHaveLength(1)
  expect(reasons(planBulk('scheduleDeletion', [replica], manual))[0]?.[1]).toContain('ch-gva-2')
})

test('a period that one cloud does not have leaves its keys out, and so does one that is there already', () => {
  const keys = [keyWith({ id: 'a' }), keyWith({ ...exoscale, id: 'b' })]
  expect(reasons(planBulk('setRotation', keys, every(90)))).toEqual([[2, 'It is set so already.']])
  const thirty = planBulk('setRotation', keys, every(30))
  expect(thirty.eligible.map(({ id }) => id)).toEqual(['a'])
  expect(reasons(thirty)).toEqual([[1, 'Exoscale rotates every 90 to 2,560 days.']])
  expect(planBulk('setRotation', keys, manual).eligible).toHaveLength(2)
  const off = keyWith({ rotation: { automatic: false, period: inDays(90) } })
  expect(reasons(planBulk('setRotation', [off], manual))).toEqual([[1, 'It is set so already.']])
})

test('a key that never rotates is left out of both with its reason', () => {
  const never = 'Only symmetric keys rotate.'
  const signing = keyWith({ ...exoscale, id: 's', rotation: { automatic: false, never }, latestVersion: 1 })
  for (const action of ['rotate', 'setRotation'] as const) {
    const plan = planBulk(action, [keyWith(), signing], every(30))
    expect(plan.eligible.map(({ id }) => id)).toEqual(['kms-1'])
    expect(reasons(plan)).toEqual([[1, never]])
  }
})

const zones = ['ch-gva-2', 'de-fra-1']
const spread = zones.map((location) => keyWith({ ...exoscale, id: 'x', location, traits: ['multi-zone'] }))

test('enabling and disabling go to each location of a key, and what the primary decides to that alone', () => {
  const groups = groupReplicas([...spread, keyWith()])
  expect(bulkTargets('disable', groups).map(({ location }) => location)).toEqual([...zones, 'nl-01'])
  expect(bulkTargets('rotate', groups).map(({ location }) => location)).toEqual(['ch-gva-2', 'nl-01'])
})

test('what is typed, how far it is and what came of it count a key with replicas once', () => {
  const key = keyWith()
  expect(confirmationOf([key]).text).toBe('1')
  expect(confirmationOf(Array.from({ length: 12_000 }, () => key)).text).toBe('12000')
  expect(confirmationOf([...spread, key]).text).toBe('2')
  const fifty = Array.from({ length: 50 }, () => key)
  expect(formatProgress({ succeeded: 22, failed: 1 }, fifty, 0)).toBe('23 of 50, 1 failed')
  expect(formatProgress({ succeeded: 1, failed: 0 }, [...spread, key], 0)).toBe('1 of 3 locations')
  expect(formatProgress({ succeeded: 3, failed: 0, pausedUntil: 12_000 }, fifty, 0)).toBe(
    '3 of 50. The cloud asks for a pause of 12 seconds.',
  )
  const result = { succeeded: [key], failed: [{ key, error: undefined }], notStarted: [key], gaveUp: false }
  expect(formatResult({ action: 'rotate', keys: [key, key, key], input: manual }, result)).toBe('Rotated 1 of 3 keys')
  expect(formatFailures(result)).toBe('1 failed, 1 was not started.')
  const [first, second] = spread
  if (!first || !second) throw new Error('no locations')
  const half = { ...result, succeeded: [first, key], failed: [{ key: second, error: undefined }], notStarted: [] }
  expect(formatResult({ action: 'disable', keys: [...spread, key], input: manual }, half)).toBe('Disabled 1 of 2 keys')
  expect(formatResult({ action: 'disable', keys: [...spread, key], input: manual }, { ...half, failed: [] })).toBe(
    'Disabled 2 keys',
  )
})
