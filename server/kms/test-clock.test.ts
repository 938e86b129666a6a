import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requestOf } from '../http/over-fetch.ts'
import { createKeyWrapper } from './engine/key-wrapper.ts'
import { IN_MEMORY } from './engine/store.ts'
import { sign } from './exoscale/testing/server.ts'
import { type LocalKms, openKms } from './kms.ts'
import { KmsStartError } from './root-key.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { openTestClock } from './test-clock.ts'
import type { Json } from './testing/thalassa-server.ts'

const keyWrapper = createKeyWrapper(Buffer.alloc(32, 1))

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1, 8, 30)

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kms-clock-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const open = (testClock = true) =>
  openKms({
    dataDir,
    exoscaleApi: 'reference',
    testClock,
    clock: { now: () => START },
    log: pino({ level: 'silent' }),
    address: () => undefined,
  })

interface Asked {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly client?: string
}

async function clock(kms: LocalKms, { method = 'GET', body, headers = {}, client = '127.0.0.1' }: Asked = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request('http://kms.test/clock', { method, headers, ...(body !== undefined && { body: text }) })
  const reply = await kms.fetch(request, '/clock', client)
  return { status: reply.status, body: (await reply.json()) as Json }
}

const forward = (kms: LocalKms, days: unknown) => clock(kms, { method: 'POST', body: { days } })

async function thalassa(kms: LocalKms, method: string, path: string, body?: unknown) {
  const { token, organisation } = kms.credentials.thalassa
  const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01/keys${path}`, init), undefined, '127.0.0.1')
  return { status: reply.status, body: (await reply.json()) as Json }
}

/** Signs with the clients' clock, which does not move. */
async function exoscale(kms: LocalKms, method: string, target: string, body?: unknown) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const expires = START / 1000 + 600
  const authorization = await sign({ method, target, body: text, credential: kms.credentials.exoscale, expires })
  const init = { method, headers: { authorization, 'content-type': 'application/json' }, ...(text && { body: text }) }
  const reply = await kms.fetch(new Request(`http://kms.test${target}`, init), target, '127.0.0.1')
  return { status: reply.status, body: (await reply.json()) as Json }
}

test('without the flag there is no test clock', async () => {
  const kms = await open(false)
  expect((await clock(kms)).status).toBe(404)
  expect((await forward(kms, 1)).status).toBe(404)
  await kms.close()
})

test('the clock moves forward by days, and returns its time', async () => {
  const kms = await open()
  expect(await clock(kms)).toEqual({ status: 200, body: { now: '2026-01-01T08:30:00.000Z', daysAhead: 0 } })
  expect(await forward(kms, 31)).toEqual({ status: 200, body: { now: '2026-02-01T08:30:00.000Z', daysAhead: 31 } })
  const both = await Promise.all([forward(kms, 1), forward(kms, 2)])
  expect(both.map(({ body }) => body.daysAhead)).toEqual([32, 34])
  await kms.close()
})

test('Thalassa: all automatic rotations of the passed time happen at their hour, and a deletion is carried out', async () => {
  const kms = await open()
  const asked = { name: 'turning', keyRotationEnabled: true, rotationPeriodInDays: 30 }
  const { identity } = (await thalassa(kms, 'POST', '', asked)).body
  await forward(kms, 95)
  const { body } = await thalassa(kms, 'GET', `/${identity}`)
  expect(body).toMatchObject({ latestVersion: 4, updatedAt: new Date(START + 90 * DAY).toISOString() })
  expect((await thalassa(kms, 'DELETE', `/${identity}`)).status).toBeLessThan(300)
  expect((await thalassa(kms, 'GET', `/${identity}`)).status).toBe(200)
  await forward(kms, 31)
  expect((await thalassa(kms, 'GET', `/${identity}`)).status).toBe(404)
  await kms.close()
})

