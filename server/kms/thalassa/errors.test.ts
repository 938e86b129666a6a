import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, type RequestOptions, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const keys = '/v1/kms/nl-01/keys'

let kms: ThalassaServer
let id: string
beforeAll(async () => {
  kms = await startThalassa()
  id = await kms.create({ name: 'orders' })
})
afterAll(() => kms.close())

async function refusal(method: string, path: string, options: RequestOptions = {}) {
  const { status, body, headers } = await kms.call(method, path, options)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(Object.keys(body)).toEqual(['message'])
  return [status, body.message]
}

/** Every endpoint, on the key `orders`, with a valid body. */
const endpoints: readonly { method: string; path: string; body?: unknown }[] = [
  { method: 'GET', path: '/v1/kms/summary' },
  { method: 'GET', path: keys },
  { method: 'POST', path: keys, body: { name: 'another' } },
  { method: 'GET', path: `${keys}/orders` },
  { method: 'GET', path: '/v1/kms/nl-01/wrapping-key' },
  { method: 'GET', path: `${keys}/orders/public-key` },
  { method: 'POST', path: `${keys}/orders/export`, body: {} },
  { method: 'POST', path: `${keys}/orders/encrypt`, body: { plaintext: base64('hello') } },
  { method: 'POST', path: `${keys}/orders/decrypt`, body: { ciphertext: 'thalassa:v1:AAAA' } },
  { method: 'POST', path: `${keys}/orders/sign`, body: { input: base64('hello') } },
  { method: 'POST', path: `${keys}/orders/verify`, body: { input: base64('hello'), signature: 'thalassa:v1:AAAA' } },
  { method: 'POST', path: `${keys}/orders/hmac`, body: { input: base64('hello') } },
  { method: 'POST', path: `${keys}/orders/verify-hmac`, body: { input: base64('hello'), hmac: 'thalassa:v1:AAAA' } },
  { method: 'POST', path: `${keys}/orders/rotate` },
  { method: 'PATCH', path: `${keys}/orders/rotation`, body: {} },
  { method: 'POST', path: `${keys}/orders/disable` },
  { method: 'POST', path: `${keys}/orders/enable` },
  { method: 'DELETE', path: `${keys}/orders` },
  { method: 'DELETE', path: `${keys}/orders/cancel-deletion` },
]
const inRegion = endpoints.filter(({ path }) => path.startsWith('/v1/kms/nl-01/'))
const onKey = endpoints.filter(({ path }) => path.startsWith(`${keys}/orders`))

describe.each(endpoints)('$method $path', ({ method, path, body }) => {
  it('answers 401 without or with wrong credentials, before any other check', async () => {
    const wrong = [
      null,
      '',
      'Token',
      'Token ',
      'Token tc_pat_0000',
      `Token ${kms.token.slice(0, -1)}`,
      `Token ${kms.token}x`,
      `Token ${kms.token} ${kms.token}`,
      `Basic ${kms.token}`,
      kms.token,
    ]
    for (const authorization of wrong) {
      const headers = { authorization, 'x-organisation-identity': null, 'x-project-identity': 'p-1' }
      const raw = method === 'GET' ? {} : { raw: '{' }
      const elsewhere = path.replace('nl-01', 'xx-99').replace('orders', 'unknown')
      expect(await refusal(method, elsewhere, { headers, ...raw })).toEqual([401, 'unauthorized'])
    }
  })

  it('requires the caller’s organisation', async () => {
    const missing = [400, 'X-Organisation-Identity header is required']
    expect(await refusal(method, path, { body, headers: { 'x-organisation-identity': null } })).toEqual(missing)
    expect(await refusal(method, path, { body, headers: { 'x-organisation-identity': '' } })).toEqual(missing)
    const foreign = { 'x-organisation-identity': 'o-00000000000000000000' }
    expect(await refusal(method, path, { body, headers: foreign })).toEqual([404, 'organisation not found'])
  })

  it('answers 404 for an unknown project', async () => {
    const unknown = [404, 'project not found']
    expect(await refusal(method, path, { body, headers: { 'x-project-identity': 'p-1' } })).toEqual(unknown)
    expect(await refusal(method, `${path}?project=p-1`, { body })).toEqual(unknown)
  })
})

