/** Bytes as they stand in a text field: the text and the encoding it is in. */
import { type Decoded, decode, type Encoding, encode } from '../../../lib/encodings.ts'

export interface EncodedText {
  readonly text: string
  readonly encoding: Encoding
  /** What the last change of encoding did not do, and why. */
  readonly note?: string
}

export const emptyText: EncodedText = { text: '', encoding: 'text' }

export const encodingLabels: Record<Encoding, string> = { text: 'Text', hex: 'Hex', base64: 'Base64' }

export const bytesOfText = ({ text, encoding }: EncodedText): Decoded => decode(text, encoding)

/** Why bytes can't stand as text in a field that can be edited; undefined when they can. */
function unfitForText(text: string | undefined): string | undefined {
  if (text === undefined) return 'These bytes are not valid UTF-8'
  // A text field makes line feeds of them, so the bytes would change unseen.
  return text.includes('\r') ? 'These bytes hold carriage returns, which a text field drops' : undefined
}

/**
 * The same bytes in another encoding. What can't be read in its own encoding keeps its text; bytes that can't stand as
 * text keep their encoding. Either is said in `note`.
 */
export function switchEncoding(typed: EncodedText, encoding: Encoding): EncodedText {
  const { text, encoding: former } = typed
  if (encoding === former) return typed
  const decoded = decode(text, former)
  if ('error' in decoded)
    return {
      text,
      encoding,
      note: `This was not valid ${former}, so it stays as typed and is read as ${encoding} now.`,
    }
  const next = encode(decoded.bytes, encoding)
  const unfit = encoding === 'text' ? unfitForText(next) : undefined
  if (next === undefined || unfit !== undefined)
    return { text, encoding: former, note: `${unfit}, so they stay in ${former}.` }
  return { text: next, encoding }
}

/** Bytes for a field: as text where that loses nothing, else in base64. */
export function textOfBytes(bytes: Uint8Array): EncodedText {
  const text = encode(bytes, 'text')
  const unfit = unfitForText(text)
  if (text !== undefined && unfit === undefined) return { text, encoding: 'text' }
  return { text: encode(bytes, 'base64') ?? '', encoding: 'base64', note: `${unfit}, so they are in base64.` }
}
