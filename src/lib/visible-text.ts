/** Characters drawn as an empty place, whatever their width. U+FEFF is none: it has no width. */
const blanks = /[\t-\r\p{Z}\u0085\u115f\u1160\u2800\u3164\uffa0]/gu

/** Characters that are not drawn: of no width, marks of direction, variation selectors, control characters. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

/**
 * What a person sees of a text, and can type: letters composed, runs of blanks as one space, nothing at the ends, no
 * invisible characters. Letters that only look alike stay different.
 */
export const visibleText = (text: string): string =>
  text.toWellFormed().replace(blanks, ' ').replace(invisible, '').normalize('NFC').replace(/ +/g, ' ').trim()
