import { expect, it } from 'vitest'
import { readCiphertextFile } from './ciphertext-file.ts'

it('takes the text of a file, or the base64 of its bytes', async () => {
  expect(await readCiphertextFile(new Blob(['thalassa:v1:AAEC\n']))).toBe('thalassa:v1:AAEC\n')
  expect(await readCiphertextFile(new Blob([new Uint8Array([0xff, 0, 1])]))).toBe('/wAB')
})

it('takes of an age file the header alone, however long the file is', async () => {
  const header = 'age-encryption.org/v1\n-> X25519 abc\nYWJj'
  const content = new Uint8Array(1 << 19).fill(0x2d)
  expect(await readCiphertextFile(new Blob([`${header}\n--- bWFj\n`, content]))).toBe(header)
})

it('takes nothing that is too large', async () => {
  expect(await readCiphertextFile(new Blob([new Uint8Array((1 << 18) + 1)]))).toBeUndefined()
})
