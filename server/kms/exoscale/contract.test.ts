import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CreatedKey, KeyList, KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { keyOnly } from '../testing/unaudited.ts'
import {
  answered,
  at,
  badMember,
  expectProblem,
  expectRefused,
  invalidBody,
  keyNotFound,
  revisions,
  sinceNovember,
} from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

const missing = '019eef1b-c320-7416-89a2-8f65eb889ad1'

/** Rotation of a new key. */
const yearly = (created: number) => ({
  automatic: true,
  'rotation-period': 365,
  'next-at': at(created + 365 * DAY),
  'manual-count': 0,
})

describe.each(revisions)('revision %s', (revision) => {
  const first = revision === 'reference'
  const policy = first ? { policy: '' } : {}
  const spec = sinceNovember(revision, { 'key-spec': 'AES_256' })
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  afterAll(() => server.close())

  describe('create', () => {
    test('returns the new key without material, and before November 2026 without rotation', async () => {
      const now = at(server.clock.now())
      const request = { name: 'app-key', description: 'payments', usage: 'encrypt-decrypt', 'multi-zone': true }
      const key = answered(await server.post('/v2/kms-key', { ...request, extra: 1 }), first ? 201 : 200, CreatedKey)
      expect(key).toEqual({
        ...request,
        ...policy,
        ...spec,
        ...sinceNovember(revision, { rotation: yearly(server.clock.now()) }),
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        source: 'exoscale-kms',
        status: 'enabled',
        'status-since': now,
        'origin-zone': 'ch-gva-2',
        'created-at': now,
        revision: { seq: 2, at: now },
      })
      expect(Number.parseInt(key.id.replace('-', '').slice(0, 12), 16)).toBe(server.clock.now())
    })

    test('gives key and version one creation time, even if it takes long', async () => {
      const slow = await openTestServer({ revision, tick: 7, switches: { defaultKey: 'listed' } })
      const made = KmsKey.parse((await slow.get(await slow.newKey())).body)
      const { 'kms-keys': [usual] = [] } = KeyList.parse((await slow.get('/v2/kms-key')).body)
      for (const key of usual ? [made, usual] : []) {
        const created = Date.parse(key['created-at'])
        expect(Number.parseInt(key.id.replace('-', '').slice(0, 12), 16)).toBe(created)
        expect(key['status-since']).toBe(at(created))
        expect(key.rotation['next-at']).toBe(at(created + 365 * DAY))
      }
      expect(usual?.name).toBe('exoscale-default')
      await slow.close()
    })

    test('needs only a name', async () => {
      const reply = await server.post('/zone/de-fra-1/v2/kms-key', { name: 'bare' })
      const key = answered(reply, first ? 201 : 200, CreatedKey)
      expect(key).toMatchObject({ usage: 'encrypt-decrypt', 'multi-zone': false, 'origin-zone': 'de-fra-1' })
      expect(key).not.toHaveProperty('description')
    })

    test.each([
      ['one character', 'x'],
      ['255 characters', 'n'.repeat(255)],
      ['255 characters outside the basic plane', '🔑'.repeat(255)],
      ['anything', '../<b>\u0000"\\ é 日本'],
    ])('takes a name of %s', async (_, name) => {
      const created = answered(await server.post('/v2/kms-key', { name }), first ? 201 : 200, CreatedKey)
      expect(created.name).toBe(name)
      expect((await server.get(`/v2/kms-key/${created.id}`)).body.name).toBe(name)
      expect((await server.post('/v2/kms-key', { name })).body.title).toBe('Name Conflict')
    })

    test('refuses a taken name in a zone, and accepts it in another', async () => {
      await server.newKey('twice')
      await expectRefused(
        server,
        '/v2/kms-key',
        { name: 'twice' },
        {
          status: 409,
          today: 400,
          slug: 'name-conflict',
          title: 'Name Conflict',
        },
      )
      expect((await server.post('/zone/at-vie-2/v2/kms-key', { name: 'twice' })).status).toBe(first ? 201 : 200)
    })

    const name = 'must be a string of 1 to 255 characters'
    const isOlder = revision !== '2026-11'
    const usage = `must be ${isOlder ? 'encrypt-decrypt' : 'one of encrypt-decrypt, sign-verify'}`
    test.each([
      [{}, 'name', 'is required'],
      [{ name: null }, 'name', name],
      [{ name: 7 }, 'name', name],
      [{ name: '' }, 'name', name],
      [{ name: 'n'.repeat(256) }, 'name', name],
      [{ name: '\ud800' }, 'name', name],
      [{ name: 'x', description: 'd'.repeat(256) }, 'description', 'must be a string of up to 255 characters'],
      [{ name: 'x', description: null }, 'description', 'must be a string of up to 255 characters'],
      [{ name: 'x', usage: isOlder ? 'sign-verify' : 'sign' }, 'usage', usage],
      [{ name: 'x', 'multi-zone': 'true' }, 'multi-zone', 'must be true or false'],
    ])('refuses %j', async (body, member, rule) => {
      await expectRefused(server, '/v2/kms-key', body, badMember(member, rule))
    })

    test('names every member that is wrong', async () => {
      const { body } = await server.post('/v2/kms-key', { usage: 1, 'multi-zone': 2 })
      expect(body.detail).toBe(`name is required; usage ${usage}; multi-zone must be true or false`)
      expect(body.errors).toEqual(first ? [expect.anything(), expect.anything(), expect.anything()] : undefined)
    })
  })

  test.each([
    ['', 'the body is not JSON', '{"name":'],
    ['', 'the body is not JSON', 'name=x'],
    ['', 'the body must be a JSON object', '[]'],
    ['', 'the body must be a JSON object', 'null'],
    ['', 'the body must be a JSON object', '"name"'],
    [`/${missing}/encrypt`, 'the body must be a JSON object', '17'],
    [`/${missing}/schedule-deletion`, 'the body is not JSON', '{delay-days:7}'],
    [`/${missing}/re-encrypt`, 'the body must be a JSON object', '[]'],
    [`/${missing}/generate-data-key`, 'the body is not JSON', 'AES-256'],
  ])('POST /kms-key%s says “%s” to %s', async (below, detail, body) => {
    await expectRefused(server, `/v2/kms-key${below}`, body, invalidBody(detail))
  })

  test('a body that is not UTF-8 is invalid JSON', async () => {
    const reply = await server.call('POST', '/v2/kms-key', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))
    expectProblem(reply, invalidBody('the body is not JSON'), revision, '/v2/kms-key')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'a body of type %s is refused',
    async (type) => {
      const reply = await server.call('POST', '/v2/kms-key', '{"name":"typed"}', { 'content-type': type })
      const detail = 'the body must be application/json'
      const problem = { ...invalidBody(detail), slug: 'request-invalid-content-type' }
      expectProblem(reply, { ...problem, title: 'Invalid content type for request' }, revision, '/v2/kms-key')
    },
  )

  test('the content type may have parameters or be absent', async () => {
    const typed = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await server.call('POST', '/v2/kms-key', '{"name":"typed"}', typed)).status).toBe(first ? 201 : 200)
    const request = { method: 'POST', target: '/v2/kms-key', body: '{"name":"untyped"}' }
    const reply = await server.raw({ ...request, headers: { authorization: await server.authorize(request) } })
    expect(reply.status).toBe(first ? 201 : 200)
  })

  describe('list and get', () => {
    test('return complete keys of one zone, in the order of creation', async () => {
      const created = server.clock.now()
      const paths = []
      for (const name of ['c', 'a', 'b']) paths.push(await server.newKey(name, 'bg-sof-1'))
      const { 'kms-keys': keys } = answered(await server.get('/zone/bg-sof-1/v2/kms-key'), 200, KeyList)
      expect(keys.map(({ name }) => name)).toEqual(['c', 'a', 'b'])
      expect(keys[0]).toEqual({
        ...policy,
        ...spec,
        id: paths[0]?.split('/').at(-1),
        name: 'c',
        usage: 'encrypt-decrypt',
        source: 'exoscale-kms',
        status: 'enabled',
        'status-since': at(created),
        'multi-zone': false,
        'origin-zone': 'bg-sof-1',
        'created-at': at(created),
        revision: { seq: 2, at: at(created) },
        material: { version: 1, 'created-at': at(created), automatic: false },
        rotation: yearly(created),
      })
      for (const [index, path] of paths.entries())
        expect(answered(await server.get(path), 200, KmsKey)).toEqual(keys[index])
    })

    test('an empty zone has an empty list', async () => {
      expect(answered(await server.get('/zone/hr-zag-1/v2/kms-key'), 200, KeyList)).toEqual({ 'kms-keys': [] })
    })
  })

  const onKeys: ReadonlyArray<readonly [method: string, action: string, body: object | undefined]> = [
    ['GET', '', undefined],
    ['POST', '/enable', undefined],
    ['POST', '/disable', undefined],
    ['POST', '/rotate', undefined],
    ['POST', '/enable-key-rotation', {}],
    ['POST', '/disable-key-rotation', undefined],
    ['GET', '/list-key-rotations', undefined],
    ['POST', '/schedule-deletion', {}],
    ['POST', '/cancel-deletion', undefined],
    ['POST', '/encrypt', { plaintext: 'aGVsbG8=' }],
    ['POST', '/decrypt', { ciphertext: 'aGVsbG8=' }],
    ['POST', '/generate-data-key', { 'key-spec': 'AES-256' }],
    ['POST', '/replicate', { zone: 'de-fra-1' }],
  ]

  test.each(onKeys)(
    '%s /kms-key/ID%s does not find a key that is missing or in another zone',
    async (method, action, body) => {
      const elsewhere = (await server.newKey(undefined, 'de-muc-1')).split('/').at(-1)
      for (const id of [missing, elsewhere]) {
        const target = `/v2/kms-key/${id}${action}`
        const detail = `there is no key ${id} in ch-gva-2`
        expectProblem(await server.call(method, target, body), { ...keyNotFound, detail }, revision, target)
      }
    },
  )

  test.each(onKeys)('%s /kms-key/ID%s requires a UUID', async (method, action, body) => {
    const rule = 'does not match the uuid pattern must be a valid RFC 4122 UUID'
    const problem = {
      status: 400,
      slug: 'request-invalid-path-parameters',
      title: 'Invalid Path Parameters',
      errors: [{ path: 'id', pointer: '/id', location: '$.id', detail: rule }],
    }
    for (const id of ['x', `${missing}0`, missing.replaceAll('-', ''), '%00', '%', '%E0%A4']) {
      const target = `/v2/kms-key/${id}${action}`
      expectProblem(await server.call(method, target, body), problem, revision, target)
    }
  })

  test('the body is validated before the key is looked up', async () => {
    const target = `/v2/kms-key/${missing}/encrypt`
    await expectRefused(server, target, {}, badMember('plaintext', 'is required'))
  })

  test('a zone holds a thousand keys, also with concurrent creations', async () => {
    const space = { cloud: 'exoscale', location: 'at-vie-1', scope: 'organisation' }
    const template = await server.newKey('template', 'at-vie-1')
    const id = template.split('/').at(-1) ?? ''
    const stored = server.keyring.get({ ...space, id })
    for (let count = 1; stored && count < 998; count += 1)
      await server.keyring.create(
        {
          ...stored,
          id: `019b76da-0000-7000-8000-${String(count).padStart(12, '0')}`,
          uniqueName: `filler-${count}`,
        },
        keyOnly,
      )
    const names = ['p', 'q', 'r', 's', 't']
    const replies = await Promise.all(names.map((name) => server.post('/zone/at-vie-1/v2/kms-key', { name })))
    const [accepted, refused] = [
      replies.filter(({ status }) => status < 300),
      replies.filter(({ status }) => status >= 300),
    ]
    expect(accepted).toHaveLength(2)
    for (const reply of refused) {
      const problem = { status: 400, slug: 'quota-exceeded', title: 'Quota Exceeded' }
      expectProblem(reply, problem, revision, '/zone/at-vie-1/v2/kms-key')
    }
    expect((await server.get('/zone/at-vie-1/v2/kms-key')).body['kms-keys']).toHaveLength(1000)
  })

  test('one of many concurrent creations gets the name', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => server.post('/v2/kms-key', { name: 'wanted' })))
    expect(replies.filter(({ status }) => status < 300)).toHaveLength(1)
  })
})
