import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { macHashAlgorithms } from '../../../src/clouds/thalassa/rules.ts'
import { HmacAnswer, VerifyAnswer } from '../../../src/clouds/thalassa/wire.ts'
import { keyWithMaterial } from '../testing/known-key.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const macs = ['hmac', 'hmac-sha256', 'hmac-sha512']
const others = [
  'aes128-gcm96',
  'aes256-gcm96',
  'chacha20-poly1305',
  'ed25519',
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
]
const rsa = ['rsa-2048', 'rsa-3072', 'rsa-4096']

let kms: ThalassaServer
const ids = new Map<string, string>()
beforeAll(async () => {
  kms = await startThalassa()
  for (const keyType of [...macs, ...others, ...rsa])
    ids.set(keyType, await kms.create({ name: `type ${keyType}`, keyType }))
})
afterAll(async () => {
  expect(kms.failures).toEqual([])
  await kms.close()
})

const idOf = (keyType: string) => ids.get(keyType) ?? ''
const hmac = (id: string, body: unknown) => kms.on(id, 'POST', '/hmac', body)
const verify = (id: string, body: unknown) => kms.on(id, 'POST', '/verify-hmac', body)
const refused = (message: string) => ({ status: 400, body: { message } })
const input = base64('what was agreed')
const valid = { valid: true, keyVersion: '1' }
const wrong = { valid: false, keyVersion: '1' }

async function made(id: string, body: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const reply = await hmac(id, { input, ...body })
  expect([reply.status, reply.body]).toEqual([200, HmacAnswer.parse(reply.body)])
  return HmacAnswer.parse(reply.body).hmac
}

describe('known answers', () => {
  const K = Buffer.from(Array.from({ length: 32 }, (_, n) => n))
  it.each([
    ['hmac', undefined, 'U8QCcqcMFcpO4K9N8fFV/WxB4AziMH2Jh+zUuzan6ZA='],
    ['hmac-sha256', undefined, 'U8QCcqcMFcpO4K9N8fFV/WxB4AziMH2Jh+zUuzan6ZA='],
    ['hmac', 'sha2-512', 'ERnNohm0Ynr/7Jmt5iffViR6nML2SoPsdneLIdk5gkVhF+bPNfZlgQO2e1YFS60pcuEq7WzREjn86aMKxXN7zg=='],
    [
      'hmac-sha512',
      undefined,
      'ERnNohm0Ynr/7Jmt5iffViR6nML2SoPsdneLIdk5gkVhF+bPNfZlgQO2e1YFS60pcuEq7WzREjn86aMKxXN7zg==',
    ],
  ])('%s with %s', async (keyType, algorithm, body) => {
    const id = await keyWithMaterial(kms, keyType, K)
    const text = `thalassa:v1:${body}`
    expect((await hmac(id, { input: 'aGVsbG8=', algorithm })).body).toEqual({ hmac: text, keyVersion: '1' })
    for (const form of [text, text.replace('thalassa', 'vault'), text.replace('v1', 'v0')])
      expect((await verify(id, { input: 'aGVsbG8=', hmac: form, hashAlgorithm: algorithm })).body).toEqual(valid)
  })
})

