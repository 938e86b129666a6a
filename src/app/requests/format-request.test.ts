import { describe, expect, test } from 'vitest'
import type { LoggedExchange } from '../../clouds/request-log.ts'
import { bodyText, curlOf, formatBodySize, formatStatus, formatTarget, isFailed, isMaskedIn } from './format-request.ts'

const callOf = (members: Partial<LoggedExchange> = {}): LoggedExchange => ({
  id: 1,
  cloud: 'thalassa',
  method: 'POST',
  path: '/v1/kms/nl-01/keys/kms-1/encrypt',
  query: '',
  at: Date.UTC(2026, 10, 22, 14, 32, 7),
  duration: 41,
  status: 200,
  request: { headers: [], body: { plaintext: '<plaintext, 12 characters, masked>' } },
  response: { headers: [], size: 20 },
  ...members,
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [16_349, '16.3 kB'],
  [31_000_000, '31 MB'],
])('%d bytes', (bytes, words) => expect(formatBodySize(bytes)).toBe(words))

test('tells time, place and end', () => {
  expect(formatTarget(callOf())).toBe('Thalassa')
  expect(formatTarget(callOf({ cloud: 'exoscale', location: 'ch-gva-2' }))).toBe('Exoscale ch-gva-2')
  expect(formatTarget(callOf({ cloud: undefined }))).toBe('Gateway')
  expect([200, 404, undefined].map((status) => isFailed(callOf({ status })))).toEqual([false, true, true])
  expect(formatStatus(callOf({ status: undefined }))).toBe('No answer')
  expect(bodyText('<html>')).toBe('<html>')
})

describe('curl', () => {
  test('is the cloud’s own, with variables in the place of credentials and masks where they were', () => {
    const code = curlOf(callOf({ project: 'shop' }))
    expect(code).toContain('$THALASSA_PERSONAL_ACCESS_TOKEN')
    expect(code).toContain("-H 'X-Project-Identity: shop'")
    expect(code).toContain('<plaintext, 12 characters, masked>')
    expect(isMaskedIn(callOf())).toBe(true)
    expect(isMaskedIn(callOf({ request: { headers: [], body: { name: 'a' } } }))).toBe(false)
  })

  test('asks in the project that the gateway asks in', () => {
    expect(curlOf(callOf())).not.toContain('X-Project-Identity')
    expect(curlOf(callOf({ project: 'shop' }), 'fixed')).toContain("-H 'X-Project-Identity: fixed'")
  })

  test('asks the zone that was asked', () => {
    const code = curlOf(
      callOf({ cloud: 'exoscale', location: 'de-fra-1', method: 'GET', path: '/v2/kms-key', request: { headers: [] } }),
    )
    expect(code).toContain('EXOSCALE_ZONE=de-fra-1')
    expect(code.trimEnd()).toMatch(/exo_call GET \/kms-key$/)
  })

  test('signs the values of a query', () => {
    const code = curlOf(
      callOf({
        cloud: 'exoscale',
        method: 'GET',
        path: '/v2/event',
        query: '?from=2026-11-01T00%3A00%3A00Z&to=x',
        request: { headers: [] },
      }),
    )
    expect(code).toContain(
      "exo_call GET '/event?from=2026-11-01T00%3A00%3A00Z&to=x' '' 'from;to' 2026-11-01T00:00:00Zx",
    )
    expect(code).toContain('${4:+signed-query-args=$4,}')
  })
})
