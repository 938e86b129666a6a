import { describe, expect, test } from 'vitest'
import { endpoints } from '../../../../src/clouds/exoscale/endpoints.ts'
import { apiRevisions } from '../../../../src/clouds/exoscale/revisions.ts'
import { assertContract, type Exchange } from './testing/answers.ts'
import { createdKey } from './testing/keys.ts'
import { contractOf } from './testing/operations.ts'
import { edges, sample, violations } from './testing/requests.ts'
import { breaches, opened, type Schema } from './testing/schema.ts'
import { operationsOf, withBody } from './testing/targets.ts'

const found = (schema: Schema, value: unknown) => [...breaches(schema, value)]

describe('values are validated against their schema', () => {
  test.each<[Schema, unknown, string]>([
    [{ type: 'string' }, 1, 'the body is no string'],
    [{ type: 'string' }, null, 'the body is no string'],
    [{ type: 'string', enum: ['a', 'b'] }, 'c', 'the body is not one of a, b'],
    [{ type: 'string', minLength: 1 }, '', 'the body is shorter than 1'],
    [{ type: 'string', maxLength: 1 }, '🔑x', 'the body is longer than 1'],
    [{ type: 'string', format: 'uuid' }, 'x', 'the body is no uuid'],
    [{ type: 'string', format: 'date-time' }, '', 'the body is no date-time'],
    [{ type: 'string', format: 'date-time' }, '2026-01-01T00:00:00+01:00', 'the body is no date-time'],
    [{ type: 'string', format: 'date-time' }, '2026-13-01T00:00:00Z', 'the body is no date-time'],
    [{ type: 'string', format: 'byte' }, 'aGVsbG8', 'the body is no byte'],
    [{ type: 'string', format: 'uri-reference' }, 'http://', 'the body is no uri-reference'],
    [{ type: 'integer' }, 1.5, 'the body is no integer'],
    [{ type: 'integer', minimum: 7 }, 6, 'the body is below 7'],
    [{ type: 'integer', maximum: 7 }, 8, 'the body is above 7'],
    [{ type: 'integer', exclusiveMinimum: 0 }, 0, 'the body is not above 0'],
    [{ type: 'boolean' }, 'true', 'the body is no boolean'],
    [{ type: 'array', items: { type: 'string' } }, {}, 'the body is no array'],
    [{ type: 'array', items: { type: 'string' } }, ['a', 1], '1 is no string'],
    [{ type: 'array', items: { type: 'string' }, uniqueItems: true }, ['a', 'a'], 'the body repeats an item'],
    [{ type: 'object' }, [], 'the body is no object'],
    [{ type: 'object', required: ['a'], properties: { a: { type: 'string' } } }, {}, 'a is missing'],
    [{ type: 'object', properties: { a: { type: 'string' } } }, { a: null }, 'a is no string'],
    [{ type: 'object', properties: {} }, { b: 1 }, 'b is described nowhere'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, { b: 1 }, 'b is no string'],
  ])('%j refuses %j', (schema, value, breach) => {
    expect(found(schema, value)).toEqual([breach])
  })

  test.each<[Schema, unknown]>([
    [{ type: 'string', nullable: true }, null],
    [{ type: 'string', maxLength: 1 }, '🔑'],
    [{ type: 'string', format: 'byte' }, ''],
    [{ type: 'string', format: 'date-time' }, '2026-06-23T12:08:27.566894214Z'],
    [{ type: 'string', format: 'date-time' }, '2026-06-23T12:08:27Z'],
    [{ type: 'integer', minimum: 7, maximum: 7 }, 7],
    [{ type: 'object', additionalProperties: true }, { anything: [null] }],
  ])('%j takes %j', (schema, value) => {
    expect(found(schema, value)).toEqual([])
  })
})

test.each(apiRevisions)('every operation of %s has a contract, with a schema for the id in its path', (revision) => {
  for (const id of operationsOf(revision))
    expect('id' in contractOf(revision, id)).toBe(endpoints[id].path.includes('/:'))
})

