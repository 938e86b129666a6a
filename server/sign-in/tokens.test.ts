import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IssuerUnavailableError, openSignedTokens } from './tokens.ts'

const audience = 'kms-console'
let issuer = ''
let asked = 0
let broken = false
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const jwk = { ...(await exportJWK(publicKey)), kid: 'known', alg: 'ES256' }
const server = createServer((request, response) => {
  asked += 1
  if (broken) {
    response.statusCode = 500
    response.end()
    return
  }
  const isDocument = request.url === '/.well-known/openid-configuration'
  response.end(JSON.stringify(isDocument ? { jwks_uri: `${issuer}/keys` } : { keys: [jwk] }))
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => void server.close())

const now = 1_800_000_000_000

const open = () => openSignedTokens({ jwks: undefined, issuer, audience, header: 'authorization' }, () => now)

const sign = (claims: Readonly<Record<string, unknown>> = {}, { kid = 'known', key = privateKey } = {}) =>
  new SignJWT({ iss: issuer, aud: audience, sub: 'ada', exp: now / 1000 + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(key)

describe('a signed token', () => {
  test('names a person, by the keys of the issuer’s discovery document', async () => {
    expect(await open()(await sign({ groups: ['sre'] }))).toMatchObject({ sub: 'ada', groups: ['sre'] })
  })

  test('refuses another audience, issuer, age, key, algorithm, and rubbish', async () => {
    const read = open()
    const other = await generateKeyPair('ES256')
    const forged = new SignJWT({ iss: issuer, aud: audience, sub: 'ada', exp: now / 1000 + 60 })
      .setProtectedHeader({ alg: 'HS256', kid: 'known' })
      .sign(new TextEncoder().encode(await exportSPKI(publicKey)))
    const tokens = [
      sign({ aud: 'another service' }),
      sign({ iss: 'https://evil.example' }),
      sign({ exp: now / 1000 - 31 }),
      sign({ exp: undefined }),
      sign({ nbf: now / 1000 + 60 }),
      sign({ sub: undefined }),
      sign({}, { key: other.privateKey }),
      sign({}, { kid: 'unknown' }),
      forged,
      Promise.resolve(new UnsecuredJWT({ iss: issuer, aud: audience, sub: 'ada', exp: now / 1000 + 60 }).encode()),
      Promise.resolve('rubbish'),
      Promise.resolve('a.b.c'),
    ]
    for (const token of await Promise.all(tokens)) expect(await read(token), token).toBeUndefined()
  })

  test('clocks may be 30 seconds apart', async () => {
    const read = open()
    expect(await read(await sign({ exp: now / 1000 - 29 }))).toBeDefined()
    expect(await read(await sign({ nbf: now / 1000 + 29 }))).toBeDefined()
  })

  test('is checked once; 100 unknown keys are asked for once', async () => {
    const read = open()
    const token = await sign()
    await read(token)
    const before = asked
    for (let times = 0; times < 10; times += 1) await read(token)
    for (let nth = 0; nth < 100; nth += 1) await read(await sign({}, { kid: `unknown-${nth}` }))
    expect(asked - before).toBeLessThanOrEqual(1)
  })

  test('can’t be judged while the issuer is down, and can afterwards', async () => {
    const read = open()
    broken = true
    await expect(read(await sign())).rejects.toThrow(IssuerUnavailableError)
    broken = false
    expect(await read(await sign())).toBeDefined()
  })
})
