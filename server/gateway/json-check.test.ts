import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createJsonCheck } from './json-check.ts'

/** Whether the check accepts the bytes, given in chunks of `size`. */
const accepts = (bytes: Uint8Array, size = bytes.length): boolean => {
  const check = createJsonCheck()
  for (let at = 0; at < bytes.length; at += size) if (!check.add(bytes.subarray(at, at + size))) return false
  return check.isComplete()
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** As a browser reads the same bytes; a byte order mark is no part of JSON. */
const isJson = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
    return true
  } catch {
    return false
  }
}

const numbers = ['0', '-0', '12', '-1.5', '1e9', '2E-7', '3.25e+10']
const wrongNumbers = ['01', '+1', '.5', '1.', '-', '1e', '0x10', 'NaN', 'Infinity', '1_000', '1-2']

test.each([
  ...numbers,
  ...['true', 'false', 'null', '""', '"\\u00e9\\n\\/\\""', '"é€😀"', '[]', '{}', ' [ 1 , { "a" : [ ] } ] \r\n'],
  '[["a"],{"b":{"c":null}}]',
])('accepts %s', (text) => {
  expect(accepts(bytesOf(text))).toBe(true)
  expect(accepts(bytesOf(text), 1)).toBe(true)
})

test.each([
  ...wrongNumbers,
  ...['', ' ', '<html>', 'tru', 'nulls', '"', '"a', '"\\x"', '"\\u12g4"', '"\n"', "'a'", '[', '[1', '[1,]', '[,1]'],
  ...['{', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '{1:2}', '[1}', '{"a":1]', '[1] [2]', '1 2', '[1]]', ',', ']'],
  ...['// 1', '[1 2]', '{"a" 1}', '{"a":1 "b":2}', '\uFEFF{}', '{"a":"<script>'],
])('refuses %j', (text) => {
  expect(accepts(bytesOf(text))).toBe(false)
  expect(accepts(bytesOf(text), 1)).toBe(false)
})

test('refuses what is nested deeper than 64 levels', () => {
  const nested = (levels: number) => bytesOf('['.repeat(levels) + ']'.repeat(levels))
  expect(accepts(nested(64))).toBe(true)
  expect(accepts(nested(65))).toBe(false)
})

test('agrees with JSON.parse on damaged JSON, however it is cut into chunks', () => {
  const damaged = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...bytesOf('"\\{}[]:,.-+e0tu \n\0é')))),
    )
    .map(([text, changes]) => {
      const bytes = bytesOf(text)
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte
      return bytes
    })
  fc.assert(
    fc.property(damaged, fc.integer({ min: 1, max: 9 }), (bytes, size) => {
      expect(accepts(bytes, size)).toBe(isJson(bytes))
    }),
    { numRuns: 1000 },
  )
})
