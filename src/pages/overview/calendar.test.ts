import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { groupReplicas } from '../../clouds/replica-groups.ts'
import { addDays } from '../../lib/dates.ts'
import { calendarOf, MAX_EVENTS } from './calendar.ts'
import { keyOf, now, primaryOf, replicaOf, rotatesIn } from './testing/key.ts'
import { timelineOf } from './timeline.ts'

const linkTo = ({ id }: KmsKey) => `https://kms.example/keys/${encodeURIComponent(id)}`
const calendar = (keys: readonly KmsKey[]) => calendarOf(groupReplicas(keys), now, linkTo)

const encoder = new TextEncoder()

const unescaped = (value: string) => value.replace(/\\([\\;,nN])/g, (_, char) => (/n/i.test(char) ? '\n' : char))

/** Reads a file as section 3 of RFC 5545 defines it. @throws Error where a line breaks its rules */
function parse(text: string): ReadonlyMap<string, string>[] {
  if (!text.endsWith('\r\n')) throw new Error('The last line has no line break.')
  const physical = text.slice(0, -2).split('\r\n')
  for (const line of physical)
    if (/(?!\t)\p{Cc}/u.test(line) || encoder.encode(line).length > 75) throw new Error(`Not a line: ${line}`)
  const lines = physical
    .join('\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
  expect([lines[0], lines[1], lines.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'END:VCALENDAR'])
  const events: Map<string, string>[] = []
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+):(.*)$/.exec(line) ?? []
    if (name === '' || (name !== 'URL' && !/^([^\\;,]|\\[\\;,nN])*$/.test(value)))
      throw new Error(`Not a property: ${line}`)
    if (line === 'BEGIN:VEVENT') events.push(new Map())
    else events.at(-1)?.set(name, unescaped(value))
  }
  return events
}

test('each rotation of the coming year and each deletion is an event', () => {
  const { text, events } = calendar([
    keyOf('card-vault', { rotation: rotatesIn(9, 90), latestVersion: 6 }),
    keyOf('ledger', { status: 'pending-deletion', destroyedAt: addDays(now, 21) }),
    keyOf('manual'),
  ])
  const parsed = parse(text)
  expect(events).toBe(5)
  expect(parsed.map((event) => [event.get('DTSTART'), event.get('SUMMARY')])).toEqual([
    ['20261201T143200Z', 'Rotation of card-vault (version 7)'],
    ['20261213T143200Z', 'Deletion of ledger'],
    ['20270301T143200Z', 'Rotation of card-vault (version 8)'],
    ['20270530T143200Z', 'Rotation of card-vault (version 9)'],
    ['20270828T143200Z', 'Rotation of card-vault (version 10)'],
  ])
  expect(Object.fromEntries(parsed[0] ?? [])).toMatchObject({
    UID: 'exoscale/ch-gva-2/id of card-vault/v7',
    DTSTAMP: '20261122T143200Z',
    DESCRIPTION: 'Exoscale, ch-gva-2, id of card-vault',
    URL: 'https://kms.example/keys/id%20of%20card-vault',
  })
})

test('a later file names the same events, which a calendar replaces', () => {
  const uids = (days: number, destroyedIn: number) =>
    parse(
      calendar([
        keyOf('a', { rotation: rotatesIn(days, 90) }),
        keyOf('b', { status: 'pending-deletion', destroyedAt: addDays(now, destroyedIn) }),
      ]).text,
    )
      .map((event) => event.get('UID'))
      .sort()
  expect(uids(9, 21)).toEqual(uids(12, 25))
})

test('whatever the names, the file keeps to the format, has the events of the chart, and each one once', () => {
  const name = fc.string({ unit: 'binary', maxLength: 80, size: 'max' })
  const keys = fc.array(
    fc.record({
      name,
      days: fc.integer({ min: -30, max: 400 }),
      kind: fc.constantFrom('rotates', 'deletes', 'spread'),
    }),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(keys, (drawn) => {
      const all = drawn.flatMap(({ name, days, kind }, place): KmsKey[] => {
        const id = `${place}`
        const rotation = rotatesIn(days, 60)
        if (kind === 'rotates') return [keyOf(name, { id, rotation })]
        if (kind === 'spread') return [primaryOf(name, { id, rotation }), replicaOf(name, 'de-fra-1', { id, rotation })]
        return [keyOf(name, { id, status: 'pending-deletion', destroyedAt: addDays(now, days) })]
      })
      const events = parse(calendar(all).text)
      const { rotations, deletions } = timelineOf(groupReplicas(all), now)
      expect(events).toHaveLength(rotations + deletions)
      expect(new Set(events.map((event) => event.get('UID'))).size).toBe(events.length)
      for (const event of events) {
        const place = Number(event.get('UID')?.split('/')[2])
        const shown = (drawn[place]?.name ?? '')
          .toWellFormed()
          .replace(/\r\n?/g, '\n')
          .replace(/(?!\n)\p{Cc}/gu, '')
        expect(event.get('SUMMARY')).toContain(shown)
      }
    }),
  )
})

test('of very many events the file has the first, and says how many are left out', () => {
  const many = Array.from({ length: MAX_EVENTS }, (_, index) => keyOf(`key ${index}`, { rotation: rotatesIn(1, 200) }))
  const { text, events, left } = calendar(many)
  expect([parse(text).length, events, left]).toEqual([MAX_EVENTS, MAX_EVENTS, MAX_EVENTS])
  expect(text).not.toContain('version 3')
})
