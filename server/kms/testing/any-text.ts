import fc from 'fast-check'

/**
 * Any code point, including lone surrogates. fast-check's unit `binary` does the same, but first fills a table of all
 * of them, which takes more than a second.
 */
export const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point))
