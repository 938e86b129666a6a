import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSealer } from './sealed.ts'

const now = Date.UTC(2026, 10, 30)
const sealer = openSealer(['a secret of this test'])

test('opens what it has sealed, for its purpose, until its end', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, purpose) => {
      const text = sealer.seal(purpose, value, now + 1000)
      expect(text).toMatch(/^[\w-]+$/)
      expect(sealer.open(purpose, text, now)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(sealer.open(`${purpose}.`, text, now)).toBeUndefined()
      expect(sealer.open(purpose, text, now + 1000)).toBeUndefined()
    }),
  )
})

test('opens nothing with a changed bit, of another secret, or that is no sealed text', () => {
  const text = sealer.seal('session', { name: 'Ada' }, now + 1000)
  const bytes = Buffer.from(text, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(sealer.open('session', changed.toString('base64url'), now)).toBeUndefined()
  }
  expect(openSealer(['another secret']).open('session', text, now)).toBeUndefined()
  fc.assert(fc.property(fc.string({ maxLength: 5000 }), (any) => sealer.open('session', any, now) === undefined))
  expect(sealer.open('session', text.slice(0, 20), now)).toBeUndefined()
})

test('a replaced secret still opens, and no longer seals', () => {
  const before = sealer.seal('session', 'kept', now + 1000)
  const both = openSealer(['a new secret', 'a secret of this test'])
  expect(both.open('session', before, now)).toBe('kept')
  expect(sealer.open('session', both.seal('session', 'new', now + 1000), now)).toBeUndefined()
})
