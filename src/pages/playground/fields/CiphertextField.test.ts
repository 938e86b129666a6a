import { expect, it } from 'vitest'
import { readCiphertextFile } from './CiphertextField.tsx'

it('a ciphertext file is read as text, or as the base64 of its bytes', async () => {
  expect(await readCiphertextFile(new Blob(['thalassa:v1:AAEC\n']))).toBe('thalassa:v1:AAEC\n')
  expect(await readCiphertextFile(new Blob([new Uint8Array([0xff, 0, 1])]))).toBe('/wAB')
})

it('of an age file only the header is read, however long the file is', async () => {
  const header = 'age-encryption.org/v1\n-> X25519 abc\nYWJj'
  const content = new Uint8Array(1 << 19).fill(0x2d)
  expect(await readCiphertextFile(new Blob([`${header}\n--- bWFj\n`, content]))).toBe(header)
})

it('a file that is too large for a ciphertext is not read', async () => {
  expect(await readCiphertextFile(new Blob([new Uint8Array((1 << 18) + 1)]))).toBeUndefined()
})
