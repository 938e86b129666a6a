/** Figures as a table of Markdown, which is also legible in a terminal. */
import { type Figure, summarise } from './figures.ts'

/** Three significant digits, with thousands grouped. */
export const digits = (value: number): string =>
  Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 })

const withUnit = (value: number, unit: Figure['unit']) => `${digits(value)}${unit === '/s' ? '' : ' '}${unit}`

const goalText = ({ goal, floor }: Figure) => {
  if (goal === undefined) return ''
  const [sign, value] = 'atLeast' in goal ? ['≥', goal.atLeast] : ['≤', goal.atMost]
  return `${sign} ${digits(value)}${floor === undefined ? '' : ' ×'}`
}

const verdict = (isMet: boolean | undefined) => (isMet === undefined ? '' : isMet ? 'met' : 'missed')

/** Lines of cells as a Markdown table with columns of equal width. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [first, ...rest] = rows.map(line)
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n')
}

/** Table of figures: medians, their ratio to the floor with the smallest and largest of the rounds, and the goals. */
export const table = (figures: readonly Figure[]): string =>
  markdown([
    ['measured', 'figure', 'floor', 'ratio', 'lowest to highest', 'rounds', 'goal', ''],
    ...figures.map((figure) => {
      const { figure: value, floor, ratio, low, high, isMet } = summarise(figure)
      return [
        figure.name,
        withUnit(value, figure.unit),
        floor === undefined ? '' : `${withUnit(floor, figure.unit)} ${figure.floor ?? ''}`.trim(),
        ratio === undefined ? '' : digits(ratio),
        `${digits(low)} to ${digits(high)}`,
        String(figure.rounds.length),
        goalText(figure),
        verdict(isMet),
      ]
    }),
  ])
