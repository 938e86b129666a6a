import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { GatewayProblem } from '../../src/clouds/gateway/wire.ts'
import { exoscaleAt, type Responder, send, startGateway, startUpstream, thalassaAt } from './testing/servers.ts'
import { call, network } from './upstream.ts'

const problemOf = (text: string) => GatewayProblem.parse(JSON.parse(text))

const gatewayTo = async (answering: Responder, timeout = 60_000) => {
  const cloud = await startUpstream(answering)
  const gateway = await startGateway({ connections: [thalassaAt(cloud.url), exoscaleAt(`${cloud.url}/v2`)], timeout })
  return {
    ...cloud,
    summary: `${gateway}/api/thalassa/v1/kms/summary`,
    zone: `${gateway}/api/exoscale/ch-dk-2/kms-key`,
  }
}

test('a provider that is down', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const gateway = await startGateway({ connections: [thalassaAt(`http://127.0.0.1:${port}`)] })
  const { status, text } = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect(status).toBe(502)
  expect(problemOf(text)).toEqual({
    type: '#/gateway/upstream-unreachable',
    title: 'Cloud Unreachable',
    status: 502,
    detail: 'Thalassa Cloud can’t be reached (ECONNREFUSED).',
    cloud: 'Thalassa Cloud',
  })
})

test.each<[string, Responder]>([
  ['before the first byte', () => undefined],
  ['in the middle of the body', (_seen, response) => void response.writeHead(200).write('{"featureEnabled":')],
])('a cloud that is too slow, %s', async (_name, answering) => {
  const { summary } = await gatewayTo(answering, 50)
  const { status, text } = await send(summary)
  expect(status).toBe(504)
  expect(problemOf(text)).toMatchObject({
    type: '#/gateway/upstream-timeout',
    detail: 'Thalassa Cloud didn’t answer within 0.05 seconds.',
    cloud: 'Thalassa Cloud',
  })
})

test.each<[string, Responder]>([
  ['at once', (_seen, response) => void response.destroy()],
  [
    'in the middle of the body',
    (_seen, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy())
    },
  ],
])('a cloud that hangs up %s', async (_name, answering) => {
  const { zone } = await gatewayTo(answering)
  const { status, text } = await send(zone)
  expect(status).toBe(502)
  expect(problemOf(text)).toMatchObject({ type: '#/gateway/upstream-unreachable', cloud: 'Exoscale' })
})

const answer =
  (status: number, type: string, body: string | Buffer, headers = {}): Responder =>
  (_seen, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': type, ...headers }).end(body)

test.each([
  ['an HTML error page', 500, 'text/html', '<h1>secret stack</h1>'],
  ['an HTML page that says all is well', 200, 'text/html', '<h1>secret stack</h1>'],
  ['plain text', 403, 'text/plain', 'secret stack'],
  ['JSON cut short', 200, 'application/json', '{"secret":"sta'],
])('a cloud that answers %s', async (_name, status, type, body) => {
  const { summary } = await gatewayTo(answer(status, type, body))
  const reply = await send(summary)
  expect(reply.status).toBe(502)
  expect(reply.text).not.toContain('secret')
  expect(problemOf(reply.text)).toMatchObject({
    type: '#/gateway/upstream-not-json',
    detail: `Thalassa Cloud answered ${status} with something that isn’t JSON.`,
    cloud: 'Thalassa Cloud',
  })
})

test('redirects are not followed, so that credentials reach only the configured address', async () => {
  const elsewhere = await startUpstream(answer(200, 'application/json', '{}'))
  const { summary } = await gatewayTo(answer(302, 'text/plain', '', { location: `${elsewhere.url}/` }))
  const { status, text } = await send(summary)
  expect({ status, type: problemOf(text).type }).toEqual({ status: 502, type: '#/gateway/upstream-not-json' })
  expect(elsewhere.seen).toEqual([])
})

test('a provider that compresses against the request', async () => {
  const body = '{"featureEnabled":true}'
  const { summary } = await gatewayTo(answer(200, 'application/json', gzipSync(body), { 'content-encoding': 'gzip' }))
  const { status, text, headers } = await send(summary)
  expect({ status, text }).toEqual({ status: 200, text: body })
  expect(headers).not.toHaveProperty('content-encoding')
})

test('ends the call to the provider when the browser disconnects', async () => {
  const ended = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const { summary } = await gatewayTo((_seen, response) => {
    response.on('close', ended.resolve)
    arrived.resolve()
  })
  const browser = request(summary).on('error', () => undefined)
  browser.end()
  await arrived.promise
  browser.destroy()
  await ended.promise
})

test('a too long answer is refused while it arrives', async () => {
  const { url } = await startUpstream((_seen, response) => {
    // Ends with the connection, as writes to a closed one call back at once and would never end.
    const endless = function* () {
      for (;;) yield 'x'.repeat(1000)
    }
    pipeline(Readable.from(endless()), response, () => undefined)
  })
  const answer = call({ upstream: network, name: 'Thalassa Cloud', timeout: 5000, limit: 5000 }, (signal) => {
    return new Request(url, { signal })
  })
  await expect(answer).rejects.toMatchObject({
    problem: {
      slug: 'upstream-not-json',
      detail: 'Thalassa Cloud answered with more than 5000 bytes, which no answer of its API has.',
    },
  })
})
