import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayPresets, inDays } from '../../clouds/period.ts'
import { keyWith } from '../shared/testing/key.ts'
import { draftOf, inputOf, isChanged, periodOf, periodProblem } from './rotation-form.ts'

const range = { min: 90, max: 2560, unit: 'days' } as const
const usual = { ...range, default: 90, presets: dayPresets }

describe('the rotation form', () => {
  it('shows what the key has, and changes nothing by that, for any period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3650 }), fc.boolean(), (period, automatic) => {
        const key = keyWith({ rotation: { automatic, period: inDays(period) } })
        const draft = draftOf(key, usual)
        expect(periodOf(draft)).toEqual(inDays(period))
        expect(isChanged(draft, key)).toBe(false)
      }),
    )
  })

  it('proposes the usual period for a key that never had one', () => {
    const key = keyWith({ rotation: { automatic: false } })
    expect(draftOf(key, usual)).toEqual({ automatic: false, choice: '90', other: '', unit: 'days' })
    expect(inputOf({ ...draftOf(key, usual), automatic: true })).toEqual({ automatic: true, period: inDays(90) })
  })

  it.each([
    ['', true],
    ['89', true],
    ['2561', true],
    ['1e2', true],
    ['90.5', true],
    ['-90', true],
    ['9999999999', true],
    [' 120 ', false],
    ['90', false],
    ['2560', false],
  ])('reads "%s" as a period, wrong: %s', (other, wrong) => {
    expect(periodProblem({ automatic: true, choice: 'other', other, unit: 'days' }, range) !== undefined).toBe(wrong)
    expect(periodProblem({ automatic: false, choice: 'other', other, unit: 'days' }, range)).toBeUndefined()
  })

  it('ignores the period while rotation is off', () => {
    const key = keyWith({ rotation: { automatic: false, period: inDays(90) } })
    expect(isChanged({ automatic: false, choice: '365', other: '', unit: 'days' }, key)).toBe(false)
    expect(inputOf({ automatic: false, choice: '365', other: '', unit: 'days' })).toEqual({ automatic: false })
  })
})
