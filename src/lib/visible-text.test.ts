import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test.each([
  ['two blanks', 'billing  archive', 'billing archive'],
  ['a no-break space', 'billing\u{a0}archive', 'billing archive'],
  ['an ideographic space and a tab', 'billing\u{3000}\tarchive', 'billing archive'],
  ['a filler that looks like a blank', 'billing\u{3164}archive', 'billing archive'],
  ['blanks at the ends', ' tail\u{a0}\n', 'tail'],
  ['decomposed letters', 'Schlu\u{308}ssel', 'Schl\u{fc}ssel'],
  ['a zero-width space', 'bill\u{200b}ing', 'billing'],
  ['a byte order mark', '\u{feff}billing', 'billing'],
  ['a letter apart from its accent by a joiner', 'caf\u{200d}e\u{301}', 'caf\u{e9}'],
  ['marks of direction', '\u{202e}billing\u{202c}', 'billing'],
  ['a control character', 'bill\u{7}ing', 'billing'],
  ['a lone surrogate, shown as a replacement character', 'bill\u{d800}ing', 'bill\u{fffd}ing'],
  ['nothing that is seen', '\u{200b} \u{feff}', ''],
])('%s', (_, name, typed) => {
  expect(visibleText(name)).toBe(typed)
})

test('letters that only look alike, and capitals, stay different', () => {
  expect(visibleText('b\u{456}lling')).not.toBe(visibleText('billing'))
  expect(visibleText('Billing')).not.toBe(visibleText('billing'))
})

test('what is seen is seen the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visibleText(visibleText(text))).toBe(visibleText(text))
    }),
    { numRuns: 200 },
  )
})
