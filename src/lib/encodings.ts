/** Encodes and decodes bytes: UTF-8 text, hexadecimal, standard base64. */

export type Encoding = 'text' | 'hex' | 'base64'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes of UTF-8 text. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** Standard base64 with padding (RFC 4648, section 4). */
export const toBase64 = (bytes: Uint8Array): string => bytes.toBase64()

/** Lower-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string => bytes.toHex()

/** The text, or undefined when the bytes are not valid UTF-8. */
export function toText(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

export type Decoded = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly error: string }

const withoutWhitespace = (input: string) => input.replace(/\s+/g, '')

function fromHex(input: string): Decoded {
  const digits = withoutWhitespace(input).replace(/^0x/i, '')
  const wrong = /[^0-9a-f]/i.exec(digits)
  if (wrong) return { error: `“${wrong[0]}” is not a hexadecimal digit. Use 0-9 and a-f, or choose another encoding.` }
  if (digits.length % 2 === 1) return { error: 'One hexadecimal digit is missing: two make a byte.' }
  return { bytes: Uint8Array.fromHex(digits) }
}

function fromBase64(input: string): Decoded {
  const text = withoutWhitespace(input)
  if (/[-_]/.test(text))
    return { error: 'This is URL-safe base64. The clouds take the standard alphabet: + and / in place of - and _.' }
  const wrong = /[^A-Za-z0-9+/=]/.exec(text)
  if (wrong)
    return { error: `“${wrong[0]}” is not a base64 character. Check what you pasted, or choose another encoding.` }
  try {
    return { bytes: Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' }) }
  } catch {
    return {
      error:
        'This base64 is incomplete or its padding is wrong: its length must be a multiple of 4, with = at the end where needed.',
    }
  }
}

/** Decodes a typed text, or returns an error sentence with the way out. White space in hex and base64 is ignored. */
export function decode(input: string, encoding: Encoding): Decoded {
  if (encoding === 'hex') return fromHex(input)
  if (encoding === 'base64') return fromBase64(input)
  return { bytes: utf8(input) }
}

/** Encodes bytes as text; undefined for text when they are not valid UTF-8. */
export function encode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'hex') return toHex(bytes)
  if (encoding === 'base64') return toBase64(bytes)
  return toText(bytes)
}
