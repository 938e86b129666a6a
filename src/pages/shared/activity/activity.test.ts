import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activityOf } from '../../../clouds/audit-activity.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { withPeople } from '../../../clouds/people-activity.ts'
import { audited, auditTime, httpRecord } from '../../../clouds/testing/audit.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { DAY, MINUTE } from '../../../lib/dates.ts'
import { formatHiddenBy } from '../list/list-view.ts'
import { type ActivityView, activeFilters, activityViewFormat, noFilters, rangeOf, withTime } from './activity-view.ts'
import { csvOf, jsonOf } from './export-events.ts'
import { filterOptions, filterReads, filterRows, indexKeys, isAboutKey, parseKeyFilter, prepareRows } from './rows.ts'

const now = auditTime

const key = keyWith({
  id: 'kms-1',
  name: 'Card vault',
  slug: 'card-vault',
  can: ['encrypt'],
  rotation: { automatic: false },
  latestVersion: 1,
  createdAt: now,
  traits: [],
})

const plain: ActivityView = { search: '', filters: noFilters, time: 'all', from: '', to: '' }

describe('rows', () => {
  const primary: KmsKey = {
    ...key,
    cloud: 'exoscale',
    location: 'ch-gva-2',
    id: '0198',
    name: 'app',
    slug: 'app',
    traits: ['multi-zone'],
  }
  const index = indexKeys([{ ...primary, location: 'de-fra-1', traits: ['replica'] }, primary, key])
  const rows = prepareRows(
    activityOf([
      audited({
        id: '1',
        at: now - 10 * MINUTE,
        key: 'kms-1',
        location: 'nl-01',
        actor: 'usr-1',
        actorName: 'Ada',
        succeeded: true,
      }),
      audited({ id: '2', at: now - 2 * DAY, key: 'kms-1', succeeded: false, action: 'kms.decrypt', actor: 'usr-1' }),
      audited({ id: '3', at: now - 9 * DAY, key: 'kms-gone', location: 'nl-01', action: 'kms.export' }),
      audited({
        id: '4',
        at: now - 40 * DAY,
        key: 'kms-1',
        location: 'nl-01',
        action: 'kms.rotate.scheduled',
        succeeded: true,
      }),
      httpRecord('rotate', { id: '5', at: now - MINUTE, key: 'card-vault', actor: 'usr-1', actorName: 'Ada' }),
      httpRecord('', { id: '6', at: now - 2 * MINUTE, action: 'GET', path: '/v1/kms/nl-01/keys' }),
      httpRecord('', {
        id: '7',
        at: now - 3 * MINUTE,
        action: 'GET',
        path: '/v1/kms/nl-01/keys',
        status: 503,
        succeeded: false,
      }),
      ...['ch-gva-2', 'de-fra-1'].map((location) =>
        audited({ id: location, cloud: 'exoscale', action: 'encrypt', at: now - DAY / 2, key: '0198', location }),
      ),
    ]),
    index,
  )
  const idsOf = (view: Partial<ActivityView>) => {
    const whole = { ...plain, ...view }
    return filterRows(filterReads(rows, whole.filters), whole, rangeOf(whole, now)).map(({ id }) =>
      id.replace(/\w+ /, ''),
    )
  }
  const filters = (some: Partial<ActivityView['filters']>) => ({ filters: { ...noFilters, ...some } })
  const rowOf = (id: string) => rows.find((row) => row.id.endsWith(` ${id}`))

  test('find their key by id, by slug and without a location', () => {
    expect(rowOf('5')?.kmsKey).toBe(key)
    expect(rowOf('2')).toMatchObject({ kmsKey: key, location: 'nl-01' })
    expect(rowOf('3')).not.toHaveProperty('kmsKey')
    expect(rowOf('5')?.values.key).toBe('thalassa/nl-01/kms-1')
  })

  test('a key with replicas is one choice of the filter, and its rows lead to where it was used', () => {
    expect(rowOf('de-fra-1')?.kmsKey).toMatchObject({ name: 'app', location: 'de-fra-1' })
    expect(idsOf(filters({ key: ['exoscale//0198'] }))).toEqual(['ch-gva-2', 'de-fra-1'])
    const { key: keys } = filterOptions(rows, noFilters, index, rows)
    expect(keys.filter(({ label }) => label === 'app')).toEqual([{ value: 'exoscale//0198', label: 'app', count: 2 }])
  })

  test('successful reads are listed only when the action filter asks for them, failed ones always', () => {
    expect(idsOf({})).toContain('7')
    expect(idsOf({})).not.toContain('6')
    expect(idsOf(filters({ action: ['listKeys'] }))).toEqual(['6', '7'])
    const { action } = filterOptions(filterReads(rows, noFilters), noFilters, index, rows)
    expect(action).toContainEqual({ value: 'listKeys', label: 'List keys', count: 2 })
  })

  test('automatic rotations are found under Rotate, and the system is their actor', () => {
    expect(idsOf(filters({ action: ['rotate'] }))).toEqual(['5', '4'])
    expect(rowOf('4')).toMatchObject({ action: 'Automatic rotation', actorName: 'System' })
    expect(idsOf(filters({ actor: ['System'] }))).toEqual(['4'])
  })

  test('filters and search narrow together', () => {
    expect(idsOf(filters({ key: ['thalassa/nl-01/kms-1'] }))).toEqual(['5', '1', '2', '4'])
    expect(idsOf(filters({ result: ['failed'] }))).toEqual(['7', '2'])
    expect(idsOf(filters({ action: ['decrypt', 'export'] }))).toEqual(['2', '3'])
    expect(idsOf(filters({ actor: ['usr-1'], result: ['ok'] }))).toEqual(['5', '1'])
    expect(idsOf({ search: '  CARD ada ' })).toEqual(['5', '1'])
  })

  test('time', () => {
    expect(idsOf({ time: '1d' })).not.toContain('2')
    expect(idsOf({ time: '7d' })).toContain('2')
    expect(idsOf({ time: '30d' })).not.toContain('4')
    expect(idsOf({ time: '90d' })).toContain('4')
    expect(idsOf({ time: 'dates', from: '2026-11-13', to: '2026-11-20' })).toEqual(['2', '3'])
    expect(idsOf({ time: 'dates', from: '', to: '2026-11-12' })).toEqual(['4'])
    expect(withTime({ ...plain, time: '30d' }, 'dates', now)).toMatchObject({ from: '2026-10-23', to: '2026-11-22' })
  })

  test('options have words, names, counts, and what is chosen', () => {
    const chosen = { ...noFilters, key: ['thalassa/nl-01/kms-far'], action: ['disable'] }
    const options = filterOptions(rows, chosen, index, rows)
    expect(options.key.map(({ label, count }) => [label, count])).toEqual([
      ['app', 2],
      ['Card vault', 4],
      ['kms-far', 0],
      ['kms-gone', 1],
    ])
    expect(options.actor.map(({ label }) => label)).toEqual(['Ada', 'System'])
    expect(options.result.map(({ label }) => label)).toEqual(['OK', 'Failed', 'Unknown'])
    expect(options.action.map(({ label }) => label)).toContain('Disable')
  })

  test('with people: a filter with names, found by name and by source, and columns of the file', () => {
    const signedIn = {
      seq: 1,
      at: now,
      subject: 'u-7',
      name: 'Grace Hopper',
      by: 'session',
      operation: 'sign-in',
      outcome: 'ok',
      request: 'r-1',
      hash: '',
    } as const
    const events = withPeople(activityOf([audited({ id: '1', key: 'kms-1' })]), [signedIn], {
      isOwn: () => true,
      readSince: () => 0,
    })
    const people = prepareRows(events, index)
    expect(filterOptions(people, noFilters, index, people).person).toEqual([
      { value: 'u-7', label: 'Grace Hopper', count: 1 },
    ])
    expect(filterOptions(people, noFilters, index, people).action.map(({ label }) => label)).toContain('Sign in')
    const named = { ...plain, filters: { ...noFilters, person: ['u-7'] } }
    for (const view of [named, { ...plain, search: 'grace' }, { ...plain, search: 'console' }])
      expect(filterRows(people, view, rangeOf(view, now)).map(({ id }) => id)).toEqual(['console 1'])
    expect(csvOf(people, true)).toMatch(/"actorId","person","personId","source","result"/)
    expect(JSON.parse(jsonOf(people, true))).toMatchObject([
      { source: 'Thalassa Cloud' },
      { person: 'Grace Hopper', personId: 'u-7', source: 'Console' },
    ])
  })

  test('one key’s own', () => {
    expect(rows.filter(isAboutKey(key)).map(({ id }) => id)).toEqual(['5', '1', '2', '4'].map((id) => `thalassa ${id}`))
    expect(rows.filter(isAboutKey({ ...primary, location: 'at-vie-1' }))).toEqual([])
  })

  test('as a file: times in UTC, names beside ids, all details', () => {
    const [head = '', first = '', ...rest] = csvOf(rows.slice(0, 2), false).split('\r\n')
    expect(head).toMatch(/"time","operation","logged","cloud","location","keyName","keyId","actor","actorId","result"/)
    expect(first).toMatch(
      /^"2026-11-22T11:59:00.000Z","Rotate","POST …\/rotate","Thalassa Cloud","nl-01","Card vault","kms-1"/,
    )
    expect(rest).toHaveLength(2)
    expect(JSON.parse(jsonOf(rows, false))).toHaveLength(rows.length)
    expect(JSON.parse(jsonOf(rows.slice(0, 1), false))).toMatchObject([{ actor: 'Ada', details: { 'Event id': '5' } }])
  })
})

