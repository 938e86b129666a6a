/** First bytes of an age file, and what a file is that begins otherwise. */

export const FIRST_LINE = 'age-encryption.org/v1\n'

const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----'

/** Byte order marks of UTF-8 and UTF-16, as Latin-1 text. */
const mark = /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/

export type StartFault =
  | 'empty'
  /** It begins with `-----BEGIN AGE ENCRYPTED FILE-----`. */
  | 'armored'
  /** CRLF ends its first line: a program took it for text. */
  | 'line-ends'
  /** A byte order mark stands before its first line: a program saved it as text. */
  | 'byte-order-mark'
  /** It ends within its first line. */
  | 'cut'
  | 'not-age'

/** @param start first bytes of the file, each as one character */
export function startFault(start: string): StartFault | undefined {
  if (start.startsWith(FIRST_LINE)) return undefined
  if (start === '') return 'empty'
  if (start.startsWith(ARMOR)) return 'armored'
  if (FIRST_LINE.startsWith(start)) return 'cut'
  const line = FIRST_LINE.trimEnd()
  if (new RegExp(`^${line}\r+(\n|$)`).test(start)) return 'line-ends'
  const isText = mark.test(start) && start.replaceAll('\0', '').replace(mark, '').startsWith(line)
  return isText ? 'byte-order-mark' : 'not-age'
}
