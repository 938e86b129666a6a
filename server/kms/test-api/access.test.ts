import { afterEach, expect, test } from 'vitest'
import type { KmsOptions } from '../kms.ts'
import { listIn, startTestKms, type TestKms } from './testing/server.ts'

let running: TestKms
afterEach(() => running.stop())

const token = 'f3b1-not-a-real-token'

async function resetFrom(client: string, headers: Record<string, string> = {}) {
  const request = new Request('http://kms.test/_kms/reset', { method: 'POST', headers })
  const reply = await running.kms.fetch(request, '/_kms/reset', client)
  return { status: reply.status, body: await reply.json() }
}

const start = async (options?: Partial<KmsOptions>) => {
  running = await startTestKms(options)
}

test('without the flag every path is 404, and the answer names the flag', async () => {
  await start({ test: undefined })
  for (const path of ['', '/', '/reset', '/faults', '/clock', '/no-such'])
    expect(await running.api('POST', path)).toMatchObject({
      status: 404,
      body: { message: 'The test API is off. Start the local KMS with --test to turn it on.' },
    })
  expect((await running.thalassa('GET', '/keys')).status).toBe(200)
})

test('calls from this machine need no token, over IPv4 and IPv6', async () => {
  await start()
  for (const client of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1'])
    expect((await resetFrom(client)).status).toBe(200)
})

test('other machines are refused without KMS_TEST_TOKEN, whatever they send', async () => {
  await start()
  for (const client of ['192.168.1.7', '::ffff:10.0.0.1', 'fe80::1', '', 'localhost'])
    for (const headers of [{}, { authorization: 'Bearer ' }, { authorization: 'Bearer undefined' }])
      expect(await resetFrom(client, headers as Record<string, string>)).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('Set KMS_TEST_TOKEN') },
      })
})

test('other machines need the exact token', async () => {
  await start({ test: { token } })
  const client = '172.17.0.3'
  for (const authorization of [`Bearer ${token}`, `bearer ${token}`])
    expect((await resetFrom(client, { authorization })).status).toBe(200)
  for (const authorization of ['', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Token ${token}`, token]) {
    const reply = await resetFrom(client, authorization === '' ? {} : { authorization })
    expect(reply).toMatchObject({ status: 401, body: { message: expect.stringContaining('Authorization: Bearer') } })
    expect(JSON.stringify(reply)).not.toContain(token)
  }
})

test('web pages are refused, even from this machine and with the token', async () => {
  await start({ test: { token }, origins: ['http://localhost:3000'] })
  for (const origin of ['http://localhost:3000', running.url, 'null'])
    expect(await resetFrom('127.0.0.1', { origin, authorization: `Bearer ${token}` })).toEqual({
      status: 403,
      body: { message: 'The test API is not for web pages.' },
    })
})

test('lists its calls; an unknown path or method is refused with the right ones', async () => {
  await start()
  const { body } = await running.api('GET', '')
  const endpoints = listIn(body.endpoints).map(({ method, path }) => ({ method: String(method), path: String(path) }))
  for (const { method, path } of endpoints)
    expect((await running.api(method, path.slice('/_kms'.length), method === 'POST' ? {} : undefined)).status).not.toBe(
      404,
    )
  expect(endpoints.map(({ path }) => path)).toContain('/_kms/reset')
  expect(await running.api('GET', '/rest')).toMatchObject({ status: 404, body: { message: /GET \/_kms lists/ } })
  const wrong = await running.api('GET', '/reset')
  expect(wrong).toMatchObject({ status: 405, body: { message: '/_kms/reset takes POST.' } })
  expect(wrong.headers.get('allow')).toBe('POST')
})

test('the flag of the test API enables /_kms/clock, the flag of the clock /clock', async () => {
  await start()
  expect(await running.api('POST', '/clock', { days: 2 })).toMatchObject({ status: 200, body: { daysAhead: 2 } })
  expect((await fetch(`${running.url}/clock`)).status).toBe(404)
  await running.stop()
  await start({ testClock: true })
  expect(await running.api('POST', '/clock', { days: 2 })).toMatchObject({ status: 200, body: { daysAhead: 2 } })
  expect(await (await fetch(`${running.url}/clock`)).json()).toMatchObject({ daysAhead: 2 })
})
