import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashAlgorithms } from '../../../src/clouds/thalassa/rules.ts'
import { SignAnswer, VerifyAnswer } from '../../../src/clouds/thalassa/wire.ts'
import { keyWithMaterial } from '../testing/known-key.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const signing = ['ed25519', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'rsa-3072', 'rsa-4096']
const others = ['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305', 'hmac', 'hmac-sha256', 'hmac-sha512']

let kms: ThalassaServer
const ids = new Map<string, string>()
beforeAll(async () => {
  kms = await startThalassa()
  for (const keyType of [...signing, ...others])
    ids.set(keyType, await kms.create({ name: `type ${keyType}`, keyType }))
})
afterAll(async () => {
  expect(kms.failures).toEqual([])
  await kms.close()
})

const idOf = (keyType: string) => ids.get(keyType) ?? ''
const sign = (id: string, body: unknown) => kms.on(id, 'POST', '/sign', body)
const verify = (id: string, body: unknown) => kms.on(id, 'POST', '/verify', body)
const refused = (message: string) => ({ status: 400, body: { message } })
const input = base64('what was agreed')

async function signed(id: string, body: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const reply = await sign(id, { input, ...body })
  expect([reply.status, reply.body]).toEqual([200, SignAnswer.parse(reply.body)])
  return SignAnswer.parse(reply.body).signature
}

const bodyOf = (signature: string) => Buffer.from(signature.split(':')[2] ?? '', 'base64')

function flipped(signature: string, bit: number): string {
  const [prefix, version] = signature.split(':')
  const bytes = bodyOf(signature)
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return `${prefix}:${version}:${bytes.toString('base64')}`
}

describe('known answers', () => {
  it('Ed25519 of the seed 00…1f and the message "hello"', async () => {
    const seed = Buffer.from(Array.from({ length: 32 }, (_, n) => n))
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
    const id = await keyWithMaterial(kms, 'ed25519', pkcs8)
    const signature =
      'thalassa:v1:4af8qUqDUSeIW5ni66cz1u5b9dxGPtg4Xrbx3KoRF8DxUXUKEPRvWzeWqRIDV49wLIXGfDNLVomlFihNSZ9xDw=='
    expect(await sign(id, { input: 'aGVsbG8=' })).toMatchObject({ status: 200, body: { signature, keyVersion: '1' } })
    for (const form of [signature, signature.replace('thalassa', 'vault'), signature.replace('v1', 'v0')])
      expect(await verify(id, { input: 'aGVsbG8=', signature: form })).toMatchObject({ body: { valid: true } })
  })
})

