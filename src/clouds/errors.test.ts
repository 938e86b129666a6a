import { describe, expect, test } from 'vitest'
import { CallError, type CallErrorDetails, detailsOf, mayHaveSucceeded } from './errors.ts'
import { transportOf } from './exoscale/connection.ts'
import { readError as readExoscale } from './exoscale/errors.ts'
import { readError as readThalassa } from './thalassa/errors.ts'

describe('error answers of Thalassa', () => {
  test.each([
    [409, 'a kms key with this slug already exists', 'name-taken', 'name'],
    [404, 'kms key not found', 'not-found', undefined],
    [400, 'kms key is disabled', 'state', undefined],
    [400, 'plaintext must be between 1 and 65535 bytes', 'invalid', 'plaintext'],
    [400, 'rotationPeriodInDays must be between 1 and 3650', 'invalid', 'rotationPeriod'],
    [400, 'invalid ciphertext', 'invalid', 'ciphertext'],
    [400, 'key version 9 does not exist', 'invalid', 'keyVersion'],
    [403, 'KMS is not enabled for this organisation', 'feature-off', undefined],
    [503, 'KMS is not available in this region', 'unavailable', undefined],
    [401, 'unauthorized', 'unauthorized', undefined],
  ])('%d %s', (status, message, reason, field) => {
    const refusal = readThalassa(status, { message })
    expect(refusal.reason).toBe(reason)
    expect(refusal.field).toBe(field)
    expect(refusal.message.toLowerCase()).toContain(message.toLowerCase())
    expect(refusal.advice).not.toBe('')
  })

  test.each([undefined, null, '<html>', [], { message: 7 }])('a body of %j is tolerated', (body) => {
    expect(readThalassa(500, body).message).toBe('Thalassa Cloud answered 500.')
  })
})

describe('error answers of Exoscale, in every published revision', () => {
  const problem = (title: string, detail: string) => ({ type: '#/http-problem-types/x', title, status: 400, detail })

  test.each([
    [404, 'Key Not Found', 'there is no such key in this zone', 'not-found'],
    [400, 'Key Not Found', 'there is no such key in this zone', 'not-found'],
    [409, 'Name Conflict', 'a key of this name already exists', 'name-taken'],
    [400, 'Name Conflict', 'a key of this name already exists', 'name-taken'],
    [409, 'Conflict', 'automatic rotation is already enabled', 'state'],
    [400, 'Conflict', 'automatic rotation is already enabled', 'state'],
    [400, 'Key is Disabled', 'the key is disabled', 'state'],
    [400, 'Manual Rotation Limit', 'all 10 manual rotations are used', 'limit'],
    [400, 'Bad Request', 'decryption failed', 'invalid'],
    [400, 'Not on Default', 'the default key can’t be disabled', 'managed'],
    [400, 'Not on Replica', 'only the primary can be rotated', 'state'],
    [400, 'Not on a Replica', 'only the primary can be rotated', 'state'],
    [400, 'Not Multizone', 'the key is in one zone', 'state'],
    [400, 'Invalid Argument', 'zone must be the name of a zone', 'invalid'],
    [400, 'Invalid Usage', 'the key does not encrypt', 'state'],
    [400, 'Quota Exceeded', 'ch-gva-2 already holds 1000 keys', 'limit'],
  ])('%d %s', (status, title, detail, reason) => {
    expect(readExoscale(status, problem(title, detail)).reason).toBe(reason)
  })

  test.each([
    ['Not on Default', /the organisation’s default key, managed by Exoscale/],
    ['Not on Replica', /on the primary, in the key’s origin zone/],
    ['Not on a Replica', /on the primary, in the key’s origin zone/],
    ['Not Multizone', /chosen at creation/],
    ['Quota Exceeded', /A zone holds 1,000 keys, replicas not counted/],
    ['Manual Rotation Limit', /Automatic rotation continues/],
  ])('%s says the way out', (title, advice) => {
    expect(readExoscale(400, problem(title, 'no')).advice).toMatch(advice)
  })

  test('a 403 may be the clock, the key or the role: looked at in that order', () => {
    for (const message of ['Invalid request signature', 'Forbidden by role policy for kms', 'KMS is not enabled'])
      expect(readExoscale(403, { message }).advice).toMatch(/clock.*API key.*role/)
  })

  test('status and detail may be missing, and what is wrong may be a list of objects or of texts', () => {
    expect(
      readExoscale(400, { type: '#/x', title: 'Invalid Request Body', errors: [{ detail: 'name is empty' }] }),
    ).toEqual(expect.objectContaining({ message: 'Invalid Request Body. name is empty.' }))
    expect(readExoscale(422, { title: 'Invalid Request Body', errors: ['name is empty'] }).reason).toBe('invalid')
    expect(readExoscale(400, { message: 'no', errors: [{ message: 'role-id is unknown' }] }).message).toBe(
      'No. role-id is unknown.',
    )
  })

  test('the place of a validation failure names the field', () => {
    const body = {
      title: 'Invalid Request Body',
      errors: [{ location: "$['rotation-period']", detail: 'must be at least 90' }],
    }
    const refusal = readExoscale(400, body)
    expect(refusal.field).toBe('rotationPeriod')
    expect(refusal.message).toContain('rotation-period: must be at least 90')
  })

  test('the older bodies', () => {
    expect(readExoscale(403, { message: 'Invalid request signature' })).toMatchObject({
      reason: 'unauthorized',
      message: 'Invalid request signature.',
    })
    expect(readExoscale(500, { error: 'boom' }).message).toBe('Boom.')
    expect(readExoscale(422, { title: 'Invalid', errors: ['name is empty'] }).message).toContain('name is empty.')
    expect(readExoscale(500, 'plain text').message).toBe('Exoscale answered 500.')
  })

  test('each zone has its own place at the gateway', () => {
    expect(transportOf('de-fra-1').gatewayPath('/v2/kms-key')).toBe('/api/exoscale/de-fra-1/kms-key')
  })
})

describe('a change that failed', () => {
  const failure = (details: Partial<CallErrorDetails>) =>
    new CallError({ reason: 'other', message: '', advice: '', method: 'POST', path: '/v2/api-key', ...details })

  test.each<[boolean, Partial<CallErrorDetails>]>([
    [true, { reason: 'network' }],
    [true, { reason: 'gateway', status: 504 }],
    [true, { reason: 'other', status: 500 }],
    [true, { reason: 'broken-answer', status: 200 }],
    [false, { reason: 'unavailable', status: 503 }],
    [false, { reason: 'unauthorized', status: 403 }],
    [false, { reason: 'unauthorized', status: 502 }],
    [false, { reason: 'invalid', status: 400 }],
    [false, { reason: 'rate-limited', status: 429 }],
    [false, { reason: 'read-only', status: 403 }],
  ])('may have been made: %s for %o', (may, details) => {
    expect(mayHaveSucceeded(failure(details))).toBe(may)
  })

  test('was never sent where the console itself failed', () => {
    expect(mayHaveSucceeded(new TypeError('x'))).toBe(false)
  })
})

test('code that could not be fetched is told apart from a fault of the console', () => {
  const missing = new TypeError('Failed to fetch dynamically imported module: http://127.0.0.1:8300/assets/x.js')
  expect(detailsOf(missing)).toMatchObject({ message: 'A part of the console could not be loaded.', method: '' })
  expect(detailsOf(new TypeError('x is not a function')).message).toBe('The console failed.')
  expect(mayHaveSucceeded(missing)).toBe(false)
})