describe.each(inRegion)('$method $path', ({ method, path, body }) => {
  it('refuses unknown regions and those without KMS', async () => {
    for (const region of ['xx-99', 'NL-01', 'nl-01a', '%20', '..%2f', '%zz', 'nl-01%00']) {
      const elsewhere = path.replace('nl-01', region)
      expect(await refusal(method, elsewhere, { body })).toEqual([404, 'region not found'])
    }
    const without = [503, 'KMS is not available in this region']
    expect(await refusal(method, path.replace('nl-01', 'nl-02'), { body })).toEqual(without)
  })
})

describe.each(onKey)('$method $path', ({ method, path, body }) => {
  it('answers 404 for a key that does not exist, before it reads the body', async () => {
    for (const unknown of ['kms-00000000000000000000', 'ORDERS', 'orders%00', '%F0%9F%94%91', "'%20OR%201=1", '%zz']) {
      const elsewhere = path.replace('orders', unknown)
      expect(await refusal(method, elsewhere, { body })).toEqual([404, 'kms key not found'])
    }
    if (method === 'GET') return
    const broken = path.replace('orders', 'unknown')
    expect(await refusal(method, broken, { raw: '{' })).toEqual([404, 'kms key not found'])
  })
})

describe('bodies', () => {
  const reading = endpoints.filter(({ body }) => body !== undefined)
  it.each(reading)('$method $path requires a JSON object', async ({ method, path }) => {
    for (const raw of [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '17',
      'true',
      '{"name":"x"}}',
      new Uint8Array([0x7b, 0xff, 0x7d]),
    ])
      expect(await refusal(method, path, { raw })).toEqual([400, 'request body must be a JSON object'])
  })

  it.each(reading)('$method $path accepts at most 1 MiB', async ({ method, path }) => {
    const raw = `{"padding":"${'x'.repeat(1_048_576)}"}`
    expect(await refusal(method, path, { raw })).toEqual([413, 'request body must be at most 1048576 bytes'])
    const { status } = await kms.call(method, path, { raw: `{"padding":"${'x'.repeat(1_000_000)}"}` })
    expect(status).toBeLessThan(413)
  })

  it('may be absent for operations without members, as may the content type', async () => {
    for (const path of ['/rotate', '/enable', '/disable', '/enable'])
      expect((await kms.call('POST', `${keys}/orders${path}`)).status).toBe(200)
  })
})

