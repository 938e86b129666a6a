import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Event, EventList } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { expectProblem, revisions } from '../testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from '../testing/server.ts'
import { callAs, keyWithPolicy, kmsRules, newApiKey, roleNamed } from './testing/access.ts'

const START = Date.parse('2026-01-01T00:00:00.000Z')
const HOUR = 3_600_000

describe.each(revisions)('in %s', (revision) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer({ revision })
  })
  afterEach(() => server.close())

  const events = async (query = '') => {
    const reply = await server.get(`/v2/event${query}`)
    expect(reply.status).toBe(200)
    return EventList.parse(JSON.parse(reply.text))
  }
  const handlers = (list: readonly Event[]) => list.map(({ handler }) => handler)

  test('a call is recorded with caller, zone and outcome', async () => {
    const key = await server.newKey('app-key', 'de-fra-1')
    const id = key.split('/').at(-1)
    const [event] = await events()
    expect(event).toEqual({
      timestamp: '2026-01-01T00:00:00.000Z',
      handler: 'create-kms-key',
      message: 'success',
      status: revision === 'reference' ? 201 : 200,
      'source-ip': '127.0.0.1',
      zone: 'de-fra-1',
      uri: '/zone/de-fra-1/v2/kms-key',
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'elapsed-ms': expect.any(Number),
      'iam-api-key': {
        key: server.api.credential.key,
        name: 'local',
        'role-id': await roleNamed(server, 'Owner'),
      },
      'iam-role': { id: await roleNamed(server, 'Owner'), name: 'Owner' },
      'body-params': { name: 'app-key' },
    })
    await server.post(`${key}/schedule-deletion`, { 'delay-days': 9 })
    expect((await events())[0]).toMatchObject({
      handler: 'schedule-kms-key-deletion',
      'path-params': { id },
      'body-params': { 'delay-days': 9 },
    })
  })

  test('changes and uses are recorded, newest first; reads are not', async () => {
    const key = await server.newKey()
    const id = key.split('/').at(-1)
    const { ciphertext } = (await server.post(`${key}/encrypt`, { plaintext: 'aGVsbG8=' })).body
    await server.post(`${key}/decrypt`, { ciphertext })
    await server.post(`${key}/generate-data-key`, { 'key-spec': 'AES-256' })
    await server.post(`${key}/re-encrypt`, { source: { key: id, ciphertext }, destination: { key: id } })
    await server.post(`${key}/rotate`)
    await server.post(`${key}/disable`)
    const made = await newApiKey(server, await roleNamed(server, 'Owner'), 'ci')
    await server.call('DELETE', `/v2/api-key/${made.key}`)
    await server.get(key)
    await server.get('/v2/api-key')
    const list = await events()
    expect(handlers(list)).toEqual([
      'delete-api-key',
      'create-api-key',
      'disable-kms-key',
      'rotate-kms-key',
      're-encrypt',
      'generate-data-key',
      'decrypt',
      'encrypt',
      'create-kms-key',
    ])
    expect(list[0]).toMatchObject({ 'path-params': { id: made.key } })
    expect(list[1]).toMatchObject({ 'body-params': { name: 'ci', 'role-id': made['role-id'] } })
    expect(list[4]).toMatchObject({ 'body-params': { 'source.key': id, 'destination.key': id } })
    expect(list[5]).toMatchObject({ 'body-params': { 'key-spec': 'AES-256' } })
    expect(handlers(await events())).toEqual(handlers(list))
  })

  test('refusals are recorded with their reason; unauthenticated calls are not', async () => {
    const key = await server.newKey()
    const credential = await keyWithPolicy(server, kmsRules(['deny', "operation == 'encrypt'"]))
    await callAs(server, credential, 'POST', `${key}/encrypt`, { plaintext: '' })
    await server.post(`${key}/encrypt`, { plaintext: '!' })
    await server.raw({ method: 'POST', target: `${key}/encrypt`, body: '{}' })
    const [bad, forbidden, made] = await events()
    expect(bad).toMatchObject({ handler: 'encrypt', status: 400, message: 'Bad Request' })
    expect(forbidden).toMatchObject({
      handler: 'encrypt',
      status: 403,
      message: 'Forbidden by role policy for kms - A deny rule matched. Rule index: 0',
      'iam-api-key': { key: credential.key },
      'iam-role': { id: credential.roleId },
    })
    expect(made).toMatchObject({ handler: 'create-api-key' })
  })

  test('the log contains no plaintext, ciphertext or secret', async () => {
    const key = await server.newKey()
    const plaintext = Buffer.from('nobody may read this').toString('base64')
    const context = Buffer.from('nor this context').toString('base64')
    const given = { plaintext, 'encryption-context': context }
    const { ciphertext } = (await server.post(`${key}/encrypt`, given)).body
    await server.post(`${key}/decrypt`, { ciphertext, 'encryption-context': context })
    await server.post(`${key}/decrypt`, { ciphertext, 'encryption-context': '' })
    const dataKey = (await server.post(`${key}/generate-data-key`, { 'bytes-count': 32 })).body
    const { secret } = await newApiKey(server, await roleNamed(server, 'Owner'))
    const { text } = await server.get('/v2/event')
    for (const content of [plaintext, context, ciphertext, dataKey.plaintext, dataKey.ciphertext, secret])
      expect(text).not.toContain(content)
    expect(text).toContain('generate-data-key')
  })

  test('the default period is the last day; a query sets another', async () => {
    await server.post('/v2/iam-role', { name: 'first' })
    server.advance(DAY)
    await server.post('/v2/iam-role', { name: 'second' })
    server.advance(HOUR)
    const names = async (query: string) => (await events(query)).map((event) => Object(event['body-params']).name)
    expect(await names('')).toEqual(['second'])
    expect(await names('?from=2026-01-01')).toEqual(['second', 'first'])
    expect(await names('?from=2026-01-01&to=2026-01-01')).toEqual(['first'])
    expect(await names('?from=2026-01-01T00:00:00.001Z')).toEqual(['second'])
    expect(await names('?to=2026-01-02T00:59:59%2B01:00')).toEqual(['first'])
    expect(await names('?to=2026-01-02T00:00:00Z&from=2026-01-01%2000:00')).toEqual(['second', 'first'])
    expect(await names('?from=2026-01-03')).toEqual([])
    expect(await names('?from=&other=1')).toEqual(['second'])
  })

  test('free text of a caller is cut to 255 whole characters', async () => {
    for (const [name, recorded] of [
      ['🔑'.repeat(255), '🔑'.repeat(255)],
      [`x${'🔑'.repeat(255)}`, `x${'🔑'.repeat(254)}`],
      ['\ud800', '\ufffd'],
    ] as const) {
      await server.post('/v2/kms-key', { name })
      expect((await events())[0]).toMatchObject({ 'body-params': { name: recorded } })
    }
  })

  test.each([
    ...['yesterday', '2026-13-01', '2026-01-01T25:00', '2026-01-01x', '1767225600', '2026-02-31', '2026-02-29T12:00Z'],
    ...['2026-01-01T24:00:00Z', '2026-01-01T23:60', '2026-01-01T23:59:60Z', '2026-01-01T00:00:00%2B24:00'],
  ])('from=%s is no time', async (given) => {
    const detail = 'must be a date or a date and time'
    for (const name of ['from', 'to']) {
      const problem = {
        status: 400,
        slug: 'bad-request',
        title: 'Bad Request',
        detail: `${name} ${detail}`,
        errors: [{ path: name, pointer: `/${name}`, location: `$.${name}`, detail }],
      }
      expectProblem(await server.get(`/v2/event?${name}=${given}`), problem, revision, '/v2/event')
    }
  })

  test('an automatic rotation is recorded, and the log is kept over a restart', async () => {
    const key = await server.newKey()
    server.advance(365 * DAY)
    await server.runDueJobs()
    await server.restart()
    expect(await events(`?from=${new Date(START).toISOString()}`)).toEqual([
      {
        timestamp: new Date(START + 365 * DAY).toISOString(),
        handler: 'rotate-kms-key',
        message: 'automatic rotation',
        status: 200,
        zone: 'ch-gva-2',
        'request-id': expect.any(String),
        'path-params': { id: key.split('/').at(-1) },
      },
      expect.objectContaining({ handler: 'create-kms-key' }),
    ])
  })
})

test('the caller’s address is recorded', async () => {
  const server = await openTestServer()
  const raw = { method: 'POST', target: '/v2/iam-role', body: '{"name":"x"}' }
  const headers = { authorization: await server.authorize(raw), 'content-type': 'application/json' }
  const request = new Request(`http://kms.test${raw.target}`, { method: 'POST', body: raw.body, headers })
  expect((await server.fetch(request, raw.target, '192.0.2.7')).status).toBe(200)
  expect(JSON.parse((await server.get('/v2/event')).text)[0]).toMatchObject({ 'source-ip': '192.0.2.7' })
  await server.close()
})
