import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupReplicas } from '../../clouds/replica-groups.ts'
import { addDays } from '../../lib/dates.ts'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './testing/key.ts'
import { timelineOf } from './timeline.ts'

const timeline = (...keys: readonly ReturnType<typeof keyOf>[]) => timelineOf(groupReplicas(keys), now)

describe('rotations', () => {
  test('of one key stand in their weeks, the year through, those within 30 days apart', () => {
    const { weeks, rotations, highest } = timeline(keyOf('card-vault', { rotation: rotatesIn(9, 90) }))
    expect(weeks.map(({ place, soon, later }) => [place, soon, later])).toEqual([
      [1, 1, 0],
      [14, 0, 1],
      [27, 0, 1],
      [39, 0, 1],
    ])
    expect(weeks[0]?.names).toEqual(['card-vault'])
    expect([rotations, highest]).toEqual([4, 8])
  })

  test('a key in several zones rotates once', () => {
    const rotation = rotatesIn(5, 3000)
    expect(timeline(primaryOf('app', { rotation }), replicaOf('app', 'de-fra-1', { rotation })).rotations).toBe(1)
  })

  test('those that are overdue come now; keys that are off wait and have no date', () => {
    const { weeks } = timeline(
      keyOf('late', { rotation: rotatesIn(-3, 3000) }),
      keyOf('off', { rotation: rotatesIn(3, 30), status: 'disabled' }),
    )
    expect(weeks).toMatchObject([{ place: 0, soon: 1, later: 0, names: ['late'] }])
  })

  test('a crowded week keeps three names', () => {
    const keys = Array.from({ length: 120 }, (_, index) => keyOf(`key ${index}`, { rotation: rotatesIn(9, 3000) }))
    const { weeks, highest } = timeline(...keys)
    expect([weeks[0]?.soon, weeks[0]?.names.length, highest]).toEqual([120, 3, 200])
  })

  test('one more rotation keeps the scale, unless its week no longer fits', () => {
    const rotating = fc.array(fc.integer({ min: 0, max: 363 }), { maxLength: 120 })
    fc.assert(
      fc.property(rotating, fc.integer({ min: 0, max: 363 }), (days, another) => {
        const at = (day: number) => keyOf('key', { rotation: rotatesIn(day + 0.1, 3000) })
        const before = timeline(...days.map(at))
        const after = timeline(...days.map(at), at(another))
        const most = Math.max(...after.weeks.map(({ soon, later }) => soon + later))
        expect(most).toBeLessThanOrEqual(after.highest)
        if (most <= before.highest) expect(after.highest).toBe(before.highest)
        else expect(after.highest / before.highest).toBeLessThanOrEqual(2.5)
      }),
    )
  })
})

describe('deletions', () => {
  const ending = (name: string, days: number) =>
    keyOf(name, { status: 'pending-deletion', destroyedAt: addDays(now, days) })

  test('stand by day, and the first are named', () => {
    const endings = [ending('b', 21), ending('a', 9), ending('c', 21), ending('d', 30)]
    const { deletionMarks, firstDeletions, deletions } = timeline(...endings)
    expect(firstDeletions.map(({ key }) => key.name)).toEqual(['a', 'b', 'c'])
    expect([deletions, deletionMarks.length]).toEqual([4, 3])
    expect(Math.min(...deletionMarks)).toBeCloseTo(((9 + (14 * 60 + 32) / 1440) / 364) * 100)
  })

  test('what is being deleted stands at today, and what comes after the year is left out', () => {
    const { deletionMarks } = timeline(ending('now', -0.01), ending('far', 400))
    expect(deletionMarks).toHaveLength(1)
    expect(deletionMarks[0]).toBeCloseTo(((14 * 60 + 32) / 1440 / 364) * 100)
  })
})

test('months begin where they begin', () => {
  const { months, soon } = timeline()
  expect(months).toHaveLength(12)
  expect(months[0]).toEqual({ at: Date.UTC(2026, 11, 1), left: (9 / 364) * 100 })
  expect(months[11]?.at).toBe(Date.UTC(2027, 10, 1))
  expect(soon).toBeCloseTo(((30 + (14 * 60 + 32) / 1440) / 364) * 100)
})

test('a hundred thousand keys that rotate every day', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => keyOf(`key ${index}`, { rotation: rotatesIn(1, 30) }))
  const { rotations, highest } = timelineOf(groupReplicas(many), now)
  expect(rotations).toBe(1_300_000)
  expect(highest).toBe(200_000)
})
