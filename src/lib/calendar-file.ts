/** Calendar files (RFC 5545). */

/** Longest line in bytes, without the line break. */
const LONGEST_LINE = 75

/** Bytes of a character in UTF-8. */
function sizeOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

/** Continues a long line in the next one, which starts with a space, and never inside a character. */
function fold(line: string): string {
  let folded = ''
  let bytes = 0
  for (const character of line.toWellFormed()) {
    const size = sizeOf(character)
    if (bytes + size > LONGEST_LINE) {
      folded += '\r\n '
      bytes = 1
    }
    folded += character
    bytes += size
  }
  return `${folded}\r\n`
}

const escapeText = (text: string) =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')

/** `20261204T174300Z` */
const formatInstant = (instant: number) => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

export interface CalendarEvent {
  /** The same in each file, so that a calendar replaces the event. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly summary: string
  readonly description: string
  readonly url: string
}

/** @param now when the file is made */
export const calendarFile = (events: readonly CalendarEvent[], now: number): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//KMS Console//Rotations and deletions//EN',
    'CALSCALE:GREGORIAN',
    ...events.flatMap(({ id, at, summary, description, url }) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(id)}`,
      `DTSTAMP:${formatInstant(now)}`,
      `DTSTART:${formatInstant(at)}`,
      `SUMMARY:${escapeText(summary)}`,
      `DESCRIPTION:${escapeText(description)}`,
      `URL:${url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
    .map(fold)
    .join('')
