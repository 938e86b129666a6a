import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { inDays } from '../../clouds/period.ts'
import { addDays, DAY } from '../../lib/dates.ts'
import { keyWith, NOW, versionsCreated } from '../shared/testing/key.ts'
import { firstDateAfterSaving, LAST_DATE, latestSpans, plannedDates, versionTimeline } from './rotation-plan.ts'

const pending = (days: number) => keyWith({ status: 'pending_deletion', destroyedAt: addDays(NOW, days) })

describe('dates ahead', () => {
  it('are a period apart, and begin now when the first has passed', () => {
    const ahead = (nextAt: number) =>
      plannedDates(keyWith({ rotation: { automatic: true, period: inDays(90), nextAt } }), NOW)
    expect(ahead(addDays(NOW, 12))).toEqual([12, 102, 192, 282].map((days) => addDays(NOW, days)))
    expect(ahead(addDays(NOW, -3))).toEqual([0, 90, 180, 270].map((days) => addDays(NOW, days)))
  })

  it('are none while rotation is off, the key is disabled, or its deletion is pending', () => {
    expect(plannedDates(keyWith(), NOW)).toHaveLength(4)
    expect(plannedDates(keyWith({ rotation: { automatic: false, period: inDays(90) } }), NOW)).toEqual([])
    expect(plannedDates(keyWith({ status: 'disabled' }), NOW)).toEqual([])
    expect(plannedDates(pending(9), NOW)).toEqual([])
  })

  it('run from the latest version, or from saving where the cloud keeps a date of its own', () => {
    const made = addDays(NOW, -20)
    expect(firstDateAfterSaving(keyWith(), inDays(30), made, NOW)).toBe(addDays(NOW, 10))
    expect(firstDateAfterSaving(keyWith(), inDays(30), undefined, NOW)).toBeUndefined()
    const counted = keyWith({ cloud: 'exoscale' })
    expect(firstDateAfterSaving(counted, inDays(90), made, NOW)).toBe(addDays(NOW, 90))
  })
})

describe('the lifeline', () => {
  it('shows the latest four versions, what is left of the current one, and four planned ones', () => {
    const { segments } = versionTimeline(
      keyWith({ latestVersion: 7 }),
      versionsCreated(78, 168, 258, 348, 400, 490, 580),
      NOW,
    )
    expect(segments.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'past 4',
      'past 5',
      'past 6',
      'current 7',
      'rest 7',
      'planned 8',
      'planned 9',
      'planned 10',
      'planned 11',
    ])
    expect(segments.map(({ cutOff: open }) => open)).toEqual([...Array(8).fill(false), true])
  })

  it('ends in the deletion while it is pending, with nothing planned', () => {
    const { segments, deleted: end = 0, today } = versionTimeline(pending(9), versionsCreated(78, 168, 258), NOW)
    expect(segments.map(({ kind }) => kind)).toEqual(['past', 'past', 'current', 'doomed'])
    expect(end).toBeCloseTo(50)
    expect(today).toBeLessThan(end)
  })

  it('puts the number on what is left when the current bar is too short for it', () => {
    const { segments } = versionTimeline(keyWith({ latestVersion: 1 }), versionsCreated(0), NOW)
    expect(segments.slice(0, 2)).toMatchObject([
      { kind: 'current', labelled: false },
      { kind: 'rest', labelled: true },
    ])
  })

  it('draws a key without a plan up to today, however new it is', () => {
    const manual = keyWith({ latestVersion: 1, rotation: { automatic: false } })
    for (const daysAgo of [0, 400]) {
      const { segments, today } = versionTimeline(manual, versionsCreated(daysAgo), NOW)
      expect(segments).toMatchObject([{ kind: 'current', left: 0, labelled: true }])
      expect(today).toBeCloseTo(90)
    }
  })

  it('keeps every bar on the scale, in order, and dates apart, for any history', () => {
    const history = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 40 })
    const states = fc.constantFrom('active', 'disabled', 'pending_deletion')
    fc.assert(
      fc.property(history, states, fc.integer({ min: 1, max: 3650 }), (daysAgo, status, period) => {
        const versions = versionsCreated(...daysAgo.toSorted((a, b) => a - b))
        const latest = versions[0]?.createdAt ?? NOW
        const key = keyWith({
          status,
          latestVersion: versions.length,
          rotation: { automatic: true, period: inDays(period), nextAt: addDays(latest, period) },
          ...(status === 'pending_deletion' ? { destroyedAt: addDays(NOW, 30) } : {}),
        })
        const { segments, dates: marks, today } = versionTimeline(key, versions, NOW)
        let edge = 0
        for (const { left, width } of segments) {
          expect(left).toBeGreaterThanOrEqual(edge - 1e-6)
          edge = left + width
          expect(edge).toBeLessThanOrEqual(100 + 1e-6)
        }
        expect(today).toBeGreaterThanOrEqual(0)
        expect(today).toBeLessThanOrEqual(100)
        const places = marks.map(({ left }) => Math.min(left, LAST_DATE))
        for (const [index, place] of places.entries()) {
          if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(9 - 1e-6)
        }
      }),
    )
  })
})

test('each version was the latest until the next one; the first with an unknown time, for an unknown time', () => {
  const days = (spans: readonly (number | undefined)[]) => spans.map((span) => span && span / DAY)
  expect(days(latestSpans(versionsCreated(78, 168, 219), NOW))).toEqual([78, 90, 51])
  expect(days(latestSpans([{ version: 2 }, ...versionsCreated(90)], NOW))).toEqual([undefined, undefined])
})