describe.each(macs)('%s', (keyType) => {
  it('authenticates, and verifies the message and the key', async () => {
    const id = idOf(keyType)
    const before = await kms.on(id, 'GET')
    const text = await made(id)
    expect(text).toMatch(/^thalassa:v1:[A-Za-z0-9+/]+=*$/)
    const right = await verify(id, { input, hmac: text })
    expect(right).toMatchObject({ status: 200, body: valid })
    VerifyAnswer.parse(right.body)
    expect((await verify(id, { input: base64('something else'), hmac: text })).body).toEqual(wrong)
    const foreign = await made(await kms.create({ keyType }))
    expect((await verify(id, { input, hmac: foreign })).body).toEqual(wrong)
    expect((await kms.on(id, 'GET')).body).toEqual(before.body)
  })

  it('returns invalid for any flipped bit and any other length', async () => {
    const id = idOf(keyType)
    const mac = Buffer.from((await made(id)).slice('thalassa:v1:'.length), 'base64')
    for (let bit = 0; bit < mac.length * 8; bit += 5) {
      const changed = Buffer.from(mac)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const reply = await verify(id, { input, hmac: `thalassa:v1:${changed.toString('base64')}` })
      expect([reply.status, reply.body]).toEqual([200, wrong])
    }
    for (const other of [Buffer.alloc(0), mac.subarray(1), Buffer.concat([mac, mac]), Buffer.alloc(mac.length)])
      expect((await verify(id, { input, hmac: `thalassa:v1:${other.toString('base64')}` })).body).toEqual(wrong)
  })

  it('refuses malformed MACs with one message', async () => {
    const id = idOf(keyType)
    const text = (await made(id)).slice('thalassa:v1:'.length)
    const causes = [
      '',
      text,
      `:v1:${text}`,
      `aws:v1:${text}`,
      `thalassa:${text}`,
      `thalassa:1:${text}`,
      `thalassa:v2:${text}`,
      `thalassa:v-1:${text}`,
      `thalassa:v${'9'.repeat(400)}:${text}`,
      `thalassa:v1:${text}:`,
      `thalassa:v1:${text.slice(0, -1)}`,
      `thalassa:v1:${text}\n`,
    ]
    for (const mac of causes) expect(await verify(id, { input, hmac: mac })).toMatchObject(refused('invalid hmac'))
    expect(await verify(id, { input })).toMatchObject(refused('hmac is required'))
    expect(await verify(id, { input, hmac: [] })).toMatchObject(refused('hmac must be a string'))
  })
})

describe('the hash', () => {
  it('is chosen by each request for keys of type hmac, under either name and in any spelling', async () => {
    const id = idOf('hmac')
    const byHash = new Set<string>()
    for (const { name, spellings, bytes } of macHashAlgorithms) {
      const text = await made(id, { algorithm: name })
      byHash.add(text)
      expect(Buffer.from(text.slice('thalassa:v1:'.length), 'base64')).toHaveLength(bytes)
      for (const spelling of [name, name.toUpperCase(), ...spellings])
        for (const member of ['algorithm', 'hashAlgorithm']) {
          expect(await made(id, { [member]: spelling })).toBe(text)
          expect((await verify(id, { input, hmac: text, [member]: spelling })).body).toEqual(valid)
        }
      const other = name === 'sha2-256' ? 'sha2-512' : 'sha2-256'
      expect((await verify(id, { input, hmac: text, hashAlgorithm: other })).body).toEqual(wrong)
    }
    expect(byHash.size).toBe(macHashAlgorithms.length)
    const usual = await made(id, { algorithm: 'sha2-256' })
    for (const algorithm of [undefined, null, '']) expect(await made(id, { algorithm })).toBe(usual)
  })

  it.each([
    ['hmac-sha256', 'sha2-256', 'SHA256', 'sha2-512'],
    ['hmac-sha512', 'sha2-512', 'SHA-512', 'sha256'],
  ])('of %s is %s for ever', async (keyType, name, spelling, other) => {
    const id = idOf(keyType)
    const text = await made(id)
    expect(await made(id, { algorithm: name, hashAlgorithm: spelling })).toBe(text)
    for (const member of ['algorithm', 'hashAlgorithm']) {
      const fixed = refused(`${member} must be ${name} for key type ${keyType}`)
      for (const hash of [other, 'sha3-256']) {
        expect(await hmac(id, { input, [member]: hash })).toMatchObject(fixed)
        expect(await verify(id, { input, hmac: text, [member]: hash })).toMatchObject(fixed)
      }
    }
  })

  it('is refused if unknown, or if the two names differ', async () => {
    const id = idOf('hmac')
    const mac = await made(id)
    const names = macHashAlgorithms.map(({ name }) => name).join(', ')
    for (const hash of ['none', 'sha1', 'md5', 'constructor', ' sha256'])
      for (const member of ['algorithm', 'hashAlgorithm']) {
        expect(await hmac(id, { input, [member]: hash })).toMatchObject(refused(`${member} must be one of ${names}`))
        const reply = await verify(id, { input, hmac: mac, [member]: hash })
        expect(reply).toMatchObject(refused(`${member} must be one of ${names}`))
      }
    const two = { input, hmac: mac, algorithm: 'sha2-256', hashAlgorithm: 'sha2-512' }
    expect(await hmac(id, two)).toMatchObject(refused('algorithm and hashAlgorithm name different hashes'))
    expect(await verify(id, two)).toMatchObject(refused('algorithm and hashAlgorithm name different hashes'))
    expect(await hmac(id, { input, algorithm: 1 })).toMatchObject(refused('algorithm must be a string'))
  })
})

