import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { base64, type Json } from '../../testing/thalassa-server.ts'
import { listIn, startTestKms, type TestKms } from '../testing/server.ts'

/** Time of the clients; only tests change it. */
let time: number

let running: TestKms
beforeEach(async () => {
  time = Date.now()
  running = await startTestKms({ clock: { now: () => time } })
})
afterEach(() => running.stop())

async function faults(...rules: object[]) {
  const reply = await running.api('POST', '/faults', { rules })
  expect(reply.status).toBe(200)
}

const clear = () => running.api('DELETE', '/faults')

const rulesNow = async () => listIn((await running.api('GET', '/faults')).body.rules)

const list = () => running.thalassa('GET', '/keys')

const names = async () => listIn((await list()).body).map(({ name }) => name)

/** Code of a network error, or its message for an answer that ends too early. */
const failure = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return 'none'
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error)
  }
}

test('a status with given headers and body: text as it is, other values as JSON, a default without one', async () => {
  await faults(
    { method: 'GET', path: '/v1/kms/*/keys', status: 503, headers: { 'x-told': 'yes' }, body: { message: 'closed' } },
    { method: 'POST', status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>no</h1>' },
    { path: '/v2/**', status: 403 },
    { method: 'DELETE', status: 204 },
  )
  const get = await list()
  expect(get).toMatchObject({ status: 503, body: { message: 'closed' } })
  expect(get.headers.get('x-told')).toBe('yes')
  const post = await fetch(`${running.url}/v1/x`, { method: 'POST', body: '{}' })
  expect([post.status, post.headers.get('content-type'), await post.text()]).toEqual([500, 'text/html', '<h1>no</h1>'])
  expect(await running.exoscale('GET', '/v2/kms-key')).toMatchObject({ status: 403, body: { message: 'Forbidden' } })
  expect((await running.thalassa('DELETE', '/keys/x')).status).toBe(204)
  expect((await rulesNow()).map(({ hits }) => hits)).toEqual([1, 1, 1, 1])
})

test('a status replaces the answer to a call that was carried out', async () => {
  await faults({ method: 'POST', status: 500, carryOut: true, count: 1 })
  expect((await running.thalassa('POST', '/keys', { name: 'made' })).status).toBe(500)
  expect(await names()).toEqual(['made'])
})

test('skip and count: calls before and after are answered normally or meet later rules', async () => {
  await faults({ path: '**/keys', skip: 1, count: 2, status: 500 }, { path: '**/keys', skip: 1, count: 1, status: 418 })
  const statuses = []
  for (let nth = 0; nth < 6; nth += 1) statuses.push((await list()).status)
  expect(statuses).toEqual([200, 500, 500, 418, 200, 200])
  expect((await rulesNow()).map(({ matched, hits }) => [matched, hits])).toEqual([
    [6, 2],
    [4, 1],
  ])
})

test('a count holds for concurrent calls', async () => {
  await faults({ status: 500, count: 7 })
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await list()).status))
  expect(statuses.filter((status) => status === 500)).toHaveLength(7)
})

test('probability: the seed decides which calls fail, and about the given share fails', async () => {
  const run = async (seed?: number) => {
    await running.api('POST', '/faults', { rules: [{ probability: 0.3, status: 500 }], ...(seed && { seed }) })
    const statuses = []
    for (let nth = 0; nth < 100; nth += 1) statuses.push((await list()).status)
    return statuses
  }
  const first = await run(7)
  expect(await run(7)).toEqual(first)
  expect(await run(8)).not.toEqual(first)
  const hits = first.filter((status) => status === 500).length
  expect(hits).toBeGreaterThan(15)
  expect(hits).toBeLessThan(45)
})

test('DELETE removes all rules, and so does a reset', async () => {
  for (const end of [clear, () => running.api('POST', '/reset')]) {
    await faults({ status: 500 }, { reset: 'before' }, { rateLimit: { limit: 0, window: 3600 } }, { hang: true })
    expect((await list()).status).toBe(500)
    await end()
    expect((await list()).status).toBe(200)
    expect(await rulesNow()).toEqual([])
  }
})

test('calls of the test API meet no faults', async () => {
  await faults({ status: 500 })
  for (const path of ['', '/faults', '/clock', '/snapshot']) expect((await running.api('GET', path)).status).toBe(200)
  const health = await Promise.all(
    ['/healthz', '/readyz'].map(async (path) => (await fetch(running.url + path)).status),
  )
  expect(health).not.toContain(500)
})

test('a connection is reset before or after the call is carried out', async () => {
  await faults({ method: 'POST', path: '**/keys', count: 1, reset: 'before' })
  expect(await failure(running.thalassa('POST', '/keys', { name: 'not made' }))).toBe('ECONNRESET')
  expect(await names()).toEqual([])
  await faults({ method: 'POST', path: '**/keys', count: 1, reset: 'after' })
  expect(await failure(running.thalassa('POST', '/keys', { name: 'made' }))).toBe('ECONNRESET')
  expect(await names()).toEqual(['made'])
})

/** Raw answer to a GET without a credential, read until the connection ends. */
async function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(running.url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

test('a body is cut after a share, after a number of bytes, or before the first byte', async () => {
  const body = 'x'.repeat(1000)
  const cut = async (cutBody: object) => {
    await faults({ status: 200, body, cutBody })
    const [head = '', rest = ''] = (await raw('/v1/x')).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head.toLowerCase()).toContain('content-length: 1000')
    expect(head.toLowerCase()).toContain('connection: close')
    return rest.length
  }
  expect(await cut({ fraction: 0.25 })).toBe(250)
  expect(await cut({ bytes: 17 })).toBe(17)
  expect(await cut({ bytes: 0 })).toBe(0)
  expect(await cut({ bytes: 5000 })).toBe(999)
})

