import { expect, test } from 'vitest'
import { openSecretTable } from './secret-table.ts'

test('finds the value of a whole secret, whatever its length', () => {
  const find = openSecretTable([
    { secret: 'long-secret', value: 'long' },
    { secret: 'short', value: 'short' },
    { secret: 'sécret', value: 'accent' },
  ])
  expect(['long-secret', 'short', 'sécret'].map(find)).toEqual(['long', 'short', 'accent'])
})

test.each(['', 'shor', 'short ', 'short\0', 'Short', 'secret', 'sécrett', 'séééééééé', 'x'.repeat(70_000)])(
  'finds nothing for %j',
  (given) => {
    const find = openSecretTable([
      { secret: 'short', value: 1 },
      { secret: 'sécret', value: 2 },
    ])
    expect(find(given)).toBeUndefined()
  },
)

test('compares no more than the bytes of a character that do not fit', () => {
  const find = openSecretTable([{ secret: 'aé', value: 1 }])
  expect(find('aéé')).toBeUndefined()
})

test('finds nothing without secrets', () => {
  const find = openSecretTable([])
  expect([find(''), find('x')]).toEqual([undefined, undefined])
})
