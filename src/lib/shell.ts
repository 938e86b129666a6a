/** A word that a POSIX shell reads back as exactly this text: bare where that is safe, else in single quotes. */
export const shellQuote = (text: string): string =>
  /^[A-Za-z0-9_./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** One command over several lines: the first as it is, the rest indented, each continued with a backslash. */
export const shellCommand = (lines: readonly string[]): string => lines.join(' \\\n  ')
