import fc from 'fast-check'

/**
 * Any code point, halves of surrogate pairs too. fast-check's own unit `binary` would do, but first fills a table of all
 * of them, which takes a second and more.
 */
export const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point))