describe.each(signing)('%s', (keyType) => {
  it('signs, and verifies the message, the key and the hash', async () => {
    const id = idOf(keyType)
    const before = await kms.on(id, 'GET')
    const signature = await signed(id)
    expect(signature).toMatch(/^thalassa:v1:[A-Za-z0-9+/]+=*$/)
    const right = await verify(id, { input, signature })
    expect(right.status).toBe(200)
    expect(right.body).toEqual({ valid: true })
    VerifyAnswer.parse(right.body)
    expect((await verify(id, { input: base64('something else'), signature })).body).toEqual({ valid: false })
    const otherHash = await verify(id, { input, signature, hashAlgorithm: 'sha2-512' })
    expect(otherHash).toMatchObject({ status: 200, body: { valid: keyType === 'ed25519' } })
    expect((await kms.on(id, 'GET')).body).toEqual(before.body)
  })

  it('accepts each hash in each spelling, SHA-256 by default', async () => {
    const id = idOf(keyType)
    for (const { name, spellings } of hashAlgorithms) {
      const signature = await signed(id, { hashAlgorithm: name })
      for (const hashAlgorithm of [name, name.toUpperCase(), ...spellings])
        expect((await verify(id, { input, signature, hashAlgorithm })).body).toEqual({ valid: true })
    }
    const signature = await signed(id, { hashAlgorithm: '' })
    for (const hashAlgorithm of ['sha2-256', 'SHA-256', 'sha256', '', null, undefined])
      expect((await verify(id, { input, signature, hashAlgorithm })).body).toEqual({ valid: true })
  })

  it('signs a precomputed digest, which verifies with the message', async () => {
    const id = idOf(keyType)
    for (const { name, digest } of hashAlgorithms) {
      const made = createHash(digest).update(Buffer.from(input, 'base64')).digest('base64')
      const signature = await signed(id, { input: made, prehashed: true, hashAlgorithm: name })
      const answer = { valid: keyType !== 'ed25519' }
      expect((await verify(id, { input, signature, hashAlgorithm: name })).body).toEqual(answer)
    }
  })

  it('returns invalid or malformed for any flipped bit', async () => {
    const id = idOf(keyType)
    const signature = await signed(id)
    const bits = bodyOf(signature).length * 8
    for (let bit = 0; bit < bits; bit += Math.max(1, Math.floor(bits / 60))) {
      const reply = await verify(id, { input, signature: flipped(signature, bit) })
      if (reply.status === 200) expect(reply.body).toEqual({ valid: false })
      else
        expect([keyType.startsWith('ecdsa'), reply.status, reply.body.message]).toEqual([
          true,
          400,
          'invalid signature',
        ])
    }
    const another = keyType === 'ecdsa-p256' ? await signed(await kms.create({ keyType })) : undefined
    if (another) expect((await verify(id, { input, signature: another })).body).toEqual({ valid: false })
  })

  it('refuses malformed signatures with one message', async () => {
    const id = idOf(keyType)
    const text = (await signed(id)).slice('thalassa:v1:'.length)
    const causes = [
      '',
      text,
      `:v1:${text}`,
      `aws:v1:${text}`,
      `thalassa:${text}`,
      `thalassa:1:${text}`,
      `thalassa:vone:${text}`,
      `thalassa:v-1:${text}`,
      `thalassa:v2:${text}`,
      `thalassa:v99999999999999999999:${text}`,
      `thalassa:v${'9'.repeat(400)}:${text}`,
      `thalassa:v1:${text}:`,
      `thalassa:v1:${text.slice(0, -1)}`,
      `thalassa:v1: ${text}`,
      `thalassa:v1:${Buffer.from(text, 'base64').toString('hex')}!`,
    ]
    for (const signature of causes)
      expect(await verify(id, { input, signature })).toMatchObject(refused('invalid signature'))
    for (const body of ['', 'AAAA', base64(64), base64(256)]) {
      const answer = keyType.startsWith('ecdsa')
        ? refused('invalid signature')
        : { status: 200, body: { valid: false } }
      expect(await verify(id, { input, signature: `thalassa:v1:${body}` })).toMatchObject(answer)
    }
  })
})

