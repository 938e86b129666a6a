import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { openEnvelope, sealEnvelope } from './ciphertext.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(() => kms.close())

describe('ciphertext envelope', () => {
  it('is parsed to the values that it was written from', () => {
    const version = fc.integer({ min: 1, max: 2 ** 31 })
    fc.assert(
      fc.property(version, fc.uint8Array({ maxLength: 300 }), (number, bytes) => {
        const body = Buffer.from(bytes)
        const text = sealEnvelope(number, body)
        expect(openEnvelope(text)).toEqual({ version: number, body })
        expect(openEnvelope(text.replace('thalassa', 'vault'))).toEqual({ version: number, body })
      }),
    )
  })

  it('parses only texts that it would write', () => {
    const part = fc.oneof(fc.constantFrom('thalassa', 'vault', 'v1', 'v01', ':', 'AAAA', '='), fc.string())
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const read = openEnvelope(text)
        if (read) expect(sealEnvelope(read.version, read.body).split(':')[2]).toBe(text.split(':')[2])
      }),
    )
  })
})

describe('any input', () => {
  const members = [
    'name',
    'keyType',
    'description',
    'labels',
    'annotations',
    'exportAllowed',
    'keyRotationEnabled',
    'rotationPeriodInDays',
    'importKeyMaterial',
    'plaintext',
    'ciphertext',
    'keyVersion',
    '__proto__',
    'constructor',
  ]
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.constantFrom('0', '-1', '\ud800', '\0'))
  const value = fc.oneof(text, fc.jsonValue(), fc.double(), fc.dictionary(text, text))
  const body = fc.dictionary(fc.constantFrom(...members), value)
  const raw = fc.oneof(
    fc.json(),
    body.map((one) => JSON.stringify(one)),
    fc.tuple(body, fc.string()).map(([one, more]) => JSON.stringify({ ...one, name: more || 'x' })),
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
  )
  const segment = fc.oneof(
    fc.constantFrom('nl-01', 'keys', 'key', 'encrypt', 'rotate', '%00', '%ff', '%', '..', '%2e%2e', '*', ':id'),
    fc.string().map(encodeSegment),
  )
  const path = fc.oneof(
    fc
      .constantFrom('', '/key', '/key/encrypt', '/key/decrypt', '/key/rotation')
      .map((end) => `/v1/kms/nl-01/keys${end}`),
    fc.array(segment, { maxLength: 5 }).map((parts) => `/v1/kms/${parts.join('/')}`),
  )

  it('is answered with JSON, without an internal failure', async () => {
    await kms.create({ name: 'key' })
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS')
    await fc.assert(
      fc.asyncProperty(method, path, raw, fc.boolean(), async (verb, where, content, enable) => {
        if (enable) await kms.on('key', 'DELETE', '/cancel-deletion')
        const reply = await kms.call(verb, where, verb === 'GET' ? {} : { raw: content })
        expect([200, 201, 204, 400, 404, 409, 503]).toContain(reply.status)
        if (reply.status >= 400) expect(reply.body).toEqual({ message: expect.any(String) })
        expect(reply.headers.get('x-request-id')).not.toBeNull()
      }),
      { numRuns: runs(600) },
    )
    expect(kms.failures).toEqual([])
  })
})

/** Text without lone surrogates, which have no percent-encoding. */
function encodeSegment(part: string): string {
  return encodeURIComponent(part.toWellFormed())
}
