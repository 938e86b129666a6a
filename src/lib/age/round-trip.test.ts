import { Decrypter, Encrypter, Stanza } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AgeError, ageProblemOf } from './age-error.ts'
import { decrypt } from './decrypt.ts'
import { encrypt } from './encrypt.ts'
import { readHeader, type StanzaParts } from './header.ts'
import { hasNativeCipher } from './native.ts'
import type { Read } from './read-blob.ts'
import { CHUNK, payloadSize, SEALED_CHUNK } from './stream.ts'

const TYPE = 'test/v1'
/** As a key server would: what it gives out is not the file key. */
const mask = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a)
const stanzaFor = (fileKey: Uint8Array): StanzaParts => ({ args: [TYPE, 'key=1'], body: mask(fileKey) })

function collector() {
  const parts: Uint8Array<ArrayBuffer>[] = []
  return {
    sink: { write: (bytes: Uint8Array) => void parts.push(new Uint8Array(bytes)) },
    bytes: () => {
      const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
      let at = 0
      for (const part of parts) {
        all.set(part, at)
        at += part.length
      }
      return all
    },
  }
}

async function encrypted(plain: Uint8Array<ArrayBuffer>, libraryOnly = false): Promise<Uint8Array<ArrayBuffer>> {
  const { sink, bytes } = collector()
  await encrypt(new Blob([plain]), async (fileKey) => stanzaFor(fileKey), { sink, libraryOnly })
  return bytes()
}

async function fileKeyOf(file: Blob) {
  const { stanzas } = await readHeader(file)
  return new Uint8Array(mask(stanzas[0]?.body ?? new Uint8Array()))
}

async function decrypted(bytes: Uint8Array<ArrayBuffer>, libraryOnly = false): Promise<Uint8Array> {
  const file = new Blob([bytes])
  const { sink, bytes: result } = collector()
  await decrypt(file, await fileKeyOf(file), { sink, libraryOnly })
  return result()
}

async function encryptedByLibraryAlone(plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter()
  encrypter.addRecipient({ wrapFileKey: (key) => [new Stanza([TYPE, 'key=1'], mask(key))] })
  return new Uint8Array(await encrypter.encrypt(plain))
}

function decryptedByLibraryAlone(file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity({ unwrapFileKey: ([stanza]) => (stanza ? mask(stanza.body) : null) })
  return decrypter.decrypt(file)
}

const some = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff)
const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const textOf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

/** What is wrong with the file, or `undefined` when it opens. */
const problemWith = async (bytes: Uint8Array<ArrayBuffer>, libraryOnly = false) => {
  try {
    await decrypted(bytes, libraryOnly)
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(AgeError)
    return ageProblemOf(error)
  }
}

const sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 20 * CHUNK + 7]

test('this platform has the cipher, so that both paths are tested', async () => {
  expect(await hasNativeCipher()).toBe(true)
})

describe.each(sizes)('a file of %i bytes', (size) => {
  const plain = some(size)
  const makers = {
    'the platform': () => encrypted(plain),
    'the library as fallback': () => encrypted(plain, true),
    'the library alone': () => encryptedByLibraryAlone(plain),
  }
  const openers = {
    'the platform': (file: Uint8Array<ArrayBuffer>) => decrypted(file),
    'the library as fallback': (file: Uint8Array<ArrayBuffer>) => decrypted(file, true),
    'the library alone': decryptedByLibraryAlone,
  }
  test.each(Object.entries(makers))('made by %s opens everywhere', async (_name, make) => {
    const file = await make()
    const { bytes: header } = await readHeader(new Blob([file]))
    expect(file.length).toBe(header.length + payloadSize(size))
    for (const open of Object.values(openers)) expect(same(await open(file), plain)).toBe(true)
  })
})

test('each file has a file key, a salt and so a ciphertext of its own', async () => {
  const [one, other] = [await encrypted(some(10)), await encrypted(some(10))]
  expect(same(one, other)).toBe(false)
})