describe('fields', () => {
  const id = () => idOf('ecdsa-p256')
  const size = 'input must be between 1 and 65535 bytes'
  const hashNames = `hashAlgorithm must be one of ${hashAlgorithms.map(({ name }) => name).join(', ')}`
  const signature = 'thalassa:v1:MAYCAQECAQE='

  it.each([
    [{}, 'input is required'],
    [{ input: null }, 'input is required'],
    [{ input: 5 }, 'input must be a string'],
    [{ input: 'aGVsbG8' }, 'input must be valid base64'],
    [{ input: '-_-_' }, 'input must be valid base64'],
    [{ input: '' }, size],
    [{ input: base64(65_536) }, size],
    [{ input, hashAlgorithm: 256 }, 'hashAlgorithm must be a string'],
    [{ input, hashAlgorithm: 'none' }, hashNames],
    [{ input, hashAlgorithm: 'md5' }, hashNames],
    [{ input, hashAlgorithm: 'sha3' }, hashNames],
    [{ input, hashAlgorithm: ' sha256' }, hashNames],
    [{ input, hashAlgorithm: 'constructor' }, hashNames],
  ])('are refused by both: %j', async (body, message) => {
    expect(await sign(id(), body)).toMatchObject(refused(message))
    expect(await verify(id(), { signature, ...body })).toMatchObject(refused(message))
  })

  it.each([
    [{ prehashed: 'true' }, 'prehashed must be a boolean'],
    [{ prehashed: 1 }, 'prehashed must be a boolean'],
    [{ context: 'no base64' }, 'context must be valid base64'],
    [{ context: 7 }, 'context must be a string'],
    [{ keyVersion: 1 }, 'keyVersion must be a string'],
    [{ keyVersion: 'latest' }, 'keyVersion must be a version number'],
    [{ keyVersion: '2' }, 'key version 2 does not exist'],
    [{ keyVersion: '-1' }, 'key version -1 does not exist'],
    [{ keyVersion: '99999999999999999999' }, 'key version 99999999999999999999 does not exist'],
  ])('are refused by sign: %j', async (body, message) => {
    expect(await sign(id(), { input, ...body })).toMatchObject(refused(message))
  })

  it('verify requires a signature, and ignores other members', async () => {
    expect(await verify(id(), { input })).toMatchObject(refused('signature is required'))
    expect(await verify(id(), { input, signature: 5 })).toMatchObject(refused('signature must be a string'))
    const made = await signed(id())
    const more = { prehashed: 'x', context: '!', keyVersion: 9 }
    expect((await verify(id(), { input, signature: made, ...more })).body).toEqual({ valid: true })
  })

  it('accepts 1 to 65535 bytes, and a context without effect', async () => {
    for (const text of [base64(1), base64(65_535)]) {
      const made = await signed(id(), { input: text, context: base64('x') })
      expect((await verify(id(), { input: text, signature: made })).body).toEqual({ valid: true })
    }
  })

  it('requires the exact digest length for RSA keys only', async () => {
    const body = { input: base64(31), prehashed: true }
    for (const keyType of ['rsa-2048', 'rsa-3072', 'rsa-4096']) {
      expect(await sign(idOf(keyType), body)).toMatchObject(refused('input must be a digest of 32 bytes for sha2-256'))
      const long = { ...body, hashAlgorithm: 'SHA-512' }
      expect(await sign(idOf(keyType), long)).toMatchObject(refused('input must be a digest of 64 bytes for sha2-512'))
      await signed(idOf(keyType), { input: base64(64), prehashed: true, hashAlgorithm: 'sha3-512' })
    }
    await signed(idOf('ecdsa-p256'), body)
  })

  it('Ed25519 ignores the hash, but requires it to be text', async () => {
    const plain = await signed(idOf('ed25519'))
    for (const hashAlgorithm of ['none', 'sha1', 'whatever'])
      expect(await signed(idOf('ed25519'), { hashAlgorithm, prehashed: true })).toBe(plain)
    const wrong = { input, hashAlgorithm: 1 }
    expect(await sign(idOf('ed25519'), wrong)).toMatchObject(refused('hashAlgorithm must be a string'))
  })
})

describe('versions', () => {
  it('signs with the latest by default, and verifies with that of the signature', async () => {
    const id = await kms.create({ keyType: 'ecdsa-p384' })
    const first = await signed(id)
    await kms.on(id, 'POST', '/rotate')
    for (const keyVersion of [undefined, null, '', '0', '2']) {
      const reply = await sign(id, { input, keyVersion })
      expect(reply.body).toEqual({ signature: expect.stringMatching(/^thalassa:v2:/), keyVersion: '2' })
    }
    const older = await sign(id, { input, keyVersion: '1' })
    expect(older.body).toEqual({ signature: expect.stringMatching(/^thalassa:v1:/), keyVersion: '1' })
    for (const signature of [first, older.body.signature])
      expect((await verify(id, { input, signature })).body).toEqual({ valid: true })
    const moved = first.replace(':v1:', ':v2:')
    expect((await verify(id, { input, signature: moved })).body).toEqual({ valid: false })
    expect(await verify(id, { input, signature: first.replace(':v1:', ':v3:') })).toMatchObject(
      refused('invalid signature'),
    )
  })
})

describe('states and types', () => {
  it('sign and verify are refused while the key is disabled or pending deletion, for any body', async () => {
    const id = await kms.create({ keyType: 'ed25519' })
    const signature = await signed(id)
    const both = async (expected: object) => {
      for (const body of [{ input, signature }, {}]) {
        expect(await sign(id, body)).toMatchObject(expected)
        expect(await verify(id, body)).toMatchObject(expected)
      }
    }
    await kms.on(id, 'POST', '/disable')
    await both(refused('kms key is disabled'))
    await kms.on(id, 'DELETE')
    await both(refused('kms key is pending deletion'))
    await kms.on(id, 'DELETE', '/cancel-deletion')
    expect((await verify(id, { input, signature })).body).toEqual({ valid: true })
  })

  it.each(others)('%s can’t sign', async (keyType) => {
    const message = (operation: string) => `operation ${operation} is not supported for key type ${keyType}`
    expect(await sign(idOf(keyType), {})).toMatchObject(refused(message('sign')))
    expect(await verify(idOf(keyType), {})).toMatchObject(refused(message('verify')))
  })
})
