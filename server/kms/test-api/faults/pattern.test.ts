import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from './pattern.ts'

test.each([
  ['/v1/kms/*/keys', '/v1/kms/nl-01/keys', true],
  ['/v1/kms/*/keys', '/v1/kms/nl-01/keys/kms-1', false],
  ['/v1/kms/*/keys', '/v1/kms/nl/01/keys', false],
  ['**/keys', '/v1/kms/nl-01/keys', true],
  ['**/keys', '/v1/kms/nl-01/keys/', false],
  ['/v1/**', '/v1/', true],
  ['/v1/**', '/v2/', false],
  ['**', '', true],
  ['/zone/*/v2/kms-key*', '/zone/ch-gva-2/v2/kms-key', true],
  ['/zone/*/v2/kms-key*', '/zone/ch-gva-2/v2/kms-key/1', false],
  ['/v2/api-key/**:policy', '/v2/api-key/a/b:policy', true],
  ['/a.c', '/abc', false],
  ['/v1/audit?page=2**', '/v1/audit?page=2&x=1', true],
])('%s on %s: %s', (pattern, text, fits) => {
  expect(compilePattern(pattern)(text)).toBe(fits)
})

/** Reference implementation: slow and simple. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern.startsWith('**'))
    return Array.from({ length: text.length + 1 }, (_, skipped) => skipped).some((skipped) =>
      fits(pattern.slice(2), text.slice(skipped)),
    )
  if (pattern.startsWith('*'))
    return fits(pattern.slice(1), text) || (text !== '' && !text.startsWith('/') && fits(pattern, text.slice(1)))
  return text !== '' && text[0] === pattern[0] && fits(pattern.slice(1), text.slice(1))
}

test('agrees with the reference implementation', () => {
  const letters = fc.constantFrom('a', 'b', '/')
  const pattern = fc
    .array(fc.oneof(letters, fc.constantFrom('*', '**')), { maxLength: 7 })
    .map((parts) => parts.join(''))
  const text = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      expect(compilePattern(one)(other)).toBe(fits(one, other))
    }),
    { numRuns: 2000, seed: 20261129 },
  )
})

test('the work grows with the lengths, not with the number of possible matches', () => {
  const hostile = compilePattern(`/${'**a'.repeat(66)}`)
  expect(hostile(`/${'a'.repeat(2000)}b`)).toBe(false)
  expect(compilePattern('**')('x'.repeat(2049))).toBe(false)
})
