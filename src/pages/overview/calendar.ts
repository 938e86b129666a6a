/** Coming rotations and deletions as a calendar file (RFC 5545). */
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { KeyGroup } from '../shared/replica-groups.ts'
import { deletionOf, rotationsOf, timelineEnd } from './timeline.ts'

/** Calendars refuse files of many thousand events. */
export const MAX_EVENTS = 5000
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

interface Event {
  /** The same in each file, so that a calendar replaces the event. */
  readonly id: string
  readonly at: number
  readonly summary: string
  readonly key: KmsKey
}

function* eventsOf(key: KmsKey, now: number, until: number): Iterable<Event> {
  const id = `${key.cloud}/${key.location}/${key.id}`
  let version = key.latestVersion
  for (const at of rotationsOf(key, now, until)) {
    version += 1
    yield { id: `${id}/v${version}`, at, summary: `Rotation of ${key.name} (version ${version})`, key }
  }
  const at = deletionOf(key, now, until)
  if (at !== undefined) yield { id: `${id}/deletion`, at, summary: `Deletion of ${key.name}`, key }
}

/** The file, the number of its events, and of those that are left out, the last ones. */
export function calendarOf(groups: readonly KeyGroup[], now: number, linkTo: (key: KmsKey) => string) {
  const until = timelineEnd(now)
  const all = groups.flatMap(([key]) => [...eventsOf(key, now, until)]).sort((a, b) => a.at - b.at)
  const events = all.slice(0, MAX_EVENTS)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//KMS Console//Rotations and deletions//EN',
    'CALSCALE:GREGORIAN',
    ...events.flatMap(({ id, at, summary, key }) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(id)}`,
      `DTSTAMP:${formatInstant(now)}`,
      `DTSTART:${formatInstant(at)}`,
      `SUMMARY:${escapeText(summary)}`,
      `DESCRIPTION:${escapeText(`${cloudOf(key.cloud).longName}, ${key.location}, ${key.id}`)}`,
      `URL:${linkTo(key)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return { text: lines.map(fold).join(''), events: events.length, left: all.length - events.length }
}
