import { expect, test } from 'vitest'
import { CallError, detailsOf, type Reason } from '../../clouds/errors.ts'
import { keyWith } from '../key/test-key.ts'
import { explained } from './explained.ts'

const refused = (reason: Reason) =>
  new CallError({ reason, message: 'Not found.', advice: 'Look elsewhere.', method: 'POST', path: '/x', status: 404 })

test('a key that is not found while it can be read points to the permission, where the cloud hides those', () => {
  const { advice, message, status } = detailsOf(explained(refused('not-found'), keyWith()))
  expect(advice).toMatch(/most likely your role may not do this/)
  expect({ message, status }).toEqual({ message: 'Not found.', status: 404 })
})

test('every other refusal stays as it is', () => {
  for (const [error, key] of [
    [refused('state'), keyWith()],
    [refused('not-found'), keyWith({ cloud: 'exoscale' })],
    [new TypeError('ours'), keyWith()],
  ] as const)
    expect(explained(error, key)).toBe(error)
})
