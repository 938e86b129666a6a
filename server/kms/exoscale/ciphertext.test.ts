import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ciphertextHeader, readCiphertext } from './ciphertext.ts'
import { revisions } from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

const id = '019eef1b-c320-7416-89a2-8f65eb889ad1'

test('the header is EXOK, the format, the key’s id and the version', () => {
  expect(ciphertextHeader(id, 0x01020304).toString('hex')).toBe(
    `${Buffer.from('EXOK').toString('hex')}01${id.replaceAll('-', '')}01020304`,
  )
})

test('ciphertext of another key is recognised by its header', () => {
  const bytes = Buffer.concat([ciphertextHeader(id, 7), Buffer.from('sealed')])
  expect(readCiphertext(id, bytes)).toMatchObject({ version: 7, sealed: Buffer.from('sealed') })
  expect(readCiphertext(id.replace('0', '1'), bytes)).toBeUndefined()
  expect(readCiphertext(id, bytes.subarray(0, 24))).toBeUndefined()
  expect(readCiphertext(id, Buffer.from(bytes.with(4, 2)))).toBeUndefined()
  expect(readCiphertext(id, Buffer.from(bytes.with(0, 0)))).toBeUndefined()
})

describe.each(revisions)('over HTTP, revision %s', (revision) => {
  let server: TestServer
  let path: string
  beforeAll(async () => {
    server = await openTestServer({ revision })
    path = await server.newKey()
  })
  afterAll(() => server.close())

  async function encrypt(plaintext: Uint8Array, context?: Uint8Array | null | ''): Promise<Buffer> {
    const encoded = context ? Buffer.from(context).toString('base64') : context
    const { body } = await server.post(`${path}/encrypt`, {
      plaintext: Buffer.from(plaintext).toString('base64'),
      ...(encoded === undefined ? {} : { 'encryption-context': encoded }),
    })
    return Buffer.from(String(body.ciphertext), 'base64')
  }

  async function decrypt(ciphertext: Uint8Array, context?: Uint8Array | null | ''): Promise<Buffer | string> {
    const encoded = context ? Buffer.from(context).toString('base64') : context
    const reply = await server.post(`${path}/decrypt`, {
      ciphertext: Buffer.from(ciphertext).toString('base64'),
      ...(encoded === undefined ? {} : { 'encryption-context': encoded }),
    })
    return reply.status === 200 ? Buffer.from(String(reply.body.plaintext), 'base64') : String(reply.body.detail)
  }

  test('a ciphertext is 53 bytes longer and carries key and version', async () => {
    const bytes = await encrypt(Buffer.from('hello'), Buffer.from('tenant=42'))
    expect(bytes).toHaveLength(5 + 53)
    expect(bytes.subarray(0, 25)).toEqual(ciphertextHeader(path.replace('/v2/kms-key/', ''), 1))
  })

  test('two encryptions of the same plaintext differ', async () => {
    expect(await encrypt(Buffer.from('hello'))).not.toEqual(await encrypt(Buffer.from('hello')))
  })

  test('every plaintext is decrypted with its context only', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(bytes, bytes, bytes, async (plaintext, context, other) => {
        const ciphertext = await encrypt(plaintext, context)
        expect(await decrypt(ciphertext, context)).toEqual(Buffer.from(plaintext))
        if (!Buffer.from(context).equals(other)) expect(await decrypt(ciphertext, other)).toBe('decryption failed')
      }),
      { numRuns: 25 },
    )
  })

  test('an absent, null and empty context are equivalent', async () => {
    for (const one of [undefined, null, ''] as const)
      for (const other of [undefined, null, ''] as const)
        expect(await decrypt(await encrypt(Buffer.from('x'), one), other)).toEqual(Buffer.from('x'))
  })

  test('bytes can’t move between the end of a context and the start of a ciphertext', async () => {
    const ciphertext = await encrypt(Buffer.from('hello'), Buffer.from('ab'))
    for (const context of ['a', 'abc', 'b', 'ba', ''])
      expect(await decrypt(ciphertext, Buffer.from(context))).toBe('decryption failed')
  })

  test.each([0, 1, 4096, 65_536])('a plaintext of %i bytes is encrypted and decrypted', async (size) => {
    const plaintext = Buffer.alloc(size, 0xa5)
    const ciphertext = await encrypt(plaintext)
    expect(ciphertext).toHaveLength(size + 53)
    expect(await decrypt(ciphertext)).toEqual(plaintext)
  })

  test('a context of 4096 bytes is accepted', async () => {
    const context = Buffer.alloc(4096, 1)
    expect(await decrypt(await encrypt(Buffer.from('x'), context), context)).toEqual(Buffer.from('x'))
  })

  test('any flipped bit and any truncation is refused', async () => {
    const ciphertext = await encrypt(Buffer.from('hello'), Buffer.from('ctx'))
    for (let index = 0; index < ciphertext.length; index += 1) {
      const changed = ciphertext.with(index, (ciphertext[index] ?? 0) ^ (1 << (index % 8)))
      expect(await decrypt(changed, Buffer.from('ctx'))).toBe('decryption failed')
      expect(await decrypt(ciphertext.subarray(0, index), Buffer.from('ctx'))).toBe('decryption failed')
    }
  })
})
