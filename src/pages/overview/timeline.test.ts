import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/dates.ts'
import { copiesOf } from './posture.ts'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './testing/key.ts'
import { squaresOf, timelineOf } from './timeline.ts'

const timeline = (...keys: readonly ReturnType<typeof keyOf>[]) => timelineOf(copiesOf(keys), now)

describe('rotations', () => {
  test('of one key stand in their weeks, the year through, those within 30 days apart', () => {
    const { weeks, rotations, unit } = timeline(keyOf('card-vault', { rotation: rotatesIn(9, 90) }))
    expect(weeks.map(({ place, soon, later }) => [place, soon, later])).toEqual([
      [1, 1, 0],
      [14, 0, 1],
      [27, 0, 1],
      [39, 0, 1],
    ])
    expect(weeks[0]?.names).toEqual(['card-vault'])
    expect([rotations, unit]).toEqual([4, 1])
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

  test('a crowded week keeps three names, and its squares stay within the height', () => {
    const keys = Array.from({ length: 120 }, (_, index) => keyOf(`key ${index}`, { rotation: rotatesIn(9, 3000) }))
    const { weeks, unit } = timeline(...keys)
    expect([weeks[0]?.soon, weeks[0]?.names.length, unit]).toEqual([120, 3, 50])
    expect(squaresOf({ soon: 120, later: 0 }, unit)).toEqual({ soon: 3, later: 0 })
  })

  test('squares: one to five, and of each kind where two stand', () => {
    const weeks = fc
      .constantFrom(1, 2, 5, 10, 500)
      .chain((unit) => fc.tuple(fc.constant(unit), fc.nat(unit * 5), fc.nat(unit * 5)))
      .filter(([unit, soon, later]) => soon + later > 0 && soon + later <= unit * 5)
    fc.assert(
      fc.property(weeks, ([unit, soon, later]) => {
        const squares = squaresOf({ soon, later }, unit)
        const total = squares.soon + squares.later
        expect(total).toBe(Math.ceil((soon + later) / unit))
        if (soon === 0 || total > 1) expect(squares.later > 0).toBe(later > 0)
        expect(squares.soon > 0).toBe(soon > 0)
      }),
    )
  })
})

describe('deletions', () => {
  const ending = (name: string, days: number) =>
    keyOf(name, { status: 'pending-deletion', destroyedAt: addDays(now, days) })

  test('stand by day, the keys of one day together', () => {
    const { deletionDays: endings, deletions } = timeline(ending('b', 21), ending('a', 9), ending('c', 21))
    expect(endings.map(({ keys }) => keys.map(({ name }) => name))).toEqual([['a'], ['b', 'c']])
    expect(deletions).toBe(3)
    expect(endings[0]?.left).toBeCloseTo(((9 + (14 * 60 + 32) / 1440) / 364) * 100)
  })

  test('what is being destroyed stands at today, and what comes after the year is left out', () => {
    const { deletionDays: endings } = timeline(ending('now', -0.01), ending('far', 400))
    expect(endings).toHaveLength(1)
    expect(endings[0]?.left).toBeCloseTo(((14 * 60 + 32) / 1440 / 364) * 100)
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
  const { rotations, unit } = timelineOf(copiesOf(many), now)
  expect(rotations).toBe(1_300_000)
  expect(unit).toBe(20_000)
})
