import { describe, expect, test } from 'vitest'
import { CallError, type Reason } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import {
  formatClockDifference,
  formatMilliseconds,
  type LocationResult,
  medianOf,
  type Report,
  verdictOf,
} from './report.ts'

const thalassa: CloudConnection = { id: 'thalassa', mode: 'live' }
const exoscale: CloudConnection = { id: 'exoscale', mode: 'live' }

const at = (id: string, state: LocationResult['state'], error?: unknown): LocationResult => ({
  location: { cloud: 'exoscale', id, available: true },
  state,
  ...(error === undefined ? {} : { error }),
})

const error = (reason: Reason) =>
  new CallError({ reason, message: 'Refused.', advice: 'Do that.', method: 'GET', path: '/v2/kms-key', status: 403 })

const report = (members: Partial<Report>): Report => ({
  endedAt: 0,
  locations: [],
  probes: [],
  untested: [],
  ...members,
})

test('medians', () => {
  expect(medianOf([])).toBeUndefined()
  expect(medianOf([9, 1, 3])).toBe(3)
  expect(medianOf([4, 1, 3, 100])).toBe(3.5)
  expect([0.84, 9.94, 41.4, 1204].map(formatMilliseconds)).toEqual(['0.8 ms', '9.9 ms', '41 ms', '1,204 ms'])
})

describe('the verdict', () => {
  test('all answer', () => {
    const locations = [at('ch-gva-2', 'answers'), at('de-fra-1', 'answers'), at('hr-zag-1', 'closed')]
    const probe = { label: 'List keys', permission: 'list-kms-keys' }
    expect(verdictOf(report({ locations }), exoscale)).toEqual({ tone: 'ok', title: 'It works in 2 zones.' })
    const probes = [
      { ...probe, state: 'allowed' },
      { ...probe, state: 'refused' },
      { ...probe, state: 'untested' },
    ] as const
    expect(verdictOf(report({ locations, probes }), exoscale).text).toBe('1 of 2 tested permissions is missing.')
    expect(verdictOf(report({ locations: [at('nl-01', 'answers')] }), thalassa).title).toBe('It works in nl-01.')
  })

  test('one fails: it is named with its own words, the way out and the request', () => {
    const locations = [at('ch-gva-2', 'failed', error('unauthorized')), at('de-fra-1', 'answers')]
    expect(verdictOf(report({ locations }), exoscale)).toEqual({
      tone: 'warning',
      title: 'ch-gva-2 can’t be used. The others work.',
      text: 'Refused. Do that.',
      meta: 'GET /v2/kms-key · 403',
    })
  })

  test('nothing answers, or there is nothing to answer', () => {
    const failed = [at('ch-gva-2', 'failed', error('unauthorized')), at('hr-zag-1', 'closed')]
    expect(verdictOf(report({ locations: failed }), exoscale)).toMatchObject({
      tone: 'danger',
      title: 'No zone of Exoscale can be used.',
    })
    expect(verdictOf(report({ locations: [at('hr-zag-1', 'closed')] }), exoscale)).toMatchObject({
      tone: 'warning',
      title: 'No zone of Exoscale has KMS.',
    })
    expect(verdictOf(report({ error: error('gateway') }), thalassa)).toMatchObject({
      tone: 'danger',
      title: 'Thalassa Cloud can’t be used.',
      text: 'Refused. Do that.',
    })
  })

  test('a clock that is far off is said though all answer', () => {
    const locations = [at('ch-gva-2', 'answers')]
    expect(verdictOf(report({ locations, ahead: -300 }), exoscale)).toMatchObject({
      tone: 'warning',
      title: 'It works, but the clocks differ by 5 minutes.',
    })
  })
})

test('the clock', () => {
  expect(formatClockDifference(report({ ahead: -2 }), exoscale)).toBe('2 seconds or less')
  expect(formatClockDifference(report({ ahead: 12 }), exoscale)).toBe(
    'The gateway’s clock is 12 seconds ahead of Exoscale’s.',
  )
  expect(formatClockDifference(report({ ahead: -7200 }), thalassa)).toBe(
    'The gateway’s clock is 2 hours behind Thalassa Cloud’s.',
  )
  expect(formatClockDifference(report({}), thalassa)).toBe('Unknown')
})
