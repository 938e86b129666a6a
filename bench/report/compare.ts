/** Comparison of two runs of the benchmarks: what changed by more than the spread of their rounds. */
import { readFileSync } from 'node:fs'
import { compared, type Figure, median } from './figures.ts'
import { digits, markdown } from './table.ts'

export interface Run {
  readonly date: string
  readonly commit: string
  readonly node: string
  readonly cores: number
  readonly figures: readonly Figure[]
}

export type Change = 'same' | 'higher' | 'lower'

/** Rounds that a figure needs in both runs: with five, no overlap happens by chance once in 126. */
const LEAST_ROUNDS = 5

/**
 * Change from one run to another: `same` unless the ranges of the rounds do not overlap. Undefined for less than five
 * rounds, of which nothing can be said.
 */
export function changeOf(before: Figure, after: Figure): Change | undefined {
  const [a, b] = [compared(before), compared(after)]
  if (Math.min(a.length, b.length) < LEAST_ROUNDS) return undefined
  if (Math.min(...b) > Math.max(...a)) return 'higher'
  if (Math.max(...b) < Math.min(...a)) return 'lower'
  return 'same'
}

/** @throws Error with a message for the user for a file that holds no run */
function readRun(file: string): Run {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof content !== 'object' || content === null || !('figures' in content) || !Array.isArray(content.figures))
    throw new Error(`${file} holds no figures. “npm run bench -- --json ${file}” writes such a file.`)
  return content as Run
}

/** What changed between two runs, as a table. */
export function compare(before: Run, after: Run): string {
  const rows = after.figures.flatMap((figure) => {
    const old = before.figures.find(({ name }) => name === figure.name)
    if (old === undefined) return [[figure.name, '', digits(median(compared(figure))), '', 'new']]
    const [was, is] = [median(compared(old)), median(compared(figure))]
    const change = changeOf(old, figure)
    const word = change === undefined ? 'too few rounds' : change === 'same' ? 'within the noise' : change
    return [[figure.name, digits(was), digits(is), `${digits(is / was)} ×`, word]]
  })
  const gone = before.figures
    .filter(({ name }) => !after.figures.some((figure) => figure.name === name))
    .map((figure) => [figure.name, digits(median(compared(figure))), '', '', 'not measured'])
  return markdown([['measured', 'before', 'after', 'change', 'beyond the noise'], ...rows, ...gone])
}

/** Compares two files; returns the exit code of the command. */
export function compareFiles([before, after]: readonly string[]): number {
  if (before === undefined || after === undefined) {
    process.stderr.write('Name two files: npm run bench -- compare BEFORE.json AFTER.json\n')
    return 2
  }
  try {
    process.stdout.write(`${compare(readRun(before), readRun(after))}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}