describe('what is wrong is found out', () => {
  const header = async (bytes: Uint8Array<ArrayBuffer>) => (await readHeader(new Blob([bytes]))).bytes.length
  const altered = (bytes: Uint8Array<ArrayBuffer>, at: number, bit = 1) => {
    const copy = bytes.slice()
    copy[at] = (copy[at] ?? 0) ^ bit
    return copy
  }

  test.each([false, true])('any bit of a small file, library only: %s', async (libraryOnly) => {
    const file = await encrypted(some(40))
    for (let at = 0; at < file.length; at++) {
      for (const bit of [1, 0x80]) expect(await problemWith(altered(file, at, bit), libraryOnly)).toBeDefined()
    }
  })

  test('any byte of a file of several chunks, and any cut', async () => {
    const file = await encrypted(some(2 * CHUNK + 100))
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        expect(await problemWith(altered(file, at, bits))).toBeDefined()
        expect(await problemWith(file.slice(0, at))).toBeDefined()
      }),
      { numRuns: 60 },
    )
  })

  test.each([false, true])('nothing is lost unseen at a chunk’s border, library only: %s', async (libraryOnly) => {
    const file = await encrypted(some(3 * CHUNK))
    const start = file.length - 3 * SEALED_CHUNK
    for (const chunks of [0, 1, 2]) {
      const at = start + chunks * SEALED_CHUNK
      expect(await problemWith(file.slice(0, at), libraryOnly)).toMatchObject(
        libraryOnly ? { kind: 'cut-or-altered' } : { kind: 'cut', at },
      )
    }
  })

  test('where it is', async () => {
    const file = await encrypted(some(2 * CHUNK + 100))
    const start = file.length - payloadSize(2 * CHUNK + 100) + 16
    const third = start + 2 * SEALED_CHUNK
    expect(await problemWith(altered(file, start + 5))).toEqual({ kind: 'altered', from: start })
    expect(await problemWith(altered(file, third - 1))).toEqual({ kind: 'altered', from: start + SEALED_CHUNK })
    expect(await problemWith(altered(file, start - 1))).toEqual({ kind: 'altered', from: start })
    expect(await problemWith(new Uint8Array([...file, ...some(2 * CHUNK)]))).toEqual({ kind: 'altered', from: third })
    expect(await problemWith(altered(file, third))).toEqual({ kind: 'cut-or-altered', from: third, at: file.length })
    expect(await problemWith(file.slice(0, third + 50))).toEqual({
      kind: 'cut-or-altered',
      from: third,
      at: third + 50,
    })
    expect(await problemWith(file.slice(0, third + 9))).toEqual({ kind: 'cut', at: third + 9 })
    expect(await problemWith(file.slice(0, third))).toEqual({ kind: 'cut', at: third })
    expect(await problemWith(file.slice(0, start - 3))).toEqual({ kind: 'header-cut', at: start - 3 })
    expect(await problemWith(file.slice(0, 30))).toEqual({ kind: 'header-cut', at: 30 })
    expect(await problemWith(file.slice(0, 9))).toEqual({ kind: 'header-cut', at: 9 })
  })

  test.each([1, 16, 100, SEALED_CHUNK])('%i bytes behind the end of full chunks', async (more) => {
    const file = await encrypted(some(2 * CHUNK))
    const longer = new Uint8Array([...file, ...some(more)])
    expect(await problemWith(longer)).toEqual({ kind: 'trailing', from: file.length })
  })

  test('chunks of one file in another, or in another order', async () => {
    const plain = some(3 * CHUNK)
    const [one, other] = [await encrypted(plain), await encrypted(plain)]
    const start = one.length - 3 * SEALED_CHUNK
    const mixed = one.slice()
    mixed.set(other.subarray(start, start + SEALED_CHUNK), start)
    expect(await problemWith(mixed)).toEqual({ kind: 'altered', from: start })
    const swapped = one.slice()
    swapped.set(one.subarray(start, start + SEALED_CHUNK), start + SEALED_CHUNK)
    expect(await problemWith(swapped)).toEqual({ kind: 'altered', from: start + SEALED_CHUNK })
  })

  test('a header that another was put in place of', async () => {
    const file = await encrypted(some(10))
    const end = await header(file)
    // Another letter of base64, so that it is still read as one.
    const mac = file.slice()
    mac[end - 3] = mac[end - 3] === 0x41 ? 0x42 : 0x41
    expect(await problemWith(mac)).toEqual({ kind: 'header-altered' })
    const renamed = file.slice()
    renamed.set(bytesOf('key=2'), textOf(file).indexOf('key=1'))
    expect(await problemWith(renamed)).toEqual({ kind: 'header-altered' })
  })

  test.each([
    ['an empty file', '', { kind: 'empty' }],
    ['CRLF for each LF', 'age-encryption.org/v1\r\n-> X25519 abc\r\n', { kind: 'line-ends' }],
    ['a UTF-8 mark in front', '\xef\xbb\xbfage-encryption.org/v1\n-> X25519', { kind: 'byte-order-mark' }],
    ['text', 'hello', { kind: 'not-age' }],
    ['another version', 'age-encryption.org/v2\n', { kind: 'not-age' }],
    ['its text form', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl', { kind: 'armored' }],
    ['no stanza', 'age-encryption.org/v1\nhello\n--- abc\n', { kind: 'header-malformed' }],
    ['a stanza cut off', 'age-encryption.org/v1\n-> X25519 abc\n', { kind: 'header-cut', at: 36 }],
  ])('%s', async (_what, text, problem) => {
    expect(await problemWith(bytesOf(text))).toEqual(problem)
  })
})

