import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../lib/dates.ts'
import { activityOf } from './audit-activity.ts'
import { audited, auditTime, httpRecord } from './testing/audit.ts'

describe('one operation is one entry', () => {
  test('with the facts of its HTTP call, each once', () => {
    const [rotation, ...others] = activityOf([
      audited({
        id: 'evt-2',
        action: 'kms.rotate',
        key: 'kms-1',
        location: 'nl-01',
        actor: 'usr-1',
        succeeded: true,
        facts: [
          ['keyVersion', '2'],
          ['client_ip', '192.0.2.7'],
        ],
      }),
      httpRecord('rotate', {
        at: auditTime - 40,
        actor: 'usr-1',
        facts: [
          ['client_ip', '192.0.2.7'],
          ['status', '200'],
        ],
      }),
    ])
    expect(others).toEqual([])
    expect(rotation).toMatchObject({ action: 'Rotate', rawAction: 'kms.rotate', result: 'ok', status: 200 })
    expect(rotation?.details).toEqual([
      ['Key version', '2'],
      ['Client address', '192.0.2.7'],
      ['Actor id', 'usr-1'],
      ['Event id', 'evt-2'],
      ['Status', '200'],
      ['HTTP event id', 'http-1'],
    ])
  })

  test('facts without a value are left out', () => {
    const [event] = activityOf([audited({ facts: [['user_agent', '']] })])
    expect(event?.details).toEqual([['Event id', 'evt-1']])
  })

  test('also where the call names the key by its slug, and where the log says the outcome only once', () => {
    const events = activityOf([
      audited({ id: 'evt-2', action: 'kms.export', key: 'kms-1', keyName: 'card-vault', location: 'nl-01' }),
      audited({
        id: 'http',
        action: 'POST',
        path: '/v1/kms/nl-01/keys/card-vault/export',
        status: 403,
        succeeded: false,
      }),
    ])
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ result: 'failed', status: 403 })
  })

  test('and calls of another key, caller, outcome or time stay what they are', () => {
    const own = audited({ id: 'evt', action: 'kms.rotate', key: 'kms-1', actor: 'usr-1', succeeded: true })
    const other = { actor: 'usr-1' }
    for (const record of [
      httpRecord('rotate', { actor: 'usr-2' }),
      httpRecord('rotate', { ...other, key: 'kms-2' }),
      httpRecord('rotate', { ...other, succeeded: false, status: 409 }),
      httpRecord('rotate', { ...other, at: auditTime - MINUTE }),
      httpRecord('disable', other),
    ])
      expect(activityOf([own, record])).toHaveLength(2)
  })

  test('however many are made at once, and in whatever order the log has them', () => {
    const calls = fc.array(fc.record({ at: fc.integer({ min: 0, max: 3_000 }), ok: fc.boolean() }), { maxLength: 12 })
    fc.assert(
      fc.property(calls, fc.boolean(), (made, reversed) => {
        const entries = made.flatMap(({ at, ok }, index) => {
          const shared = { at: auditTime + at, key: 'kms-1', actor: 'usr-1', succeeded: ok }
          return [
            httpRecord('encrypt', { ...shared, id: `http-${index}`, status: ok ? 200 : 400 }),
            audited({ ...shared, id: `kms-${index}` }),
          ]
        })
        const merged = activityOf(reversed ? entries.toReversed() : entries)
        expect(merged.map(({ at }) => at)).toEqual(made.map(({ at }) => auditTime + at).sort((a, b) => b - a))
        expect(merged.filter(({ result }) => result === 'failed')).toHaveLength(made.filter(({ ok }) => !ok).length)
      }),
    )
  })

  test('an operation that the log has only as a call is named like any other', () => {
    const [event] = activityOf([httpRecord('disable', { status: 400, succeeded: false })])
    expect(event).toMatchObject({ action: 'Disable', rawAction: 'POST …/disable', key: 'kms-1', location: 'nl-01' })
    expect(event).toMatchObject({ result: 'failed', status: 400 })
  })

  test('a call on the key itself is named without its id', () => {
    const [event] = activityOf([httpRecord('', { action: 'DELETE', path: '/v1/kms/nl-01/keys/kms-1' })])
    expect(event).toMatchObject({ action: 'Schedule deletion', rawAction: 'DELETE …/keys/…', key: 'kms-1' })
  })

  test('unknown words and unsaid outcomes stay what they are', () => {
    const [event] = activityOf([audited({ action: 'kms.replicate' })])
    expect(event).toMatchObject({ action: 'Other', rawAction: 'kms.replicate', result: 'unknown' })
  })

  test('an entry on two pages is taken once, the latest come first, unreadable times last', () => {
    const entries = [
      audited({ id: 'b', at: auditTime }),
      audited({ id: 'a', at: auditTime - 1 }),
      audited({ id: 'a', at: auditTime - 1 }),
    ]
    const events = activityOf([...entries, audited({ id: 'c', at: Number.NaN })])
    expect(events.map(({ id }) => id)).toEqual(['thalassa b', 'thalassa a', 'thalassa c'])
  })
})
