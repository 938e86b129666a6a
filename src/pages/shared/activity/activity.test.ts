import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditEvent } from '../../../clouds/cloud.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import type { LoggedCall } from '../../../clouds/request-log.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { MINUTE } from '../../../lib/dates.ts'
import { formatHiddenBy } from '../list/list-view.ts'
import { type ActivityView, activeFilters, activityViewFormat, filterIds, noFilters } from './activity-view.ts'
import { mergeActivity, THIS_CONSOLE } from './events.ts'
import { filterOptions, filterReads, filterRows, indexKeys, isAboutKey, parseKeyFilter, prepareRows } from './rows.ts'
import { formatAgo, formatTimestamp } from './timestamps.ts'

const now = Date.UTC(2026, 10, 22, 12)

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

const audited = (members: Partial<AuditEvent>): AuditEvent => ({
  id: 'evt-1',
  cloud: 'thalassa',
  at: now,
  action: 'kms.encrypt',
  facts: [],
  ...members,
})

const called = (members: Partial<LoggedCall>): LoggedCall => ({
  id: 1,
  cloud: 'thalassa',
  method: 'POST',
  path: '/v1/kms/nl-01/keys/kms-1/encrypt',
  at: now,
  duration: 12.4,
  status: 200,
  ...members,
})

const plain: ActivityView = { search: '', filters: noFilters, time: 'all', reads: false }

describe('merging', () => {
  test('tells a KMS entry, a generic entry and a request alike', () => {
    const [kms, generic, request] = mergeActivity(
      [
        audited({
          at: now + 2,
          key: 'kms-1',
          location: 'nl-01',
          actor: 'usr-1',
          succeeded: true,
          facts: [['keyVersion', '2']],
        }),
        audited({
          id: 'evt-2',
          at: now + 1,
          action: 'POST',
          path: '/v1/kms/nl-01/keys/kms-1/disable',
          status: 400,
          succeeded: false,
        }),
      ],
      [called({ status: undefined, requestId: 'r-1' })],
    )
    expect(kms).toMatchObject({
      source: 'audit',
      action: 'Encrypt',
      rawAction: 'kms.encrypt',
      result: 'ok',
      actor: 'usr-1',
    })
    expect(kms?.details).toEqual([
      ['Key version', '2'],
      ['Actor’s id', 'usr-1'],
      ['Event', 'evt-1'],
    ])
    expect(generic).toMatchObject({ action: 'Disable', rawAction: 'POST …/disable', key: 'kms-1', location: 'nl-01' })
    expect(generic).toMatchObject({ result: 'failed', status: 400 })
    expect(request).toMatchObject({ source: 'visit', action: 'Encrypt', result: 'failed', actor: THIS_CONSOLE })
    expect(request?.details).toEqual([
      ['Request', 'POST /v1/kms/nl-01/keys/kms-1/encrypt'],
      ['Status', 'No answer'],
      ['Took', '12 ms'],
      ['Request id', 'r-1'],
    ])
  })

  test('unknown words and unsaid outcomes stay what they are', () => {
    const [event] = mergeActivity([audited({ action: 'kms.replicate' })], [])
    expect(event).toMatchObject({ action: 'Other', rawAction: 'kms.replicate', result: 'unknown' })
  })

  test('an event on two pages is taken once, the latest come first, unreadable times last', () => {
    const events = [audited({ id: 'b', at: now }), audited({ id: 'a', at: now - 1 }), audited({ id: 'a', at: now - 1 })]
    const merged = mergeActivity([...events, audited({ id: 'c', at: Number.NaN })], [called({ at: now - 5 })])
    expect(merged.map(({ id }) => id)).toEqual(['audit thalassa b', 'audit thalassa a', 'visit 1', 'audit thalassa c'])
  })

  test('keeps an order of time for any two lists', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 })
    fc.assert(
      fc.property(times, times, (logged, sent) => {
        const merged = mergeActivity(
          logged.map((at, place) => audited({ id: `${place}`, at })),
          sent.map((at, id) => called({ id, at })),
        ).map(({ at }) => at)
        expect(merged).toEqual([...logged, ...sent].sort((a, b) => b - a))
      }),
    )
  })
})

