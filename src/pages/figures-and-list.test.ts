/** Overview and list of keys count alike. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeyTrait, KmsKey } from '../clouds/model.ts'
import { filterRows, prepareRows } from './keys/key-rows.ts'
import { keysViewFormat, noFilters } from './keys/keys-view.ts'
import { figureGroups } from './overview/figures.ts'
import { figuresOf } from './overview/posture.ts'
import { keyOf, now, rotatesIn } from './overview/testing/key.ts'
import { groupReplicas, type ReadLocations } from './shared/replica-groups.ts'

const everywhere: ReadLocations = new Map([['exoscale', ['bg-sof-1', 'ch-gva-2', 'de-fra-1']]])

const first = keysViewFormat.read(new URLSearchParams())

/** What the list shows for a figure's link. */
const listed = (keys: readonly KmsKey[], filter: string, value: string) =>
  filterRows(prepareRows(keys, everywhere), { ...first, filters: { ...noFilters, [filter]: [value] } }, now).length

const anyKeys = fc.array(
  fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      location: fc.constantFrom('ch-gva-2', 'de-fra-1', 'bg-sof-1'),
      status: fc.constantFrom('enabled', 'disabled', 'pending-deletion'),
      traits: fc.constantFrom<KeyTrait[]>([], ['replica'], ['multi-zone'], ['imported'], ['imported', 'exportable']),
      latestVersion: fc.integer({ min: 1, max: 2 }),
      days: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
    })
    .map(({ name, days, ...members }) =>
      keyOf(name, { ...members, rotation: days === undefined ? { automatic: false } : rotatesIn(days) }),
    ),
)

test('each figure of the overview is the number of keys that the list shows behind its link, whatever the keys', () => {
  fc.assert(
    fc.property(anyKeys, (keys) => {
      const figures = figuresOf(groupReplicas(keys, everywhere), now)
      for (const { filter, figures: members } of figureGroups)
        for (const { value } of members) expect(figures[filter].get(value)).toBe(listed(keys, filter, value))
    }),
  )
})
