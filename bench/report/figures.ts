/** Figures of benchmarks: what is measured in interleaved rounds, beside a floor that is measured in the same round. */

export interface Round {
  readonly figure: number
  /** Figure of the least work that gives the same result, measured in this round; absent without a floor. */
  readonly floor?: number
}

/** Goal for the ratio to the floor, or for the figure itself where there is no floor. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number }

export interface Figure {
  /** Unique among all benchmarks; two runs are compared by it. */
  readonly name: string
  readonly unit: '/s' | 'ms' | 'µs' | 'MB/s' | 'MB' | 'kB' | 'bytes' | 'elements' | 'requests' | 'tasks'
  /** What the floor is. */
  readonly floor?: string
  readonly rounds: readonly Round[]
  readonly goal?: Goal
}

export interface Summary {
  /** Medians over the rounds. */
  readonly figure: number
  readonly floor: number | undefined
  /** Median of the ratios of the rounds; undefined without a floor. */
  readonly ratio: number | undefined
  /** Smallest and largest value of `compared`. */
  readonly low: number
  readonly high: number
  /** Whether the median reaches the goal; undefined without one. */
  readonly isMet: boolean | undefined
}

/** Middle value, or the mean of the two middle ones; NaN without values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

/** Values of the rounds that goals and comparisons are about: ratios where there is a floor, else figures. */
export const compared = ({ rounds }: Figure): readonly number[] =>
  rounds.map(({ figure, floor }) => (floor === undefined ? figure : figure / floor))

const reaches = (goal: Goal, value: number) => ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost)

export function summarise(figure: Figure): Summary {
  const values = compared(figure)
  const floors = figure.rounds.flatMap(({ floor }) => floor ?? [])
  const value = median(values)
  return {
    figure: median(figure.rounds.map((round) => round.figure)),
    floor: floors.length > 0 ? median(floors) : undefined,
    ratio: floors.length > 0 ? value : undefined,
    low: Math.min(...values),
    high: Math.max(...values),
    isMet: figure.goal && reaches(figure.goal, value),
  }
}

/** Hands figures to the command that runs all benchmarks, or prints them. */
export async function report(figures: readonly Figure[]): Promise<void> {
  if (process.send) process.send({ figures })
  else {
    const { table } = await import('./table.ts')
    process.stdout.write(`${table(figures)}\n`)
  }
}