describe('rows', () => {
  const twin: KmsKey = { ...key, cloud: 'exoscale', location: 'ch-gva-2', id: '0198', name: 'Twin', slug: 'twin' }
  const index = indexKeys([key, twin, { ...twin, location: 'de-fra-1' }])
  const rows = prepareRows(
    mergeActivity(
      [
        audited({
          id: '1',
          at: now - 10 * MINUTE,
          key: 'kms-1',
          location: 'nl-01',
          actor: 'usr-1',
          actorName: 'Ada',
          succeeded: true,
        }),
        audited({
          id: '2',
          at: now - 120 * MINUTE,
          key: 'kms-1',
          succeeded: false,
          action: 'kms.decrypt',
          actor: 'usr-1',
        }),
        audited({ id: '3', at: now - 9 * 24 * 60 * MINUTE, key: 'kms-gone', location: 'nl-01', action: 'kms.export' }),
      ],
      [
        called({ id: 1, path: '/v1/kms/nl-01/keys/card-vault/rotate', at: now - MINUTE }),
        called({ id: 2, method: 'GET', path: '/v1/kms/nl-01/keys', at: now }),
        called({ id: 3, method: 'GET', path: '/v1/kms/nl-01/keys', at: now, status: 503 }),
        called({
          id: 4,
          cloud: 'exoscale',
          location: 'de-fra-1',
          path: '/v2/kms-key/0198/encrypt',
          at: now - 2 * MINUTE,
        }),
      ],
    ),
    index,
  )
  const idsOf = (view: Partial<ActivityView>) =>
    filterRows(filterReads(rows, view.reads ?? false), { ...plain, ...view }, now).map(({ id }) =>
      id.replace(/ \w+ /, ' '),
    )
  const filters = (some: Partial<ActivityView['filters']>) => ({ filters: { ...noFilters, ...some } })

  test('find their key by id, by slug and without a location, each in its own location', () => {
    const keyed = (id: string) => rows.find((row) => row.id === id)
    expect(keyed('visit 1')?.kmsKey).toBe(key)
    expect(keyed('audit thalassa 2')).toMatchObject({ kmsKey: key, location: 'nl-01' })
    expect(keyed('visit 4')?.kmsKey).toMatchObject({ name: 'Twin', location: 'de-fra-1' })
    expect(keyed('audit thalassa 3')).not.toHaveProperty('kmsKey')
    expect(keyed('visit 1')?.values.key).toBe('thalassa/nl-01/kms-1')
    expect(indexKeys([twin, { ...twin, location: 'de-fra-1' }]).has('exoscale//0198')).toBe(false)
  })

  test('successful reads are listed only when wanted, failed ones always', () => {
    expect(idsOf({})).toContain('visit 3')
    expect(idsOf({})).not.toContain('visit 2')
    expect(idsOf({ reads: true })).toContain('visit 2')
  })

  test('filters and search narrow together', () => {
    expect(idsOf(filters({ key: ['thalassa/nl-01/kms-1'] }))).toEqual(['visit 1', 'audit 1', 'audit 2'])
    expect(idsOf(filters({ result: ['failed'] }))).toEqual(['visit 3', 'audit 2'])
    expect(idsOf(filters({ action: ['decrypt', 'export'] }))).toEqual(['audit 2', 'audit 3'])
    expect(idsOf(filters({ actor: ['usr-1'], source: ['audit'] }))).toEqual(['audit 1', 'audit 2'])
    expect(idsOf({ search: '  CARD ada ' })).toEqual(['audit 1'])
    expect(idsOf({ search: 'card', ...filters({ source: ['visit'] }) })).toEqual(['visit 1'])
  })

  test('times', () => {
    expect(idsOf({ time: 'hour' })).not.toContain('audit 2')
    expect(idsOf({ time: 'day' })).toContain('audit 2')
    expect(idsOf({ time: 'week' })).not.toContain('audit 3')
  })

  test('options have words, names, counts, and what is chosen', () => {
    const chosen = { ...noFilters, key: ['thalassa/nl-01/kms-far'], action: ['rotate'] }
    const options = filterOptions(rows, chosen, index)
    expect(options.key.map(({ label, count }) => [label, count])).toEqual([
      ['Card vault', 3],
      ['kms-far', 0],
      ['kms-gone', 1],
      ['Twin', 1],
    ])
    expect(options.actor.map(({ label }) => label)).toEqual(['Ada', 'This console'])
    expect(options.result.map(({ label }) => label)).toEqual(['OK', 'Failed', 'Unknown'])
    expect(options.source.map(({ count }) => count)).toEqual([3, 4])
    expect(options.action.map(({ label }) => label)).toContain('List keys')
  })

  test('one key’s own', () => {
    expect(rows.filter(isAboutKey(key)).map(({ id }) => id)).toEqual([
      'visit 1',
      'audit thalassa 1',
      'audit thalassa 2',
    ])
    expect(rows.filter(isAboutKey(twin))).toEqual([])
  })
})

describe('the URL', () => {
  test('a view survives, whatever it is', () => {
    const texts = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 })
    const views = fc.record({
      search: fc.string(),
      filters: fc.record({
        key: texts,
        action: texts,
        actor: texts,
        result: fc.subarray(['ok', 'failed', 'unknown']),
        source: fc.subarray(['audit', 'visit']),
      }),
      time: fc.constantFrom('all', 'hour', 'day', 'week'),
      reads: fc.boolean(),
    })
    fc.assert(
      fc.property(views, (view) => {
        expect(activityViewFormat.read(new URLSearchParams(activityViewFormat.write(view).toString()))).toEqual(view)
      }),
    )
  })

  test('defaults are left out, others’ parameters stay, nonsense is nothing', () => {
    expect(activityViewFormat.write(plain).toString()).toBe('')
    expect(activityViewFormat.write(plain, new URLSearchParams('tab=activity&time=day&result=ok')).toString()).toBe(
      'tab=activity',
    )
    const odd = activityViewFormat.read(new URLSearchParams('time=year&result=maybe&source=both&reads=yes&action='))
    expect(odd).toEqual(plain)
  })

  test('a key’s address', () => {
    expect(parseKeyFilter('thalassa/nl-01/kms-1')).toEqual({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1' })
    for (const text of ['', 'aws/x/y', 'thalassa/nl-01', 'thalassa/nl-01/', 'thalassa/a/b/c'])
      expect(parseKeyFilter(text)).toBeUndefined()
  })

  test('says what hides', () => {
    const view: ActivityView = { ...plain, search: ' card ', time: 'hour', filters: { ...noFilters, result: ['ok'] } }
    expect(formatHiddenBy(view.search, activeFilters(view))).toBe('the search “card” and the filters Result and Time')
    expect(activeFilters(view)).toHaveLength(2)
    expect(filterIds).toHaveLength(5)
  })
})

test('moments have seconds, and what is new has just happened', () => {
  expect(formatTimestamp(now + 5000)).toBe('22 Nov 2026, 12:00:05 UTC')
  expect(formatTimestamp(Number.NaN)).toBe('Unknown')
  expect(formatAgo(now + 5000, now)).toBe('just now')
  expect(formatAgo(now - 5 * MINUTE, now)).toBe('5 min ago')
})