describe.each(['2026-07', '2026-11'] as const)('bodies made from a schema of %s', (revision) => {
  test.each(withBody(revision))('%s: the sample and its edge cases are valid, violations are not', (_, schema) => {
    const valid = sample(schema)
    expect(found(schema, valid)).toEqual([])
    for (const { at, what, value } of edges(schema, valid))
      expect(found(opened(schema), value), `${at.join('.')} ${what}`).toEqual([])
    for (const { at, what, value } of violations(schema, valid))
      expect(found(schema, value), `${at.join('.')} ${what}`).not.toEqual([])
  })

  test('every member of every request has a violation', () => {
    const count = Object.fromEntries(
      withBody(revision).map(([id, schema]) => [
        id,
        new Set([...violations(schema, sample(schema))].map(({ at }) => at.join('.'))).size,
      ]),
    )
    const members =
      revision === '2026-07' ? { 'create-kms-key': 5, 're-encrypt': 8 } : { 'create-kms-key': 10, verify: 5 }
    expect(count).toMatchObject({ ...members, 'replicate-kms-key': 2 })
  })
})

describe('the hook', () => {
  const key = sample(createdKey)
  const exchange: Exchange = {
    method: 'POST',
    target: '/zone/de-fra-1/v2/kms-key',
    status: 200,
    type: 'application/json; charset=utf-8',
    text: JSON.stringify(key),
  }
  const problem = { type: '#/http-problem-types/conflict', title: 'Conflict', status: 400, detail: 'x' }
  const first = { ...problem, status: 409, instance: '/zone/de-fra-1/v2/kms-key' }
  const refusal = { status: 400, type: 'application/problem+json' }

  test.each<[string, Partial<Exchange>, RegExp]>([
    ['a member that is described nowhere', { text: JSON.stringify(Object.assign({ x: 1 }, key)) }, /x is described no/],
    ['a member too few', { text: '{}' }, /id is missing/],
    ['the other revision’s status', { status: 201 }, /status 201 is described nowhere/],
    ['another media type', { type: 'text/plain' }, /text\/plain is not the media type/],
    ['no JSON', { text: '' }, /the body is no object/],
    [
      'a problem without a detail',
      { ...refusal, text: JSON.stringify({ ...problem, detail: undefined }) },
      /detail is mi/,
    ],
    [
      'the other revision’s problem',
      { ...refusal, text: JSON.stringify({ ...problem, instance: '/' }) },
      /instance is/,
    ],
    ['a failure', { status: 500, text: '{"message":"x"}' }, /status 500 is described nowhere/],
    [
      'a problem of an unknown type',
      { ...refusal, text: JSON.stringify({ ...problem, type: '#/http-problem-types/toString' }) },
      /type #\/http-problem-types\/toString is in no catalogue/,
    ],
    [
      'another title',
      { ...refusal, text: JSON.stringify({ ...problem, title: 'Clash' }) },
      /title is Clash, not Conflict/,
    ],
    [
      'another status inside',
      { ...refusal, text: JSON.stringify({ ...problem, status: 409 }) },
      /status is 409, not 400/,
    ],
    ['an answer where there is nothing', { target: '/v2/nothing' }, /status 200 is described nowhere/],
  ])('refuses %s', (_, change, words) => {
    expect(() => assertContract({ ...exchange, ...change }, '2026-07')).toThrow(words)
  })

  test('accepts answers of the contract', () => {
    expect(() => assertContract(exchange, '2026-07')).not.toThrow()
    expect(() => assertContract({ ...exchange, ...refusal, text: JSON.stringify(problem) }, '2026-07')).not.toThrow()
    const created = { ...exchange, status: 201, text: JSON.stringify(Object.assign({ policy: '' }, key)) }
    expect(() => assertContract(created, 'reference')).not.toThrow()
    const taken = { ...exchange, ...refusal, status: 409, text: JSON.stringify(first) }
    expect(() => assertContract(taken, 'reference')).not.toThrow()
    expect(() => assertContract({ ...taken, target: '/v2/kms-key' }, 'reference')).toThrow(/instance is/)
    expect(() => assertContract({ ...taken, status: 404 }, 'reference')).toThrow(
      /status is 409, and the answer's is 404/,
    )
  })
})
