import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { quickParse, undecided } from './quick-parser.ts'

const Item = z.object({
  id: z.string(),
  size: z.number(),
  on: z.boolean(),
  note: z.optional(z.string()),
  labels: z.optional(z.record(z.string(), z.string())),
  parts: z.nullable(z.array(z.object({ no: z.number() }))),
  rest: z.optional(z.unknown()),
})

const whole = {
  id: 'a',
  size: 1,
  on: true,
  note: 'n',
  labels: { env: 'prod' },
  parts: [{ no: 1 }, { no: 2, more: 'x' }],
  rest: { any: ['thing'] },
  extra: 'x',
}

test('what it decides is what the schema gives, whatever the value', () => {
  const member = fc.oneof(fc.jsonValue(), fc.constant([{ no: 3 }]), fc.constant(Number.POSITIVE_INFINITY))
  const changes = fc.dictionary(fc.constantFrom(...Object.keys(whole)), member, { maxKeys: 2 })
  fc.assert(
    fc.property(fc.oneof(changes, fc.jsonValue()), fc.subarray(Object.keys(whole)), (changed, absent) => {
      const isChange = typeof changed === 'object' && changed !== null && !Array.isArray(changed)
      const value: unknown = isChange ? { ...whole, ...changed } : changed
      if (isChange && typeof value === 'object' && value !== null)
        for (const name of absent) if (name !== 'size') Reflect.deleteProperty(value, name)
      const quick = quickParse(Item, value)
      if (quick !== undecided) expect(quick).toEqual(z.parse(Item, value))
    }),
  )
})

test('it decides a value that matches, and leaves out what the schema does not name', () => {
  expect(quickParse(Item, whole)).toEqual(z.parse(Item, whole))
  const { note: _n, labels: _l, rest: _r, ...required } = whole
  expect(quickParse(Item, required)).toEqual(z.parse(Item, required))
})

test.each([
  ['a member of another type', { ...whole, size: '1' }],
  ['a member that is absent', { ...whole, id: undefined }],
  ['null for a member', { ...whole, note: null }],
  ['null for a list', { ...whole, parts: null }],
  ['null deep in anything', { ...whole, rest: { any: [null] } }],
  ['no object', [whole]],
])('%s is left to the schema', (_, value) => {
  expect(quickParse(Item, value)).toBe(undecided)
})

test.each([
  ['a format', z.email()],
  ['a check', z.string().check(z.minLength(1))],
  ['a transformation', z.pipe(z.string(), z.transform(Number))],
  ['a choice', z.enum(['a', 'b'])],
  ['other members that are checked', z.catchall(z.object({}), z.string())],
])('a schema with %s decides nothing', (_, schema) => {
  for (const value of ['a', 'a@b.test', {}]) expect(quickParse(schema, value)).toBe(undecided)
})
