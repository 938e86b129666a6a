import { expect, test, vi } from 'vitest'
import { clearLoggedExchanges, logCall, loggedCalls, loggedExchanges, onLoggedCall } from './request-log.ts'

const call = {
  cloud: 'thalassa',
  method: 'GET',
  at: 0,
  duration: 3,
  status: 200,
  masked: ['plaintext'],
  request: { headers: {} },
} as const

test('keeps the text of an error whose member is masked in requests', () => {
  clearLoggedExchanges()
  logCall({
    ...call,
    path: '/v2/kms-key/1/sign',
    maskedInput: ['message'],
    request: { headers: {}, body: { message: 'bWVzc2FnZQ==' } },
    response: { headers: new Headers(), body: { message: 'bWVzc2FnZQ== is too long' }, size: 40 },
  })
  expect(loggedExchanges()[0]).toMatchObject({
    request: { body: { message: '<message, 12 characters, masked>' } },
    response: { body: { message: '<masked> is too long' } },
  })
})

test('keeps paths without their query, and nothing of the gateway’s own', () => {
  const before = new Set(loggedCalls())
  logCall({ ...call, path: '/v1/kms/nl-01/keys?name=invoices' })
  logCall({ ...call, cloud: undefined, path: '/api/session' })
  expect(loggedCalls().flatMap((one) => (before.has(one) ? [] : [one.path]))).toEqual(['/v1/kms/nl-01/keys'])
})

test('records every call, with its query, its headers that tell something, and its bodies without what is masked', () => {
  clearLoggedExchanges()
  const id = logCall({
    ...call,
    path: '/v1/audit?page=1',
    request: { headers: { 'content-type': 'application/json' }, body: { plaintext: 'c2VjcmV0cw==', keyVersion: '2' } },
    response: {
      headers: new Headers({ 'x-request-id': 'r-1', 'set-cookie': 'a=b', authorization: 'x' }),
      body: { message: 'can’t read c2VjcmV0cw== as text' },
      size: 40,
    },
  })
  logCall({ ...call, cloud: undefined, path: '/api/session', status: undefined })
  const [first, second] = loggedExchanges()
  expect(first).toMatchObject({
    id,
    cloud: 'thalassa',
    path: '/v1/audit',
    query: '?page=1',
    request: {
      headers: [['content-type', 'application/json']],
      body: { plaintext: '<plaintext, 12 characters, masked>', keyVersion: '2' },
    },
    response: { headers: [['x-request-id', 'r-1']], body: { message: 'can’t read <masked> as text' }, size: 40 },
  })
  expect(second).toMatchObject({ cloud: undefined, path: '/api/session' })
  expect(second).not.toHaveProperty('response')
  expect(JSON.stringify(loggedExchanges())).not.toContain('c2VjcmV0cw')
})

test('clearing leaves the calls of the activity page', () => {
  logCall({ ...call, path: '/v1/kms/summary' })
  const before = loggedCalls().length
  clearLoggedExchanges()
  expect(loggedExchanges()).toEqual([])
  expect(loggedCalls()).toHaveLength(before)
})

test('keeps the last 500 and tells who listens', () => {
  const listener = vi.fn()
  const stop = onLoggedCall(listener)
  const before = loggedCalls()
  for (let at = 1; at <= 600; at += 1) logCall({ ...call, path: '/v1/kms/summary', at })
  stop()
  logCall({ ...call, path: '/v1/kms/summary', at: 601 })
  expect(listener).toHaveBeenCalledTimes(600)
  expect(loggedCalls()).not.toBe(before)
  expect(loggedCalls()).toHaveLength(500)
  expect(loggedCalls().map(({ at }) => at)).toEqual(Array.from({ length: 500 }, (_, place) => place + 102))
  expect(loggedExchanges().map(({ at }) => at)).toEqual(loggedCalls().map(({ at }) => at))
  expect(new Set(loggedCalls().map(({ id }) => id)).size).toBe(500)
})
