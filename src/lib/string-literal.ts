/** Control, direction and byte-order characters: compilers refuse some, and others show a text as what it is not. */
const unprintable = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (sign: string) => short[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/**
 * A string with the escapes that Go, Python and HCL share; JSON has two more. A lone surrogate has no UTF-8, so it becomes
 * U+FFFD, which is what servers read in its place.
 */
export const stringLiteral = (text: string): string =>
  `"${text.toWellFormed().replace(/["\\]/g, '\\$&').replace(unprintable, escaped)}"`
