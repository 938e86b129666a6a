import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DecryptAnswer, EncryptAnswer } from '../../../src/clouds/exoscale/wire.ts'
import { answered, badMember, expectRefused, revisions, withAes } from './testing/expectations.ts'
import { openTestServer, type TestServer } from './testing/server.ts'

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  test('is reversed by decryption, with every version of the key', async () => {
    const path = await server.newKey()
    const ciphertexts: string[] = []
    for (const version of [1, 2, 3]) {
      if (version > 1) await server.post(`${path}/rotate`)
      const reply = await server.post(`${path}/encrypt`, { plaintext: 'aGVsbG8=' })
      ciphertexts.push(answered(reply, 200, EncryptAnswer).ciphertext)
    }
    await server.restart()
    for (const ciphertext of ciphertexts) {
      const reply = await server.post(`${path}/decrypt`, { ciphertext })
      expect(answered(reply, 200, DecryptAnswer)).toEqual({ plaintext: 'aGVsbG8=', ...withAes(revision) })
    }
  })

  const base64 = 'must be base64 in the standard alphabet, with padding'
  const long = Buffer.alloc(65_537).toString('base64')
  test.each([
    [{}, 'plaintext', 'is required'],
    [{ plaintext: null }, 'plaintext', base64],
    [{ plaintext: 5 }, 'plaintext', base64],
    [{ plaintext: '-_-_' }, 'plaintext', base64],
    [{ plaintext: 'aGVsbG8' }, 'plaintext', base64],
    [{ plaintext: 'aGVsbG9=' }, 'plaintext', base64],
    [{ plaintext: 'aGVs bG8=' }, 'plaintext', base64],
    [{ plaintext: 'aGVsbG8=\n' }, 'plaintext', base64],
    [{ plaintext: long }, 'plaintext', 'must be at most 65536 bytes'],
    [{ plaintext: '', 'encryption-context': 'x' }, 'encryption-context', base64],
    [{ plaintext: '', 'encryption-context': 1 }, 'encryption-context', base64],
    [
      { plaintext: '', 'encryption-context': Buffer.alloc(4097).toString('base64') },
      'encryption-context',
      'must be at most 4096 bytes',
    ],
  ])('refuses %.40j', async (body, member, rule) => {
    await expectRefused(server, `${await server.newKey()}/encrypt`, body, badMember(member, rule))
  })

  test.each([
    [{}, 'ciphertext', 'is required'],
    [{ ciphertext: null }, 'ciphertext', base64],
    [{ ciphertext: 'RVhPSw' }, 'ciphertext', base64],
    [{ ciphertext: Buffer.alloc(65_590).toString('base64') }, 'ciphertext', 'must be at most 65589 bytes'],
  ])('decryption refuses %.40j', async (body, member, rule) => {
    await expectRefused(server, `${await server.newKey()}/decrypt`, body, badMember(member, rule))
  })

  test('decryption gives one message for a wrong key, a wrong context, a changed and a foreign ciphertext', async () => {
    const [one, other] = [await server.newKey(), await server.newKey()]
    const reply = await server.post(`${one}/encrypt`, { plaintext: 'aGVsbG8=' })
    const { ciphertext } = answered(reply, 200, EncryptAnswer)
    const bytes = Buffer.from(ciphertext, 'base64')
    const changed = Buffer.from(bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)).toString('base64')
    const failed = { status: 400, slug: 'bad-request', title: 'Bad Request', detail: 'decryption failed' }
    await expectRefused(server, `${other}/decrypt`, { ciphertext }, failed)
    await expectRefused(server, `${one}/decrypt`, { ciphertext, 'encryption-context': 'eA==' }, failed)
    for (const wrong of [changed, 'aGVsbG8=', ''])
      await expectRefused(server, `${one}/decrypt`, { ciphertext: wrong }, failed)
  })
})
