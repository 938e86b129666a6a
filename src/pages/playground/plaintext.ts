/** The plaintext to encrypt: typed in an encoding, or a small file. */
import type { Range } from '../../clouds/cloud.ts'
import { type Decoded, type Encoding, encode } from '../../lib/encodings.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { bytesOfTyped, nothingTyped, switchEncoding, type Typed, typedFrom } from './typed.ts'

export type Mode = Encoding | 'file'

export interface ChosenFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Absent when the file is too large to be read. */
  readonly bytes?: Uint8Array<ArrayBuffer>
}

export interface Plaintext {
  readonly from: 'typed' | 'file'
  readonly typed: Typed
  readonly file?: ChosenFile
}

export const noPlaintext: Plaintext = { from: 'typed', typed: nothingTyped }

/** Larger files are not read: no key takes as much in one call. Bytes. */
export const LARGEST_READ = 1 << 20

export const modeOf = ({ from, typed }: Plaintext): Mode => (from === 'file' ? 'file' : typed.encoding)

/** What is typed and the chosen file are kept beside each other; a file becomes typed bytes only where nothing was typed. */
export function switchMode(plaintext: Plaintext, mode: Mode): Plaintext {
  if (mode === 'file') return { ...plaintext, from: 'file' }
  const { from, typed, file } = plaintext
  const source = from === 'file' && typed.text === '' && file?.bytes ? typedFrom(file.bytes) : typed
  return { ...plaintext, from: 'typed', typed: switchEncoding(source, mode) }
}

/** The bytes as they stand, whatever a key takes; or why there are none. */
export function bytesOfPlaintext({ from, typed, file }: Plaintext): Decoded {
  if (from === 'typed') return bytesOfTyped(typed)
  if (!file) return { error: 'Choose a file first.' }
  return file.bytes ? { bytes: file.bytes } : { error: `${file.name} is too large to be encrypted in one call.` }
}

/** Bytes, undefined while they can't be told. */
export function sizeOfPlaintext(plaintext: Plaintext): number | undefined {
  if (plaintext.from === 'file') return plaintext.file?.size ?? 0
  const decoded = bytesOfPlaintext(plaintext)
  return 'bytes' in decoded ? decoded.bytes.length : undefined
}

/** One sentence when there is more than the key takes. */
export function tooLarge(size: number | undefined, max: number): string | undefined {
  if (size === undefined || size <= max) return undefined
  return `This is ${count(size, 'byte')}, and this key takes up to ${formatNumber(max)} in one call. Shorten it or choose another key.`
}

/** What would be sent, or a sentence that says what is wrong and the way out. */
export function checkPlaintext(plaintext: Plaintext, { min, max }: Range): Decoded {
  const large = tooLarge(sizeOfPlaintext(plaintext), max)
  if (large !== undefined) return { error: large }
  const decoded = bytesOfPlaintext(plaintext)
  if ('bytes' in decoded && decoded.bytes.length < min)
    return {
      error:
        plaintext.from === 'file'
          ? 'The file is empty. Choose one that holds something.'
          : 'There is nothing to encrypt yet. Type or paste something.',
    }
  return decoded
}

/** Whether two inputs stand for the same bytes, so that a result of one is a result of the other. */
export function samePlaintext(a: Plaintext, b: Plaintext): boolean {
  const [first, second] = [bytesOfPlaintext(a), bytesOfPlaintext(b)]
  return (
    'bytes' in first &&
    'bytes' in second &&
    (first.bytes === second.bytes || encode(first.bytes, 'base64') === encode(second.bytes, 'base64'))
  )
}