test('Exoscale: the same, and signatures of clients stay valid', async () => {
  const kms = await open()
  const asked = { name: 'turning', description: '', usage: 'encrypt-decrypt', 'multi-zone': false }
  const { body: key } = await exoscale(kms, 'POST', '/v2/kms-key', asked)
  expect(
    (await exoscale(kms, 'POST', `/v2/kms-key/${key.id}/enable-key-rotation`, { 'rotation-period': 90 })).status,
  ).toBe(409)
  await forward(kms, 366)
  expect((await exoscale(kms, 'GET', `/v2/kms-key/${key.id}`)).body).toMatchObject({ material: { version: 2 } })
  expect((await exoscale(kms, 'POST', `/v2/kms-key/${key.id}/schedule-deletion`, { 'delay-days': 7 })).status).toBe(200)
  await forward(kms, 8)
  expect((await exoscale(kms, 'GET', `/v2/kms-key/${key.id}`)).status).toBe(404)
  await kms.close()
})

test('an access token stays valid over skipped days', async () => {
  const kms = await open()
  const { id, secret } = kms.credentials.thalassa.client
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  const reply = await kms.fetch(new Request('http://kms.test/oidc/token', { method: 'POST', body }))
  const answer = (await reply.json()) as Json
  await forward(kms, 2)
  const headers = {
    authorization: `Bearer ${answer.access_token}`,
    'x-organisation-identity': kms.credentials.thalassa.organisation,
  }
  expect((await kms.fetch(new Request('http://kms.test/v1/kms/summary', { headers }))).status).toBe(200)
  await kms.close()
})

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['no days', {}],
  ['none', { days: 0 }],
  ['days back', { days: -1 }],
  ['half a day', { days: 0.5 }],
  ['text', { days: '1' }],
  ['too many', { days: 36_501 }],
  ['something else too', { days: 1, hours: 1 }],
])('%s is refused in words, and no time passes', async (_, body) => {
  const kms = await open()
  expect(await clock(kms, { method: 'POST', ...(body === undefined ? {} : { body }) })).toEqual({
    status: 400,
    body: { message: 'The body must be {"days": N}, N a whole number of days from 1 to 36500.' },
  })
  expect((await clock(kms)).body.daysAhead).toBe(0)
  await kms.close()
})

test('only calls from this machine move the clock, and no web page', async () => {
  const kms = await open()
  const asked = { method: 'POST', body: { days: 1 } }
  for (const client of ['192.168.1.7', '::ffff:192.168.1.7', 'fe80::1', ''])
    expect((await clock(kms, { ...asked, client })).status).toBe(403)
  expect((await clock(kms, { ...asked, headers: { origin: 'http://localhost:3000' } })).status).toBe(403)
  expect((await clock(kms, { method: 'DELETE' })).status).toBe(405)
  expect((await clock(kms)).body.daysAhead).toBe(0)
  for (const client of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
    expect((await clock(kms, { ...asked, client })).status).toBe(200)
  await kms.close()
})

test('after a failed hour the clock has the time that the next start reads', async () => {
  const settings = openSqliteStore(IN_MEMORY, keyWrapper)
  let hours = 0
  const passHour = async () => {
    hours++
    if (hours === 30) throw new Error('the disk is full')
  }
  const asked = () => requestOf(new Request('http://kms.test/clock', { method: 'POST', body: '{"days":3}' }))
  const moving = await openTestClock(settings, passHour, { now: () => START })
  await expect(moving.answer(asked())).rejects.toThrow('the disk is full')
  const again = await openTestClock(settings, passHour, { now: () => START })
  expect(moving.now()).toBe(START + 2 * DAY)
  expect(again.now()).toBe(moving.now())
  expect((await moving.answer(asked())).body).toContain('"daysAhead":5')
})

test('the clock keeps its time over a restart, and a start without the flag is refused with it', async () => {
  const first = await open()
  await forward(first, 3)
  await first.close()
  await expect(open(false)).rejects.toThrow(KmsStartError)
  await expect(open(false)).rejects.toThrow(/was moved 3 days forward\. Start with --test-clock/)
  const second = await open()
  expect((await clock(second)).body).toEqual({ now: '2026-01-04T08:30:00.000Z', daysAhead: 3 })
  await second.close()
})
