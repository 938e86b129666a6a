import { describe, expect, it } from 'vitest'
import { changeOf, compare } from './compare.ts'
import { type Figure, median, summarise } from './figures.ts'
import { table } from './table.ts'

const figure = (values: readonly number[], rest: Partial<Figure> = {}): Figure => ({
  name: 'encrypt',
  unit: '/s',
  floor: 'bare server',
  rounds: values.map((value) => ({ figure: value * 100, floor: 100 })),
  ...rest,
})

describe('figures', () => {
  it('have the middle value as median, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('are judged by the median of the ratios of their rounds, not by the ratio of the medians', () => {
    const rounds = [
      { figure: 10, floor: 10 },
      { figure: 60, floor: 100 },
      { figure: 50, floor: 50 },
    ]
    expect(summarise({ name: 'x', unit: 'ms', rounds, goal: { atLeast: 1 } })).toEqual({
      figure: 50,
      floor: 50,
      ratio: 1,
      low: 0.6,
      high: 1,
      isMet: true,
    })
  })

  it('without a floor are judged by themselves', () => {
    const rest = { rounds: [{ figure: 140 }, { figure: 160 }, { figure: 151 }], goal: { atMost: 150 } } as const
    expect(summarise({ name: 'x', unit: 'kB', ...rest })).toMatchObject({ figure: 151, ratio: undefined, isMet: false })
  })

  it('are printed with their floor, spread, goal and verdict', () => {
    const text = table([figure([0.61, 0.7, 0.65], { goal: { atLeast: 0.6 } })])
    expect(text.split('\n').at(-1)).toMatch(
      /^\| encrypt +\| 65\/s +\| 100\/s bare server \| 0.65 +\| 0.61 to 0.7 +\| 3 +\| ≥ 0.6 × \| met +\|$/,
    )
  })
})

describe('two runs', () => {
  const before = figure([0.3, 0.31, 0.32, 0.33, 0.34])

  it('differ if the ranges of their rounds do not overlap', () => {
    expect(changeOf(before, figure([0.35, 0.4, 0.5, 0.6, 0.7]))).toBe('higher')
    expect(changeOf(before, figure([0.1, 0.2, 0.21, 0.22, 0.29]))).toBe('lower')
    expect(changeOf(before, figure([0.34, 0.4, 0.5, 0.6, 0.7]))).toBe('same')
  })

  it('can’t be told apart by less than five rounds', () => {
    expect(changeOf(before, figure([9, 9, 9, 9]))).toBeUndefined()
  })

  it('are compared by name, with what is new and what is gone', () => {
    const run = (figures: readonly Figure[]) => ({ date: '', commit: '', node: '', cores: 2, figures })
    const text = compare(run([before, figure([1], { name: 'old' })]), run([before, figure([1], { name: 'young' })]))
    expect(text).toMatch(/encrypt +\| 0.32 +\| 0.32 +\| 1 × +\| within the noise/)
    expect(text).toMatch(/young +\| +\| 1 +\| +\| new/)
    expect(text).toMatch(/old +\| 1 +\| +\| +\| not measured/)
  })
})