describe('a file that is read other than it was', () => {
  /** Reads what is not in the blob: fewer of its bytes, or more behind them. */
  const reading = (length: (size: number) => number): Read =>
    async function* read(blob) {
      const bytes = new Uint8Array(length(blob.size))
      bytes.set(new Uint8Array(await blob.slice(0, bytes.length).arrayBuffer()))
      for (let at = 0; at < bytes.length; at += 100_000) yield bytes.slice(at, at + 100_000)
    }
  const short = (by: number) => reading((size) => Math.max(0, size - by))
  const longer = reading((size) => size + 1)
  const plain = some(5 * CHUNK + 100)
  const unreadable = { kind: 'unreadable' }

  /** What encrypting and decrypting it end with. */
  async function endsWith(read: Read, libraryOnly: boolean, content: Uint8Array<ArrayBuffer>, made: Blob) {
    const work = { sink: collector().sink, read, libraryOnly }
    const ended = await Promise.allSettled([
      encrypt(new Blob([content]), async (key) => stanzaFor(key), work),
      decrypt(made, await fileKeyOf(made), work),
    ])
    return ended.map((end) => (end.status === 'rejected' ? ageProblemOf(end.reason) : 'done'))
  }

  test.each([false, true])('ends at any byte before its size, library only: %s', async (libraryOnly) => {
    const made = new Blob([await encrypted(plain)])
    const refused = async (by: number) => {
      expect(await endsWith(short(by), libraryOnly, plain, made)).toEqual([unreadable, unreadable])
    }
    // Where chunks end, in the plaintext and in the encrypted file, and anywhere.
    for (const by of [100, 116, CHUNK + 100, SEALED_CHUNK + 116, plain.length]) await refused(by)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: plain.length }), refused), { numRuns: 8 })
  })

  test.each([false, true])('goes on behind its size, library only: %s', async (libraryOnly) => {
    for (const content of [plain, some(CHUNK), some(0)]) {
      const made = new Blob([await encrypted(content)])
      expect(await endsWith(longer, libraryOnly, content, made)).toEqual([unreadable, unreadable])
    }
  })

  test.each([false, true])('and whole, in parts of its own, library only: %s', async (libraryOnly) => {
    const made = new Blob([await encrypted(plain)])
    expect(await endsWith(short(0), libraryOnly, plain, made)).toEqual(['done', 'done'])
  })
})

test('work that is given up ends with the reason and writes no more', async () => {
  const controller = new AbortController()
  const { sink, bytes } = collector()
  const reason = new Error('enough')
  const work = encrypt(new Blob([some(40 * CHUNK)]), async (fileKey) => stanzaFor(fileKey), {
    sink,
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  })
  await expect(work).rejects.toBe(reason)
  expect(bytes().length).toBeLessThan(3 * CHUNK)
})

test('what the wrapping fails with comes through', async () => {
  const refusal = new Error('the key is disabled')
  const { sink } = collector()
  for (const libraryOnly of [false, true]) {
    await expect(encrypt(new Blob(['x']), () => Promise.reject(refusal), { sink, libraryOnly })).rejects.toBe(refusal)
  }
})
