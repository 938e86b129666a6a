import { expect, test, vi } from 'vitest'
import { clearRecorded, onVisitCall, recordedCalls, reportCall, visitCalls } from './visit.ts'

const call = {
  cloud: 'thalassa',
  method: 'GET',
  at: 0,
  duration: 3,
  status: 200,
  masked: ['plaintext'],
  sent: { headers: {} },
} as const

test('keeps paths without their query, and nothing of the gateway’s own', () => {
  reportCall({ ...call, path: '/v1/kms/nl-01/keys?name=invoices' })
  reportCall({ ...call, path: '/api/session' })
  expect(visitCalls().map(({ path }) => path)).toEqual(['/v1/kms/nl-01/keys'])
})

test('records every call, with its query, its headers that tell something, and its bodies without what is masked', () => {
  clearRecorded()
  const id = reportCall({
    ...call,
    path: '/v1/audit?page=1',
    sent: { headers: { 'content-type': 'application/json' }, body: { plaintext: 'c2VjcmV0cw==', keyVersion: '2' } },
    answered: {
      headers: new Headers({ 'x-request-id': 'r-1', 'set-cookie': 'a=b', authorization: 'x' }),
      body: { message: 'can’t read c2VjcmV0cw== as text' },
      size: 40,
    },
  })
  reportCall({ ...call, path: '/api/session', status: undefined })
  const [first, second] = recordedCalls()
  expect(first).toMatchObject({
    id,
    own: false,
    path: '/v1/audit',
    query: '?page=1',
    sent: {
      headers: [['content-type', 'application/json']],
      body: { plaintext: '<plaintext, 12 characters, masked>', keyVersion: '2' },
    },
    answered: { headers: [['x-request-id', 'r-1']], body: { message: 'can’t read <masked> as text' }, size: 40 },
  })
  expect(second).toMatchObject({ own: true, path: '/api/session' })
  expect(second).not.toHaveProperty('answered')
  expect(JSON.stringify(recordedCalls())).not.toContain('c2VjcmV0cw')
})

test('clearing leaves what the visit has done', () => {
  reportCall({ ...call, path: '/v1/kms/summary' })
  const before = visitCalls().length
  clearRecorded()
  expect(recordedCalls()).toEqual([])
  expect(visitCalls()).toHaveLength(before)
})

test('keeps the last 500 and tells who listens', () => {
  const listener = vi.fn()
  const stop = onVisitCall(listener)
  const before = visitCalls()
  for (let at = 1; at <= 600; at += 1) reportCall({ ...call, path: '/v1/kms/summary', at })
  stop()
  reportCall({ ...call, path: '/v1/kms/summary', at: 601 })
  expect(listener).toHaveBeenCalledTimes(600)
  expect(visitCalls()).not.toBe(before)
  expect(visitCalls()).toHaveLength(500)
  expect(visitCalls().map(({ at }) => at)).toEqual(Array.from({ length: 500 }, (_, place) => place + 102))
  expect(recordedCalls().map(({ at }) => at)).toEqual(visitCalls().map(({ at }) => at))
  expect(new Set(visitCalls().map(({ id }) => id)).size).toBe(500)
})