describe('fields and versions', () => {
  const size = 'input must be between 1 and 65535 bytes'
  it.each([
    [{}, 'input is required'],
    [{ input: false }, 'input must be a string'],
    [{ input: 'aGVsbG8' }, 'input must be valid base64'],
    [{ input: '' }, size],
    [{ input: base64(65_536) }, size],
  ])('%j is refused', async (body, message) => {
    expect(await hmac(idOf('hmac'), body)).toMatchObject(refused(message))
    expect(await verify(idOf('hmac'), { hmac: 'thalassa:v1:AAAA', ...body })).toMatchObject(refused(message))
  })

  it.each([
    [1, 'keyVersion must be a string'],
    ['one', 'keyVersion must be a version number'],
    ['2', 'key version 2 does not exist'],
    ['-1', 'key version -1 does not exist'],
  ])('version %j is refused', async (keyVersion, message) => {
    expect(await hmac(idOf('hmac'), { input, keyVersion })).toMatchObject(refused(message))
  })

  it('accepts 1 to 65535 bytes', async () => {
    for (const text of [base64(1), base64(65_535)]) {
      const mac = await made(idOf('hmac'), { input: text })
      expect((await verify(idOf('hmac'), { input: text, hmac: mac })).body).toEqual(valid)
    }
  })

  it('uses the latest version by default, and verifies with that of the MAC', async () => {
    const id = await kms.create({ keyType: 'hmac-sha256' })
    const first = await made(id)
    await kms.on(id, 'POST', '/rotate')
    for (const keyVersion of [undefined, null, '', '0', '2'])
      expect((await hmac(id, { input, keyVersion })).body).toMatchObject({ keyVersion: '2' })
    expect((await hmac(id, { input, keyVersion: '1' })).body).toEqual({ hmac: first, keyVersion: '1' })
    expect((await verify(id, { input, hmac: first })).body).toEqual(valid)
    const moved = first.replace(':v1:', ':v2:')
    expect((await verify(id, { input, hmac: moved })).body).toEqual({ valid: false, keyVersion: '2' })
  })
})

describe('states and types', () => {
  it('hmac and verify-hmac are refused while the key is disabled or pending deletion, for any body', async () => {
    const id = await kms.create({ keyType: 'hmac' })
    const mac = await made(id)
    const both = async (expected: object) => {
      for (const body of [{ input, hmac: mac }, {}]) {
        expect(await hmac(id, body)).toMatchObject(expected)
        expect(await verify(id, body)).toMatchObject(expected)
      }
    }
    await kms.on(id, 'POST', '/disable')
    await both(refused('kms key is disabled'))
    await kms.on(id, 'DELETE')
    await both(refused('kms key is pending deletion'))
    await kms.on(id, 'DELETE', '/cancel-deletion')
    expect((await verify(id, { input, hmac: mac })).body).toEqual(valid)
  })

  it.each([...others, ...rsa])('%s can’t authenticate', async (keyType) => {
    const message = (operation: string) => `operation ${operation} is not supported for key type ${keyType}`
    expect(await hmac(idOf(keyType), {})).toMatchObject(refused(message('hmac')))
    expect(await verify(idOf(keyType), {})).toMatchObject(refused(message('verify-hmac')))
  })
})
