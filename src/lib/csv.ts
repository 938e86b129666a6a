/** Tables as text: RFC 4180 in UTF-8, safe to open in a spreadsheet. */

type Cell = string | number | undefined

/** Excel reads a file without this mark in the code page of its computer. */
const UTF8_MARK = '\ufeff'

/**
 * Start of a cell that spreadsheets may take for a formula. Where the list separator is not a comma, Excel also splits
 * inside quotes, so a cell may start after a semicolon, a tab and a line break too.
 */
const formulaStart = /(?<=^|[;\t\n]|\r(?!\n))(?=(?:[^\S\t\r\n]|")*[=+\-@＝＋－＠])|^(?=[\t\r\n])/g

function quoted(cell: Cell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  return `"${cell.replace(formulaStart, "'").replaceAll('"', '""')}"`
}

/** One record with its line break. An apostrophe stands before what a spreadsheet would take for a formula. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`

/** Start of a file: the names of its columns. */
export const csvHead = (names: readonly string[]): string => UTF8_MARK + csvLine(names)
