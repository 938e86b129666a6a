import { createPrivateKey, createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyTypes } from '../../../src/clouds/thalassa/rules.ts'
import { ExportAnswer, PublicKeys, WrappingKey } from '../../../src/clouds/thalassa/wire.ts'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { wrapTarget } from '../testing/wrapping.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(async () => {
  expect(kms.failures).toEqual([])
  await kms.close()
})

const DISABLED = 'kms key is disabled'
const PENDING = 'kms key is pending deletion'
const FORBIDDEN = 'key material export is not allowed for this key'

const everyType = keyTypes.map(({ name, publicKey }) => ({ keyType: name, publicKey }))
/** Statuses, each reached from the previous one. */
const statuses = [
  { status: 'active', way: [], refused: undefined },
  { status: 'disabled', way: [['POST', '/disable']], refused: DISABLED },
  { status: 'pending_deletion', way: [['DELETE', '']], refused: PENDING },
] as const

/** PKCS#8 from exported text. */
function privateKeyOf(keyType: string, material: string) {
  if (keyType !== 'ed25519') return createPrivateKey(material)
  const seed = Buffer.from(material, 'base64').subarray(0, 32)
  const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

const publicTextOf = (keyType: string, material: string) => {
  const key = createPublicKey(privateKeyOf(keyType, material))
  return keyType === 'ed25519'
    ? Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
    : key.export({ format: 'pem', type: 'spki' }).toString().trimEnd()
}

describe.each(everyType)('$keyType', ({ keyType, publicKey }) => {
  it('is exported by version, by default the latest, without changing the key', async () => {
    const id = await kms.create({ keyType, exportAllowed: true })
    await kms.on(id, 'POST', '/rotate')
    const before = (await kms.on(id, 'GET')).body
    const exported = async (body: object) => {
      const reply = await kms.on(id, 'POST', '/export', body)
      expect(reply.status).toBe(200)
      expect(Object.keys(reply.body).sort()).toEqual(['keyMaterial', 'keyVersion'])
      return ExportAnswer.parse(reply.body)
    }
    const [one, two] = [await exported({ keyVersion: '1' }), await exported({ keyVersion: '2' })]
    expect([one.keyVersion, two.keyVersion]).toEqual(['1', '2'])
    expect(one.keyMaterial).not.toBe(two.keyMaterial)
    for (const latest of [{}, { keyVersion: '' }, { keyVersion: '0' }, { keyVersion: null }])
      expect(await exported(latest)).toEqual(two)
    for (const unknown of ['3', '-1', '99999999999999999999'])
      expect(await kms.on(id, 'POST', '/export', { keyVersion: unknown })).toMatchObject({
        status: 400,
        body: { message: `key version ${unknown} does not exist` },
      })
    expect((await kms.on(id, 'POST', '/export', { keyVersion: 'x' })).status).toBe(400)
    expect((await kms.on(id, 'GET')).body).toEqual(before)

    if (!publicKey) return
    const { keys } = PublicKeys.parse((await kms.on(id, 'GET', '/public-key')).body)
    const texts = Object.fromEntries(Object.entries(keys).map(([version, text]) => [version, text.trimEnd()]))
    expect(texts).toEqual({ 1: publicTextOf(keyType, one.keyMaterial), 2: publicTextOf(keyType, two.keyMaterial) })
  })

  it('is exported only if exportable and active; its public key is always returned', async () => {
    const id = await kms.create({ keyType, exportAllowed: true })
    const forbidden = await kms.create({ keyType })
    for (const { way, refused } of statuses) {
      for (const [method, path] of way)
        for (const one of [id, forbidden]) expect((await kms.on(one, method, path)).status).toBe(200)
      const before = (await kms.on(id, 'GET')).body

      const exported = await kms.on(id, 'POST', '/export', {})
      expect([exported.status, exported.body.message]).toEqual([refused ? 400 : 200, refused])
      for (const body of [{}, { keyVersion: '1' }, { keyVersion: '9' }]) {
        const reply = await kms.on(forbidden, 'POST', '/export', body)
        expect(reply).toMatchObject({ status: 400, body: { message: refused ?? FORBIDDEN } })
      }

      const shown = await kms.on(id, 'GET', '/public-key')
      const unsupported = `operation public-key is not supported for key type ${keyType}`
      expect([shown.status, shown.body.message]).toEqual(publicKey ? [200, undefined] : [400, unsupported])
      expect((await kms.on(id, 'GET')).body).toEqual(before)
    }
  })
})

describe('public keys', () => {
  it('are returned for all versions or for one', async () => {
    const id = await kms.create({ keyType: 'ed25519' })
    await kms.on(id, 'POST', '/rotate')
    await kms.on(id, 'POST', '/rotate')
    const all = PublicKeys.parse((await kms.on(id, 'GET', '/public-key')).body).keys
    expect(Object.keys(all)).toEqual(['1', '2', '3'])
    expect(new Set(Object.values(all)).size).toBe(3)
    for (const version of ['1', '2', '3'])
      expect((await kms.on(id, 'GET', `/public-key?version=${version}`)).body).toEqual({
        keys: { [version]: all[version] },
      })
    expect((await kms.on(id, 'GET', '/public-key?version=')).body).toEqual({ keys: all })
  })

  it.each([
    ['4', 'key version 4 does not exist'],
    ['0', 'key version 0 does not exist'],
    ['-1', 'key version -1 does not exist'],
    ['99999999999999999999', 'key version 99999999999999999999 does not exist'],
    ['1.5', 'version must be a version number'],
    ['one', 'version must be a version number'],
    ['__proto__', 'version must be a version number'],
  ])('are not there for version %s', async (version, message) => {
    const id = await kms.create({ keyType: 'ecdsa-p256' })
    const reply = await kms.on(id, 'GET', `/public-key?version=${version}`)
    expect(reply).toMatchObject({ status: 400, body: { message } })
  })
})

const pkcs8 = { format: 'der', type: 'pkcs8' } as const

describe('exported material', () => {
  it.each(everyType.filter(({ keyType }) => !keyType.startsWith('hmac')))(
    'of $keyType can be imported as the same key',
    async ({ keyType, publicKey }) => {
      const id = await kms.create({ keyType, exportAllowed: true })
      const { keyMaterial } = ExportAnswer.parse((await kms.on(id, 'POST', '/export', {})).body)
      const target = publicKey ? privateKeyOf(keyType, keyMaterial).export(pkcs8) : Buffer.from(keyMaterial, 'base64')
      const wrapping = WrappingKey.parse((await kms.call('GET', '/v1/kms/nl-01/wrapping-key')).body).publicKey
      const importKeyMaterial = wrapTarget(wrapping, target).toString('base64')
      const copy = await kms.create({ keyType, importKeyMaterial, exportAllowed: true })
      expect((await kms.on(copy, 'POST', '/export', {})).body).toEqual({ keyMaterial, keyVersion: '1' })
      if (publicKey) {
        expect((await kms.on(copy, 'GET', '/public-key')).body).toEqual((await kms.on(id, 'GET', '/public-key')).body)
        const { signature } = (await kms.on(id, 'POST', '/sign', { input: base64('hello') })).body
        const verified = await kms.on(copy, 'POST', '/verify', { input: base64('hello'), signature })
        expect(verified.body).toMatchObject({ valid: true })
      } else {
        const { ciphertext } = (await kms.on(id, 'POST', '/encrypt', { plaintext: base64('hello') })).body
        expect((await kms.on(copy, 'POST', '/decrypt', { ciphertext })).body.plaintext).toBe(base64('hello'))
      }
    },
  )
})

describe('the wrapping key', () => {
  it('is an RSA-4096 key per region, the same after a restart, and absent in a region without KMS', async () => {
    const asked = await kms.call('GET', '/v1/kms/nl-01/wrapping-key')
    expect(asked.status).toBe(200)
    expect(WrappingKey.parse(asked.body)).toEqual({ publicKey: expect.any(String), algorithm: 'rsa-4096' })
    expect(createPublicKey(String(asked.body.publicKey)).asymmetricKeyDetails?.modulusLength).toBe(4096)
    const { body: summary } = await kms.call('GET', '/v1/kms/summary')
    const again = await kms.call('GET', `/v1/kms/${summary.regions?.['0']?.identity}/wrapping-key`)
    expect(again.body).toEqual(asked.body)
    expect((await kms.call('GET', '/v1/kms/nl-02/wrapping-key')).status).toBe(503)

    const { dataDir } = kms
    await kms.close({ keepData: true })
    kms = await startThalassa({ dataDir })
    expect((await kms.call('GET', '/v1/kms/nl-01/wrapping-key')).body).toEqual(asked.body)
  })
})
