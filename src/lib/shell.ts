/** Quotes a text for a POSIX shell; unquoted when that is safe. NUL is left out: no argument can hold it. */
export const shellQuote = (text: string): string =>
  /^[A-Za-z0-9_./:@%+,-]+$/.test(text) ? text : `'${text.toWellFormed().replaceAll('\0', '').replaceAll("'", `'\\''`)}'`

/** Joins arguments into one command over several lines with backslashes; lines after the first are indented. */
export const shellCommand = (lines: readonly string[]): string => lines.join(' \\\n  ')
