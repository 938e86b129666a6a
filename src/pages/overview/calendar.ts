/** Coming rotations and deletions as a calendar file. */
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import type { KeyGroup } from '../../clouds/replica-groups.ts'
import { deletionIn, rotationsIn } from '../../clouds/rotation-state.ts'
import { type CalendarEvent, calendarFile } from '../../lib/calendar-file.ts'
import { timelineEnd } from './timeline.ts'

/** Calendars refuse files of many thousand events. */
export const MAX_EVENTS = 5000

type LinkTo = (key: KmsKey) => string

function* eventsOf(key: KmsKey, now: number, until: number, linkTo: LinkTo): Iterable<CalendarEvent> {
  const id = `${key.cloud}/${key.location}/${key.id}`
  const common = { description: `${cloudOf(key.cloud).longName}, ${key.location}, ${key.id}`, url: linkTo(key) }
  let version = key.latestVersion
  for (const at of rotationsIn(key, now, until)) {
    version += 1
    yield { id: `${id}/v${version}`, at, summary: `Rotation of ${key.name} (version ${version})`, ...common }
  }
  const at = deletionIn(key, now, until)
  if (at !== undefined) yield { id: `${id}/deletion`, at, summary: `Deletion of ${key.name}`, ...common }
}

/** The file, the number of its events, and of those that are left out, the last ones. */
export function calendarOf(groups: readonly KeyGroup[], now: number, linkTo: LinkTo) {
  const until = timelineEnd(now)
  const all = groups.flatMap(([key]) => [...eventsOf(key, now, until, linkTo)]).sort((a, b) => a.at - b.at)
  const events = all.slice(0, MAX_EVENTS)
  return { text: calendarFile(events, now), events: events.length, left: all.length - events.length }
}
