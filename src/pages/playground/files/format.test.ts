import { describe, expect, test } from 'vitest'
import {
  decryptedName,
  encryptedName,
  formatDuration,
  formatExactSize,
  formatSize,
  formatSpeed,
  freeSpaceRefusal,
} from './format.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [65_536, '65.5 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [1_073_741_824, '1.07 GB'],
  [5_000_000_000_000, '5 TB'],
])('%i bytes read as %s', (bytes, words) => expect(formatSize(bytes)).toBe(words))

test('exact sizes name the bytes once', () => {
  expect(formatExactSize(12)).toBe('12 bytes')
  expect(formatExactSize(1_073_741_824)).toBe('1.07 GB, 1,073,741,824 bytes')
})

test.each([
  [0, '0 B/s'],
  [310_400_000, '310 MB/s'],
])('a speed of %i', (speed, words) => expect(formatSpeed(speed)).toBe(words))

test.each([
  [200, 'less than a second'],
  [12_300, '12 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [7_200_000, '2 h'],
  [7_440_000, '2 h 4 min'],
])('%i ms read as %s', (span, words) => expect(formatDuration(span)).toBe(words))

describe('names', () => {
  test.each([
    ['a.pdf.age', 'a.pdf'],
    ['A.AGE', 'A'],
    ['a.pdf', 'a.pdf.decrypted'],
    ['.age', '.age.decrypted'],
  ])('%s decrypts to %s', (name, plain) => expect(decryptedName(name)).toBe(plain))
  test('encrypting adds the ending', () => expect(decryptedName(encryptedName('x.tar'))).toBe('x.tar'))
})

test('room is only refused where the browser tells of too little', () => {
  expect(freeSpaceRefusal(undefined, 10)).toBeUndefined()
  expect(freeSpaceRefusal(10, 10)).toBeUndefined()
  expect(freeSpaceRefusal(2_000_000, 3_000_000)).toBe(
    'The result needs 3 MB, and this browser has 2 MB left for this console.',
  )
})
