import { expect, test } from 'vitest'
import { inDays } from '../../clouds/period.ts'
import { addDays } from '../../lib/dates.ts'
import { runToEnd } from '../../lib/time-slicing.ts'
import { keyWith, NOW } from '../shared/testing/key.ts'
import { csvOf, jsonOf } from './export-rows.ts'
import type { ColumnId } from './keys-view.ts'
import { prepareRows } from './testing/rows.ts'

const rows = prepareRows([
  keyWith({ id: 'kms-1', name: 'billing', slug: 'billing', labels: { env: 'prod', team: '' } }),
  keyWith({
    id: 'kms-2',
    name: '=HYPERLINK("x"), old',
    status: 'pending_deletion',
    destroyedAt: addDays(NOW, 9),
    rotation: { automatic: false },
    traits: ['exportable'],
  }),
])

const all = new Set<ColumnId>()
const hidden = new Set<ColumnId>([
  'cloud',
  'location',
  'type',
  'rotation',
  'lastRotated',
  'nextRotation',
  'version',
  'created',
])

test('a CSV file has the columns that are shown and always the id, and no formula', () => {
  expect(runToEnd(csvOf(rows, hidden)).join('').split('\r\n')).toEqual([
    '\ufeff"id","name","slug","status","statusByLocation","destroyedAt","labels","marks"',
    `"kms-2","'=HYPERLINK(""x""), old",,"pending","","2026-12-01T12:00:00.000Z","","exportable"`,
    '"kms-1","billing","billing","active","",,"env=prod team",""',
    '',
  ])
})

test('JSON has the same, with numbers and lists as they are', () => {
  const [second, first] = JSON.parse(runToEnd(jsonOf(rows, all)).join(''))
  expect(second).toMatchObject({ id: 'kms-2', rotation: 'manual', marks: ['exportable'], alsoIn: [] })
  expect(first).toMatchObject({
    id: 'kms-1',
    name: 'billing',
    cloud: 'thalassa',
    location: 'nl-01',
    type: 'aes256-gcm96',
    rotation: 'automatic',
    rotationPeriodInDays: 90,
    nextRotation: '2026-12-04T12:00:00.000Z',
    latestVersion: 3,
    labels: { env: 'prod', team: '' },
  })
})

test('a key that never rotates has no date in the file', () => {
  const rotation = { automatic: false, never: 'One version for life.', period: inDays(365) }
  const fixed = prepareRows([keyWith({ id: 'kms-3', latestVersion: 1, rotation })])
  const [row] = JSON.parse(runToEnd(jsonOf(fixed, all)).join(''))
  expect(row).toMatchObject({ rotation: 'never', latestVersion: 1 })
  for (const member of ['rotationPeriodInDays', 'lastRotated', 'nextRotation']) expect(row).not.toHaveProperty(member)
})
