/** Locates the first error in standard base64 with padding (RFC 4648, section 4). */

export interface Base64Fault {
  /** Index of the character, from 0; the length of the text when characters are missing at the end. */
  readonly at: number
  /** Error and way out, in one sentence. */
  readonly message: string
}

const place = (at: number) => `Character ${at + 1}`

function strangeCharacter(character: string, at: number): string {
  if (character === '-' || character === '_')
    return `${place(at)} is “${character}”, of the URL-safe alphabet. The clouds take + and / in place of - and _.`
  return `${place(at)} is “${character}”, which is not a base64 character. Check what you pasted.`
}

function faultAtEnd(letters: number, padding: number, end: number): Base64Fault | undefined {
  if (letters === 0) return { at: end, message: 'This is not base64. Check that you pasted all of it.' }
  const rest = letters % 4
  if (rest === 1)
    return { at: end, message: `It is incomplete: at least one more character must follow character ${end}.` }
  const wanted = rest === 0 ? 0 : 4 - rest
  if (padding > wanted) return { at: end - 1, message: `It ends in too many “=”. Remove ${padding - wanted}.` }
  if (padding < wanted)
    return {
      at: end,
      message: `It is incomplete, or its padding is missing: “${'='.repeat(wanted - padding)}” must follow character ${end}.`,
    }
  return undefined
}

/**
 * The first error, or undefined for valid base64. White space is ignored, but counts in the index.
 * @param from index of the first base64 character
 */
export function base64Fault(text: string, from = 0): Base64Fault | undefined {
  let letters = 0
  let padding = 0
  let end = from
  let last = ''
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (/\s/.test(character)) continue
    if (character === '=') padding += 1
    else if (!/[A-Za-z0-9+/]/.test(character)) return { at, message: strangeCharacter(character, at) }
    else if (padding > 0)
      return { at, message: `${place(at)} comes after the “=” that ends base64. You may have pasted two values.` }
    else {
      letters += 1
      last = character
    }
    end = at + 1
  }
  const fault = faultAtEnd(letters, padding, end)
  if (fault) return fault
  // Unused bits of the last character must be zero.
  const spare = { 0: /./, 2: /[AQgw]/, 3: /[AEIMQUYcgkosw048]/ }[letters % 4]
  return spare?.test(last) === false
    ? {
        at: end - 1 - padding,
        message: 'Its last character has bits that must be zero: a part is missing or was changed.',
      }
    : undefined
}
