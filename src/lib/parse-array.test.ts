import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseArrayInSteps } from './parse-array.ts'
import { runToEnd } from './time-slicing.ts'

function parsed(text: string) {
  const blocks: (readonly unknown[])[] = []
  runToEnd(parseArrayInSteps(new TextEncoder().encode(text), (some) => blocks.push(some)))
  return blocks
}

/** Text that is longer than several blocks, and holds what looks like the end of an item. */
const tricky = { id: 'a},{"id":"b', nested: [{ no: 1 }, { no: 2 }], text: 'é"\\},{"id":'.repeat(50) }
const many = Array.from({ length: 2000 }, (_, index) => ({ ...tricky, index }))

test.each([
  ['compact', JSON.stringify(many), true],
  ['with a mark of the byte order', `\ufeff${JSON.stringify(many)}`, true],
  [
    'whose items hold some that begin alike',
    JSON.stringify(many.map((item) => ({ id: 1, items: [item, item] }))),
    true,
  ],
  ['over several lines', JSON.stringify(many, null, 2), false],
  ['of nested items alone', JSON.stringify([{ id: 1, items: many }]), false],
  ['of numbers', JSON.stringify(many.map(({ index }) => index)), false],
  ['empty', ' [ ] ', false],
])('a list %s', (_, text, inBlocks) => {
  const blocks = parsed(text)
  expect(blocks.flat()).toEqual(JSON.parse(text.replace('\ufeff', '')))
  expect(blocks.length > 3).toBe(inBlocks)
})

test('any list is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1), (list, indent) => {
      const text = JSON.stringify(list, null, indent)
      expect(parsed(text).flat()).toEqual(JSON.parse(text))
    }),
  )
})

const whole = JSON.stringify(many)
test.each(['', '{}', 'null', '[1', '[1]]', '[1,]', whole.slice(0, -1), `${whole}]`, whole.replace('"index":1000', '')])(
  'what is no list is refused (%#)',
  (text) => {
    expect(() => parsed(text)).toThrow(SyntaxError)
  },
)
