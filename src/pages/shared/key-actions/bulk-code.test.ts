import { expect, test } from 'vitest'
import { inDays } from '../../../clouds/period.ts'
import { keyWith } from '../testing/key.ts'
import type { BulkAction } from './bulk-actions.ts'
import { bulkCode } from './bulk-code.ts'
import type { BulkInput } from './bulk-plan.ts'

const exoscale = { cloud: 'exoscale', location: 'ch-gva-2', originZone: 'ch-gva-2', type: 'AES_256' } as const

const nothing: BulkInput = { rotation: { automatic: false }, days: {} }

const keys = (count: number, members: Parameters<typeof keyWith>[0] = {}) =>
  Array.from({ length: count }, (_, at) => keyWith({ ...members, id: `id-${at}` }))

function snippet(label: string, ...args: Parameters<typeof bulkCode>) {
  const found = bulkCode(...args).flatMap(({ snippets }) => snippets.filter((one) => one.label === label))
  return found.map(({ code }) => code)
}

test('each cloud has code of its own, for its first key, and names the others', () => {
  const parts = bulkCode('rotate', [...keys(2, exoscale), ...keys(3)], nothing)
  expect(parts.map(({ label }) => label)).toEqual(['Code for Thalassa Cloud', 'Code for Exoscale'])
  const [thalassa = '', other = ''] = snippet('curl', 'rotate', [...keys(2, exoscale), ...keys(3)], nothing)
  expect(thalassa).toMatch(/^# For each of 3 keys of Thalassa Cloud; here for the first of them\.\n/)
  expect(thalassa).toContain('keys/id-0/rotate')
  expect(thalassa).toMatch(/\n\n# The others, by region and id:\n# nl-01 id-1\n# nl-01 id-2$/)
  expect(other).toMatch(/\n\n# The others, by zone and id:\n# ch-gva-2 id-1$/)
  const [go] = snippet('Go', 'rotate', keys(2), nothing)
  expect(go).toMatch(/^\/\/ For each of 2 keys/)
})

test('one key has no others, and too many are not listed', () => {
  expect(snippet('tcloud', 'enable', keys(1), nothing)[0]).toMatch(
    /^# For 1 key of Thalassa Cloud\.\ntcloud kms keys enable [^#]+$/,
  )
  const [twenty] = snippet('tcloud', 'enable', keys(20), nothing)
  expect(twenty).toContain('id-19')
  const [more] = snippet('tcloud', 'enable', keys(21), nothing)
  expect(more).toMatch(/^# For each of 21 keys/)
  expect(more).not.toContain('The others')
})

test('it has what is chosen, and the usual days while those typed are not valid', () => {
  const rotation: BulkInput = { rotation: { automatic: true, period: inDays(180) }, days: {} }
  expect(snippet('curl', 'setRotation', keys(1), rotation)[0]).toContain('"rotationPeriodInDays": 180')
  const after = (days: number) =>
    bulkCode('scheduleDeletion', keys(1, exoscale), { ...nothing, days: { exoscale: days } })
  expect(JSON.stringify(after(14))).toContain('--delay-days 14')
  expect(after(14)[0]?.note).toBeUndefined()
  expect(JSON.stringify(after(Number.NaN))).toContain('--delay-days 30')
  expect(after(Number.NaN)[0]?.note).toContain('the code has the usual 30')
})

const labelsOf = (action: BulkAction, input: BulkInput, members: Parameters<typeof keyWith>[0] = {}) =>
  bulkCode(action, keys(1, members), input).flatMap(({ snippets }) => snippets.map(({ label }) => label))

test('Terraform is there for what its resource can say', () => {
  const on: BulkInput = { rotation: { automatic: true, period: inDays(180) }, days: {} }
  expect(labelsOf('setRotation', on)).toContain('Terraform')
  expect(snippet('Terraform', 'setRotation', keys(1), on)[0]).toMatch(/rotation_period_in_days\s+= 180/)
  expect(labelsOf('setRotation', nothing)).not.toContain('Terraform')
  expect(labelsOf('rotate', nothing)).not.toContain('Terraform')
  expect(snippet('Terraform', 'disable', keys(1), nothing)[0]).toMatch(/status\s+= "disabled"/)
  expect(snippet('Terraform', 'scheduleDeletion', keys(1), nothing)[0]).toContain(
    'terraform destroy -target=thalassa_kms_key.',
  )
  expect(labelsOf('setRotation', on, exoscale)).not.toContain('Terraform')
  expect(snippet('Terraform', 'scheduleDeletion', keys(1, exoscale), nothing)[0]).toContain('always waits 7 days')
})