describe('the URL', () => {
  test('a view survives, whatever it is', () => {
    const texts = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 })
    const day = fc.constantFrom('', '2026-11-22', '2024-02-29')
    const views = fc.record({
      search: fc.string(),
      filters: fc.record({
        key: texts,
        action: texts,
        person: texts,
        actor: texts,
        result: fc.subarray(['ok', 'failed', 'unknown']),
      }),
      time: fc.constantFrom('all', '1d', '7d', '30d', '90d', 'dates'),
      from: day,
      to: day,
    })
    fc.assert(
      fc.property(views, (view) => {
        expect(activityViewFormat.read(new URLSearchParams(activityViewFormat.write(view).toString()))).toEqual(view)
      }),
    )
  })

  test('defaults are left out, others’ parameters stay, nonsense is nothing', () => {
    expect(activityViewFormat.write(plain).toString()).toBe('')
    expect(activityViewFormat.write(plain, new URLSearchParams('tab=activity&time=7d&result=ok')).toString()).toBe(
      'tab=activity',
    )
    const odd = activityViewFormat.read(new URLSearchParams('time=year&result=maybe&from=2026-13-01&to=x&action='))
    expect(odd).toEqual(plain)
  })

  test('a key’s address', () => {
    expect(parseKeyFilter('thalassa/nl-01/kms-1')).toEqual({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1' })
    for (const text of ['', 'aws/x/y', 'thalassa/nl-01', 'thalassa/nl-01/', 'thalassa/a/b/c'])
      expect(parseKeyFilter(text)).toBeUndefined()
  })

  test('says what hides', () => {
    const view: ActivityView = { ...plain, search: ' card ', time: '7d', filters: { ...noFilters, result: ['ok'] } }
    expect(formatHiddenBy(view.search, activeFilters(view))).toBe('the search “card” and the filters Result and Time')
    expect(activeFilters(view)).toHaveLength(2)
  })
})
