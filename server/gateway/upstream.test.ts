import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'

import { pipeline, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { GatewayProblem } from '../../src/clouds/gateway/wire.ts'
import { exoscaleAt, network, thalassaAt } from './testing/connections.ts'
import { type Responder, send, startGateway, startUpstream } from './testing/servers.ts'
import { call } from './upstream.ts'

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

const readOf = (url: string) => ({ method: 'GET', url: new URL(url), headers: {}, body: new Uint8Array() })

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
  const { summary } = await gatewayTo(answering, 500)
  const { status, text } = await send(summary)
  expect(status).toBe(504)
  expect(problemOf(text)).toMatchObject({
    type: '#/gateway/upstream-timeout',
    detail: 'Thalassa Cloud didn’t answer within 0.5 seconds.',
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

test('a compressed answer is refused by its head: a gzip bomb stays in its connection', async () => {
  const closed = Promise.withResolvers<void>()
  const zeros = gzipSync(Buffer.alloc(50 << 20, ' '))
  const { summary } = await gatewayTo((_seen, response) => {
    response.on('close', closed.resolve)
    // Without an end: the call must not wait for it.
    response.writeHead(200, { 'content-encoding': 'gzip' }).write(zeros)
  })
  const { status, text } = await send(summary)
  expect(status).toBe(502)
  expect(problemOf(text)).toMatchObject({
    type: '#/gateway/upstream-not-json',
    detail: 'Thalassa Cloud compressed its answer, which was not asked for.',
  })
  await closed.promise
})

test('an encoding that changes nothing is no compression', async () => {
  const { summary } = await gatewayTo(answer(200, 'application/json', '{}', { 'content-encoding': 'Identity' }))
  expect(await send(summary)).toMatchObject({ status: 200, text: '{}' })
})

test.each([199, 600, 999])('a cloud that answers with status %i', async (status) => {
  const lines: string[] = []
  const cloud = createRawServer((socket) =>
    socket.once('data', () => socket.end(`HTTP/1.1 ${status} Odd\r\nContent-Length: 2\r\n\r\n{}`)),
  )
  cloud.listen(0, '127.0.0.1')
  await once(cloud, 'listening')
  onTestFinished(() => void cloud.close())
  const { port } = cloud.address() as AddressInfo
  const gateway = await startGateway({
    connections: [thalassaAt(`http://127.0.0.1:${port}`)],
    log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
  })
  const reply = await send(`${gateway}/api/thalassa/v1/kms/summary`)
  expect(reply.status).toBe(502)
  expect(problemOf(reply.text)).toMatchObject({ cloud: 'Thalassa Cloud' })
  expect(reply.headers).toHaveProperty('content-security-policy')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ path: '/api/thalassa/v1/kms/summary', status: 502 }])
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
  const { summary } = await gatewayTo((_seen, response) => {
    const padding = ' '.repeat(1 << 20)
    // Ends with the connection, as writes to a closed one call back at once and would never end.
    const endless = function* () {
      for (;;) yield padding
    }
    pipeline(Readable.from(endless()), response, () => undefined)
  })
  const { status, text } = await send(summary)
  expect(status).toBe(502)
  expect(problemOf(text)).toMatchObject({
    type: '#/gateway/upstream-not-json',
    detail: `Thalassa Cloud answered with more than ${8 << 20} bytes, which no such answer of its API has.`,
  })
})

test('very many short chunks of an answer are kept in few blocks, in their order', async () => {
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => index))
  const chunk = (content: string) => `${content.length.toString(16)}\r\n${content}\r\n`
  const [long, short, rest] = [text.slice(0, 50_000), text.slice(50_000, 55_000), text.slice(55_000)]
  const cloud = createRawServer((socket) => {
    socket.once('data', () => {
      const chunks = [long, ...short, rest].map(chunk).join('')
      socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`)
    })
  })
  cloud.listen(0, '127.0.0.1')
  await once(cloud, 'listening')
  onTestFinished(() => void cloud.close())
  const limits = { bytes: 1 << 20, timeouts: 2 }
  const options = { upstream: network, name: 'Thalassa Cloud', timeout: 60_000, limits }
  const { body, length } = await call(options, readOf(`http://127.0.0.1:${(cloud.address() as AddressInfo).port}`))
  expect(Buffer.concat(body).toString()).toBe(text)
  expect(length).toBe(text.length)
  expect(body.length).toBeLessThan(20)
})

test('an answer that never ends is cut off, though each chunk extends the wait', async () => {
  const { url } = await startUpstream((_seen, response) => {
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  })
  const limits = { bytes: 1 << 20, timeouts: 0.01 }
  const options = { upstream: network, name: 'Thalassa Cloud', timeout: 60_000, limits }
  await expect(call(options, readOf(url))).rejects.toMatchObject({
    problem: { slug: 'upstream-timeout', detail: 'Thalassa Cloud didn’t finish its answer within 0.6 seconds.' },
  })
})

describe('while garbage is collected all the time', () => {
  const program = fileURLToPath(new URL('testing/gateway-under-gc.ts', import.meta.url))
  const calls = Array.from({ length: 10 }, (_, index) => index)
  let answering: (socket: Socket) => void = () => undefined
  let closed = 0
  let whenClosed: () => void = () => undefined
  const cloud = createRawServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => answering(socket))
    socket.once('close', () => {
      closed += 1
      whenClosed()
    })
  })
  /** Gateways in one other process: one that gives up after 0.3 seconds, and one that waits for minutes. */
  let [quick, patient] = ['', '']
  let child: ChildProcess

  beforeAll(async () => {
    cloud.listen(0, '127.0.0.1')
    await once(cloud, 'listening')
    const url = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`
    const started = spawn(process.execPath, ['--expose-gc', program, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    child = started
    const [line] = await once(started.stdout.setEncoding('utf8'), 'data')
    ;[quick = '', patient = ''] = String(line)
      .trim()
      .split(' ')
      .map((gateway) => `${gateway}/api/thalassa/v1/kms/summary`)
  })
  afterAll(() => {
    child.kill('SIGKILL')
    cloud.close()
  })

  test.each<[string, (socket: Socket) => void]>([
    ['a silent cloud', () => undefined],
    ['a body that stalls', (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')],
    [
      'a head that drips',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write('X-More: 1\r\n'), 20)
        socket.on('close', () => clearInterval(timer))
      },
    ],
  ])('%s is given up at the deadline, and its connection is closed', async (_name, how) => {
    const closings: Promise<unknown>[] = []
    answering = (socket) => {
      closings.push(new Promise((resolve) => socket.once('close', resolve)))
      how(socket)
    }
    const answers = await Promise.all(calls.map(() => send(quick)))
    expect(answers.map(({ status }) => status)).toEqual(calls.map(() => 504))
    await Promise.all(closings)
  })

  test('a client that is gone ends its call', async () => {
    const [all, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let arrived = 0
    answering = () => {
      arrived += 1
      if (arrived === calls.length) all.resolve()
    }
    closed = 0
    whenClosed = () => {
      if (closed === calls.length) gone.resolve()
    }
    const browsers = calls.map(() => request(patient, { agent: false }).on('error', () => undefined))
    for (const browser of browsers) browser.end()
    await all.promise
    for (const browser of browsers) browser.destroy()
    await gone.promise
  })
})
