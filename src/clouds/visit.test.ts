import { expect, test, vi } from 'vitest'
import { onVisitCall, reportCall, visitCalls } from './visit.ts'

const call = { cloud: 'thalassa', method: 'GET', at: 0, duration: 3, status: 200 } as const

test('keeps paths without their query, and nothing of the gateway’s own', () => {
  reportCall({ ...call, path: '/v1/kms/nl-01/keys?name=invoices' })
  reportCall({ ...call, path: '/api/session' })
  expect(visitCalls().map(({ path }) => path)).toEqual(['/v1/kms/nl-01/keys'])
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
  expect(new Set(visitCalls().map(({ id }) => id)).size).toBe(500)
})
