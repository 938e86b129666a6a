/** Tables as text: RFC 4180, safe to open in a spreadsheet. */

type Cell = string | number | undefined

/** Spreadsheets take a cell that begins so for a formula, which may run or fetch something. */
const formula = /^[=+\-@\t\r]/

function quoted(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One record with its line break. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`