describe('create', () => {
  const create = (body: unknown) => refusal('POST', keys, { body })
  const period = [400, 'rotationPeriodInDays must be between 1 and 3650']
  const nameLength = [400, 'name must be between 1 and 255 characters']
  const nameEmpty = [400, 'name must contain a letter a-z or a digit']

  it.each([
    [{}, [400, 'name is required']],
    [{ name: null }, [400, 'name is required']],
    [{ name: 7 }, [400, 'name must be a string']],
    [{ name: '' }, nameLength],
    [{ name: 'x'.repeat(256) }, nameLength],
    [{ name: '---' }, nameEmpty],
    [{ name: 'ключ' }, nameEmpty],
    [{ name: 'n', keyType: 'aes-512' }, [400, expect.stringMatching(/^keyType must be one of aes256-gcm96, .*hmac$/)]],
    [{ name: 'n', keyType: 'constructor' }, [400, expect.stringMatching(/^keyType must be one of /)]],
    [{ name: 'n', keyType: 5 }, [400, 'keyType must be a string']],
    [{ name: 'n', description: 'x'.repeat(1025) }, [400, 'description must be at most 1024 characters']],
    [{ name: 'n', description: [] }, [400, 'description must be a string']],
    [{ name: 'n', exportAllowed: 'yes' }, [400, 'exportAllowed must be a boolean']],
    [{ name: 'n', keyRotationEnabled: 1 }, [400, 'keyRotationEnabled must be a boolean']],
    [{ name: 'n', rotationPeriodInDays: '90' }, [400, 'rotationPeriodInDays must be an integer']],
    [{ name: 'n', rotationPeriodInDays: 1.5 }, [400, 'rotationPeriodInDays must be an integer']],
    [{ name: 'n', rotationPeriodInDays: 0 }, period],
    [{ name: 'n', rotationPeriodInDays: 3651 }, period],
    [{ name: 'n', rotationPeriodInDays: -1 }, period],
    [
      { name: 'n', keyRotationEnabled: true },
      [400, 'rotationPeriodInDays is required when keyRotationEnabled is true'],
    ],
    [{ name: 'n', labels: [] }, [400, 'labels must be an object of strings']],
    [{ name: 'n', labels: { env: 1 } }, [400, 'labels must be an object of strings']],
    [{ name: 'n', annotations: 'x' }, [400, 'annotations must be an object of strings']],
    [{ name: 'n', labels: { '': 'x' } }, [400, 'labels must have keys between 1 and 255 characters']],
    [{ name: 'n', labels: { ['k'.repeat(256)]: '' } }, [400, 'labels must have keys between 1 and 255 characters']],
    [JSON.parse('{"name":"n","labels":{"__proto__":"x"}}'), [400, "labels can't have the key __proto__"]],
    [JSON.parse('{"name":"n","annotations":{"__proto__":"x"}}'), [400, "annotations can't have the key __proto__"]],
    [{ name: 'n', labels: { k: 'x'.repeat(1025) } }, [400, 'labels must have values of at most 1024 characters']],
    [
      { name: 'n', annotations: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, ''])) },
      [400, 'annotations must have at most 64 entries'],
    ],
  ])('refuses %j', async (body, expected) => {
    expect(await create(body)).toEqual(expected)
  })

  it('accepts values at the limits', async () => {
    const name = `${'n'.repeat(253)}\u{1F511}é`
    const body = {
      name,
      description: 'd'.repeat(1024),
      labels: Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`${n}`.padEnd(255, 'k'), 'v'.repeat(1024)])),
      rotationPeriodInDays: 3650,
      keyRotationEnabled: true,
    }
    const reply = await kms.call('POST', keys, { body })
    expect(reply).toMatchObject({ status: 201, body: { name, slug: 'n'.repeat(63), rotationPeriodInDays: 3650 } })
    expect((await kms.call('POST', keys, { body: { name: 'p', rotationPeriodInDays: 1 } })).status).toBe(201)
  })

  it('refuses a taken slug, after every other check, also of a key pending deletion', async () => {
    const taken = [409, 'a kms key with this slug already exists']
    expect(await create({ name: 'Orders' })).toEqual(taken)
    expect(await create({ name: ' -orders! ' })).toEqual(taken)
    expect(await create({ name: 'orders', rotationPeriodInDays: 0 })).toEqual(period)
    const gone = await kms.create({ name: 'gone' })
    await kms.on(gone, 'DELETE')
    expect(await create({ name: 'gone' })).toEqual(taken)
  })
})

describe('unknown paths', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/v1/kms'],
    ['GET', '/v1/kms/nl-01'],
    ['GET', '/v1/service-accounts'],
    ['POST', '/v1/audit'],
    ['DELETE', '/v1/projects/payments'],
    ['PUT', `${keys}/orders`],
    ['POST', `${keys}/orders/cancel-deletion`],
    ['GET', `${keys}/orders/`],
  ])('%s %s is not found', async (method, path) => {
    expect(await refusal(method, path)).toEqual([404, 'not found'])
  })
})

it('reported no internal failure, and the key is unchanged', async () => {
  expect(kms.failures).toEqual([])
  expect((await kms.on(id, 'GET')).body).toMatchObject({ status: 'active', name: 'orders' })
})
