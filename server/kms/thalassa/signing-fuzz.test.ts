import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashAlgorithms, macHashAlgorithms } from '../../../src/clouds/thalassa/rules.ts'
import { runs } from '../../testing/runs.ts'
import { startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const types = ['ed25519', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'hmac']

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
  for (const keyType of types) await kms.create({ name: keyType, keyType })
})
afterAll(async () => {
  expect(kms.failures).toEqual([])
  await kms.close()
})

const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 })
const toBase64 = (content: Uint8Array) => Buffer.from(content).toString('base64')

describe.each(types)('%s', (keyType) => {
  const mac = keyType === 'hmac'
  const make = mac ? '/hmac' : '/sign'
  const check = mac ? '/verify-hmac' : '/verify'
  const made = mac ? 'hmac' : 'signature'

  it('verifies its own signature, and no other message or flipped bit', async () => {
    const hash = fc.constantFrom(...(mac ? macHashAlgorithms : hashAlgorithms).map(({ name }) => name))
    await fc.assert(
      fc.asyncProperty(bytes, bytes, hash, fc.nat(), async (message, other, hashAlgorithm, position) => {
        const input = toBase64(message)
        const text = String((await kms.on(keyType, 'POST', make, { input, hashAlgorithm })).body[made])
        const verify = (content: string, proof: string) =>
          kms.on(keyType, 'POST', check, { input: content, [made]: proof, hashAlgorithm })
        expect((await verify(input, text)).body.valid).toBe(true)
        const same = Buffer.from(message).equals(other)
        expect((await verify(toBase64(other), text)).body.valid).toBe(same)
        const body = Buffer.from(text.split(':')[2] ?? '', 'base64')
        const bit = position % (body.length * 8)
        body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const reply = await verify(input, `thalassa:v1:${body.toString('base64')}`)
        expect([400, false]).toContain(reply.status === 200 ? reply.body.valid : reply.status)
      }),
      { numRuns: runs(40) },
    )
  })
})

describe('any input', () => {
  const members = ['input', 'signature', 'hmac', 'hashAlgorithm', 'algorithm', 'prehashed', 'context', 'keyVersion']
  const hash = fc.constantFrom('none', 'SHA-256', 'sha3-512', '__proto__', ...hashAlgorithms.map(({ name }) => name))
  const envelope = fc
    .tuple(fc.constantFrom('thalassa', 'vault', 'x'), fc.constantFrom('v0', 'v1', 'v2', 'v'), fc.uint8Array())
    .map(([prefix, version, body]) => `${prefix}:${version}:${toBase64(body)}`)
  const value = fc.oneof(
    fc.base64String(),
    envelope,
    hash,
    fc.boolean(),
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('0', '1', '2'),
  )
  const likely = fc.record(
    {
      input: bytes.map(toBase64),
      signature: envelope,
      hmac: envelope,
      hashAlgorithm: hash,
      algorithm: hash,
      prehashed: fc.boolean(),
      context: bytes.map(toBase64),
    },
    { requiredKeys: ['input', 'signature', 'hmac'] },
  )
  const body = fc.oneof(fc.dictionary(fc.constantFrom(...members, '__proto__'), value), likely)

  it('is answered with 200 or 400, and never valid', async () => {
    const path = fc.constantFrom('/sign', '/verify', '/hmac', '/verify-hmac')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), path, body, async (id, where, content) => {
        const reply = await kms.on(id, 'POST', where, content)
        expect([200, 400]).toContain(reply.status)
        if (reply.status === 400) expect(reply.body).toEqual({ message: expect.any(String) })
        expect(reply.body.valid).not.toBe(true)
      }),
      { numRuns: runs(1000) },
    )
  })
})
