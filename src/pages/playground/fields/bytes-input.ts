/** What goes into an operation: typed in an encoding, or a small file. */
import type { Range } from '../../../clouds/cloud.ts'
import { type Decoded, type Encoding, encode } from '../../../lib/encodings.ts'
import { count, formatNumber } from '../../../lib/numbers.ts'
import { bytesOfText, type EncodedText, emptyText, switchEncoding, textOfBytes } from './encoded-text.ts'

export type BytesSource = Encoding | 'file'

export interface SelectedFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Absent when the file is too large to be read. */
  readonly bytes?: Uint8Array<ArrayBuffer>
}

export interface BytesInput {
  readonly from: 'typed' | 'file'
  readonly typed: EncodedText
  readonly file?: SelectedFile
}

export const emptyBytesInput: BytesInput = { from: 'typed', typed: emptyText }

/** Larger files are not read: no key takes as much in one call. Bytes. */
export const MAX_FILE_BYTES = 1 << 20

export const sourceOf = ({ from, typed }: BytesInput): BytesSource => (from === 'file' ? 'file' : typed.encoding)

/** What is typed and the chosen file are kept beside each other; a file becomes typed bytes only where nothing was typed. */
export function switchSource(entry: BytesInput, mode: BytesSource): BytesInput {
  if (mode === 'file') return { ...entry, from: 'file' }
  const { from, typed, file } = entry
  const source = from === 'file' && typed.text === '' && file?.bytes ? textOfBytes(file.bytes) : typed
  return { ...entry, from: 'typed', typed: switchEncoding(source, mode) }
}

/** The bytes as they stand, whatever a key takes; or why there are none. */
export function bytesOf({ from, typed, file }: BytesInput): Decoded {
  if (from === 'typed') return bytesOfText(typed)
  if (!file) return { error: 'Choose a file first.' }
  return file.bytes
    ? { bytes: file.bytes }
    : { error: `${file.name} is too large to be read here. Choose a smaller file.` }
}

/** Bytes, undefined while they can't be told. */
export function sizeOf(entry: BytesInput): number | undefined {
  if (entry.from === 'file') return entry.file?.size ?? 0
  const decoded = bytesOf(entry)
  return 'bytes' in decoded ? decoded.bytes.length : undefined
}

/** What an operation says of an entry that it can't take; sentences. */
export interface BytesInputMessages {
  /** That there is nothing yet, with the way out. */
  readonly nothing: string
  /** The way out when there is too much. */
  readonly tooMuch: string
}

/** One sentence and the way out when there is more than the key takes. */
export function tooLargeError(
  size: number | undefined,
  max: number,
  { tooMuch }: BytesInputMessages,
): string | undefined {
  if (size === undefined || size <= max) return undefined
  return `This is ${count(size, 'byte')}, and this key takes up to ${formatNumber(max)} in one call. ${tooMuch}`
}

/** What would be sent, or a sentence that says what is wrong and the way out. */
export function validateBytes(entry: BytesInput, { min, max }: Range, words: BytesInputMessages): Decoded {
  const large = tooLargeError(sizeOf(entry), max, words)
  if (large !== undefined) return { error: large }
  const decoded = bytesOf(entry)
  if ('bytes' in decoded && decoded.bytes.length < min)
    return {
      error: entry.from === 'file' ? 'The file is empty. Choose one that holds something.' : words.nothing,
    }
  return decoded
}

/** Whether two inputs stand for the same bytes, so that a result of one is a result of the other. */
export function sameBytes(a: BytesInput, b: BytesInput): boolean {
  const [first, second] = [bytesOf(a), bytesOf(b)]
  return (
    'bytes' in first &&
    'bytes' in second &&
    (first.bytes === second.bytes || encode(first.bytes, 'base64') === encode(second.bytes, 'base64'))
  )
}
