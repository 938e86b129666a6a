import { expect, test } from 'vitest'
import { keyWith } from '../pages/shared/testing/key.ts'
import { CallError, detailsOf, type Reason } from './errors.ts'
import { failedChangeMessage, withPermissionHint } from './failed-change.ts'

const refused = (reason: Reason) =>
  new CallError({ reason, message: 'Not found.', advice: 'Look elsewhere.', method: 'POST', path: '/x', status: 404 })

test('a key that is not found while it can be read points to the permission, where the cloud hides those', () => {
  const { advice, message, status } = detailsOf(withPermissionHint(refused('not-found'), keyWith()))
  expect(advice).toMatch(/your role probably does not allow this/)
  expect({ message, status }).toEqual({ message: 'Not found.', status: 404 })
})

test('every other refusal stays as it is', () => {
  for (const [error, key] of [
    [refused('state'), keyWith()],
    [refused('not-found'), keyWith({ cloud: 'exoscale' })],
    [new TypeError('ours'), keyWith()],
  ] as const)
    expect(withPermissionHint(error, key)).toBe(error)
})

test('a change without an answer may have been made, and nothing else claims so', () => {
  const lost = new CallError({ reason: 'gateway', message: 'Too slow.', advice: 'Again.', method: 'POST', path: '/x' })
  const { title, error } = failedChangeMessage(lost, keyWith(), 'Not rotated.')
  expect(title).toBe('The result is unknown.')
  expect(detailsOf(error)).toMatchObject({ message: 'Too slow.', advice: expect.stringMatching(/check it before/) })
  expect(failedChangeMessage(refused('state'), keyWith(), 'Not rotated.').title).toBe('Not rotated.')
})
