/** Bytes that people type in an encoding or load from a small file. */
import type { Range } from '../../../clouds/capabilities.ts'
import { type Decoded, decode, type Encoding, encode } from '../../../lib/encodings.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'

/** Content of a text field that stands for bytes. */
export interface EncodedText {
  readonly value: string
  readonly encoding: Encoding
  /** Sentence about the last change of encoding: what it left as it was, and why. */
  readonly note?: string
}

export const emptyText: EncodedText = { value: '', encoding: 'text' }

export const encodingLabels: Readonly<Record<Encoding, string>> = { text: 'Text', hex: 'Hex', base64: 'Base64' }

export const decodeText = ({ value, encoding }: EncodedText): Decoded => decode(value, encoding)

/** Reason why an editable text field can't hold the bytes as text; undefined when it can. */
function unfitForText(text: string | undefined): string | undefined {
  if (text === undefined) return 'These bytes are not valid UTF-8'
  // A text field turns carriage returns into line feeds, which would change the bytes unseen.
  return text.includes('\r') ? 'These bytes hold carriage returns, which a text field drops' : undefined
}

/**
 * The same bytes in another encoding. A value that is not valid in its own encoding stays as it is; bytes that are not
 * text keep their encoding. `note` explains either.
 */
export function switchEncoding(text: EncodedText, encoding: Encoding): EncodedText {
  const { value, encoding: former } = text
  if (encoding === former) return text
  const decoded = decode(value, former)
  if ('error' in decoded)
    return {
      value,
      encoding,
      note: `This was not valid ${former}, so it stays as typed and is read as ${encoding} now.`,
    }
  const next = encode(decoded.bytes, encoding)
  const unfit = encoding === 'text' ? unfitForText(next) : undefined
  if (next === undefined || unfit !== undefined)
    return { value, encoding: former, note: `${unfit}, so they stay in ${former}.` }
  return { value: next, encoding }
}

/** Bytes as content of a text field: as text where that loses nothing, else as base64. */
export function encodeText(bytes: Uint8Array): EncodedText {
  const value = encode(bytes, 'text')
  const unfit = unfitForText(value)
  if (value !== undefined && unfit === undefined) return { value, encoding: 'text' }
  return { value: encode(bytes, 'base64') ?? '', encoding: 'base64', note: `${unfit}, so they are in base64.` }
}

/** Largest file that is read, in bytes: no key takes more in one call. */
export const MAX_FILE_BYTES = 1 << 20

/** Content of a small file for a text field; of a larger one, what was there before with the reason. */
export async function readSmallFile(file: File, before: EncodedText): Promise<EncodedText> {
  return file.size > MAX_FILE_BYTES
    ? { ...before, note: `${file.name} is larger than 1 MiB. Encrypt it on the tab File.` }
    : encodeText(new Uint8Array(await file.arrayBuffer()))
}

/** Size in bytes; undefined while the text is not valid in its encoding. */
export function sizeOf(input: EncodedText): number | undefined {
  const decoded = decodeText(input)
  return 'bytes' in decoded ? decoded.bytes.length : undefined
}

/** Sentences of one operation about input that it can't take. */
export interface BytesInputMessages {
  /** For an empty input, with what to do. */
  readonly empty: string
  /** What to do when the input is too large. */
  readonly tooLarge: string
}

/** Error for an input that is larger than the key accepts: one sentence and what to do. */
export function tooLargeError(
  size: number | undefined,
  max: number,
  { tooLarge }: BytesInputMessages,
): string | undefined {
  if (size === undefined || size <= max) return undefined
  return `This is ${count(size, 'byte')}, and this key takes up to ${formatNumber(max)} in one call. ${tooLarge}`
}

/** Bytes to send, or a sentence that says what is wrong and what to do. */
export function validateBytes(input: EncodedText, { min, max }: Range, messages: BytesInputMessages): Decoded {
  const decoded = decodeText(input)
  if ('error' in decoded) return decoded
  const { length } = decoded.bytes
  const error = tooLargeError(length, max, messages) ?? (length < min ? messages.empty : undefined)
  return error === undefined ? decoded : { error }
}

/** Whether two inputs stand for the same bytes, so that a result for one is a result for the other. */
export function sameBytes(a: EncodedText, b: EncodedText): boolean {
  const [first, second] = [decodeText(a), decodeText(b)]
  return 'bytes' in first && 'bytes' in second && encode(first.bytes, 'base64') === encode(second.bytes, 'base64')
}
