/** Bytes that people type in an encoding or choose as a small file. */
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

export type BytesSource = Encoding | 'file'

export interface SelectedFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Absent when the file is larger than `MAX_FILE_BYTES`. */
  readonly bytes?: Uint8Array<ArrayBuffer>
}

export interface BytesInput {
  readonly source: 'text' | 'file'
  readonly text: EncodedText
  readonly file?: SelectedFile
}

export const emptyBytesInput: BytesInput = { source: 'text', text: emptyText }

/** Largest file that is read, in bytes: no key takes more in one call. */
export const MAX_FILE_BYTES = 1 << 20

export const sourceOf = ({ source, text }: BytesInput): BytesSource => (source === 'file' ? 'file' : text.encoding)

/** Text and file are kept side by side; a file becomes text only where the text field is empty. */
export function switchSource(input: BytesInput, next: BytesSource): BytesInput {
  if (next === 'file') return { ...input, source: 'file' }
  const { source, text, file } = input
  const current = source === 'file' && text.value === '' && file?.bytes ? encodeText(file.bytes) : text
  return { ...input, source: 'text', text: switchEncoding(current, next) }
}

/** Bytes of an input, whatever a key accepts; or a sentence that says why there are none. */
export function bytesOf({ source, text, file }: BytesInput): Decoded {
  if (source === 'text') return decodeText(text)
  if (!file) return { error: 'Choose a file first.' }
  return file.bytes
    ? { bytes: file.bytes }
    : { error: `${file.name} is too large to be read here. Choose a smaller file.` }
}

/** Size in bytes; undefined while the text is not valid in its encoding. */
export function sizeOf(input: BytesInput): number | undefined {
  if (input.source === 'file') return input.file?.size ?? 0
  const decoded = bytesOf(input)
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
export function validateBytes(input: BytesInput, { min, max }: Range, messages: BytesInputMessages): Decoded {
  const large = tooLargeError(sizeOf(input), max, messages)
  if (large !== undefined) return { error: large }
  const decoded = bytesOf(input)
  if ('bytes' in decoded && decoded.bytes.length < min)
    return {
      error: input.source === 'file' ? 'The file is empty. Choose one that holds something.' : messages.empty,
    }
  return decoded
}

/** Whether two inputs stand for the same bytes, so that a result for one is a result for the other. */
export function sameBytes(a: BytesInput, b: BytesInput): boolean {
  const [first, second] = [bytesOf(a), bytesOf(b)]
  return (
    'bytes' in first &&
    'bytes' in second &&
    (first.bytes === second.bytes || encode(first.bytes, 'base64') === encode(second.bytes, 'base64'))
  )
}