test('the answer to a call that was carried out is cut', async () => {
  await faults({ method: 'POST', count: 1, cutBody: { fraction: 0.5 } })
  expect(await failure(running.thalassa('POST', '/keys', { name: 'made' }))).not.toBe('none')
  expect(await names()).toEqual(['made'])
})

test('a wrong content type, on the real answer', async () => {
  await faults({ contentType: 'text/html; charset=latin1' })
  const reply = await list()
  expect([reply.status, reply.headers.get('content-type'), reply.body]).toEqual([200, 'text/html; charset=latin1', []])
})

test('a rate limit: a number of calls pass in each window, the others get the seconds until the next', async () => {
  await faults({ path: '/v1/**', rateLimit: { limit: 2, window: 60 }, body: { message: 'slow down' } })
  expect([(await list()).status, (await list()).status]).toEqual([200, 200])
  time += 15_500
  const refused = await list()
  expect(refused).toMatchObject({ status: 429, body: { message: 'slow down' } })
  expect(refused.headers.get('retry-after')).toBe('45')
  time += 45_000
  expect((await list()).status).toBe(200)
})

test('Retry-After as a date', async () => {
  await faults({ rateLimit: { limit: 0, window: 60, retryAfter: 'date' } })
  const { headers } = await list()
  expect(headers.get('retry-after')).toBe(new Date(time + 60_000).toUTCString())
})

test('a wrong clock: in the answer’s date, and for signatures and access tokens', async () => {
  const { id, secret } = running.kms.credentials.thalassa.client
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  const token = (await (await fetch(`${running.url}/oidc/token`, { method: 'POST', body: form })).json()) as Json
  const withToken = async () => {
    const authorization = `Bearer ${token.access_token}`
    const who = { authorization, 'x-organisation-identity': running.kms.credentials.thalassa.organisation }
    return (await fetch(`${running.url}/v1/kms/nl-01/keys`, { headers: who })).status
  }
  const signed = () => running.exoscale('GET', '/v2/kms-key')
  expect([await withToken(), (await signed()).status]).toEqual([200, 200])
  await faults({ clockSkew: 7200 })
  expect([await withToken(), (await signed()).status]).toEqual([401, 403])
  const reply = await signed()
  expect(reply.body).toEqual({ message: 'Request expired' })
  expect(reply.headers.get('date')).toBe(new Date(time + 7_200_000).toUTCString())
  await faults({ clockSkew: -7200 })
  expect((await signed()).headers.get('date')).toBe(new Date(time - 7_200_000).toUTCString())
  await clear()
  expect([await withToken(), (await signed()).status]).toEqual([200, 200])
})

/** Waits until that many calls are held. */
async function held(calls: number, { api }: TestKms = running): Promise<void> {
  while (Number((await api('GET', '/faults')).body.held) !== calls) await wait(5)
}

test('a hanging call is carried out when the rules are cleared or replaced', async () => {
  for (const [nth, end] of [clear, () => faults({ path: '/none', status: 500 })].entries()) {
    await faults({ method: 'POST', hang: true })
    const call = running.thalassa('POST', '/keys', { name: `patient ${nth}` })
    await held(1)
    expect(await names()).not.toContain(`patient ${nth}`)
    await end()
    expect((await call).status).toBe(201)
  }
})

test('a reset cuts held calls, and none of them reaches the new store', async () => {
  await faults({ method: 'POST', path: '**/keys', hang: true }, { method: 'PATCH', delay: 60_000 })
  const calls = [running.thalassa('POST', '/keys', { name: 'late' }), running.thalassa('PATCH', '/keys/x/rotation', {})]
  const failures = calls.map(failure)
  await held(2)
  await running.api('POST', '/reset')
  expect(await Promise.all(failures)).toEqual(['ECONNRESET', 'ECONNRESET'])
  expect(await names()).toEqual([])
})

test('a hanging call is not carried out after its client has disconnected', async () => {
  await faults({ method: 'POST', path: '**/keys', hang: true })
  const gone = new AbortController()
  const { token, organisation } = running.kms.credentials.thalassa
  const call = fetch(`${running.url}/v1/kms/nl-01/keys`, {
    method: 'POST',
    body: '{"name":"gone"}',
    headers: { authorization: `Token ${token}`, 'x-organisation-identity': organisation },
    signal: gone.signal,
  })
  await held(1)
  gone.abort()
  await expect(call).rejects.toThrow('aborted')
  await held(0)
  await clear()
  expect(await names()).toEqual([])
})

test('a delay combines with other effects, and the answer follows it', async () => {
  await faults({ delay: 1, status: 503, count: 1 }, { delay: 1 })
  expect((await list()).status).toBe(503)
  expect((await list()).status).toBe(200)
})

test('a stop does not wait for hanging calls', async () => {
  const other = await startTestKms()
  await other.api('POST', '/faults', { rules: [{ path: '/v1/**', hang: true }] })
  const call = failure(other.thalassa('GET', '/keys'))
  await held(1, other)
  await other.stop()
  expect(await call).toBe('ECONNRESET')
})

test('the list of rules contains no plaintext or credentials of calls', async () => {
  await faults({ method: 'POST', status: 500 })
  await running.thalassa('POST', '/keys/x/encrypt', { plaintext: base64('a secret') })
  const told = JSON.stringify((await running.api('GET', '/faults')).body)
  expect(told).not.toContain(base64('a secret'))
  expect(told).not.toContain(running.kms.credentials.thalassa.token)
})
