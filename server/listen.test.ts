import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { jsonAnswer } from './http/exchange.ts'
import type { Answering } from './http/over-node.ts'
import { listen, serverLimits } from './listen.ts'

const answer: Answering = async () => ({ status: 200, headers: {}, body: 'here' })
const here = { answer, host: '127.0.0.1', port: 0, variable: 'PORT' }

test('listens on any free port, and returns it', async () => {
  const { url, port, close } = await listen(here)
  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect(await (await fetch(url)).text()).toBe('here')
  await close()
  await expect(fetch(url)).rejects.toThrow()
})

test('shows a usable address when listening on all', async () => {
  const { url, close } = await listen({ ...here, host: '0.0.0.0' })
  onTestFinished(close)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test.each(['0.0.0.0', '::'])('a server for this machine only refuses %s', async (host) => {
  await expect(listen({ ...here, host, onlyLoopback: 'Leave HOST.' })).rejects.toThrow(
    `Can't listen on port 0 of ${host}: other machines would reach it. Leave HOST.`,
  )
})

test('a server for this machine only listens on loopback', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const { isOpen, close } = await listen({ ...here, host, onlyLoopback: 'Leave HOST.' })
    expect(isOpen).toBe(false)
    await close()
  }
})

test('a name that is not there is reported with the remedy', async () => {
  await expect(listen({ ...here, host: 'nowhere.invalid' })).rejects.toThrow(
    "Can't listen on port 0 of nowhere.invalid: this machine has no such address. Set PORT",
  )
})

test('a port in use is reported with the remedy', async () => {
  const { port, close } = await listen(here)
  onTestFinished(close)
  await expect(listen({ ...here, port })).rejects.toThrow(
    `Can't listen on port ${port} of 127.0.0.1: it is in use. Set PORT (0 for any free port) or HOST.`,
  )
})

test('an answer that HTTP does not allow ends its connection, and no other', async () => {
  const broken: Answering = async ({ target }) => ({
    status: 200,
    headers: target === '/broken' ? { 'x-upstream-date': 'two\r\nlines' } : {},
    body: 'here',
  })
  const { url, close } = await listen({ ...here, answer: broken })
  onTestFinished(close)
  await expect(fetch(`${url}/broken`)).rejects.toThrow()
  expect(await (await fetch(url)).text()).toBe('here')
})

/** Raw connection to a server; `answer` is complete when the server has closed it. */
const open = (port: number, text = '') => {
  const socket = connect(port, '127.0.0.1')
  // The server may close it while the test still sends.
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  socket.write(text)
  let received = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    received += part
  })
  const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  return { socket, answer }
}

const starting = async (limits: Partial<typeof serverLimits> = {}, answering = answer) => {
  const { port, close } = await listen({ ...here, answer: answering, limits })
  onTestFinished(close)
  return port
}

const request = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n'

describe('limits of a server', () => {
  const quick = { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 20 }

  test('outlast the 60 seconds of balancers, and end half a request in 30', async () => {
    const { keepAliveTimeout, headersTimeout, requestTimeout, connectionsCheckingInterval } = serverLimits
    expect(keepAliveTimeout).toBeGreaterThanOrEqual(75_000)
    for (const timeout of [headersTimeout, requestTimeout])
      expect(timeout + connectionsCheckingInterval).toBeLessThanOrEqual(32_000)
    const { headers } = await fetch(`http://127.0.0.1:${await starting()}`)
    expect(headers.get('keep-alive')).toMatch(/^timeout=75,/)
  })

  test.each([
    ['no byte', ''],
    ['half a head', 'GET / HTTP/1.1\r\nHost: he'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n{'],
  ])('a connection with %s is ended', async (_name, text) => {
    const reading: Answering = async (incoming) => ({
      status: 200,
      headers: {},
      body: (await incoming.body(100)) ?? '',
    })
    const received = await open(await starting(quick, reading), text).answer
    expect(received.split('\r\n')[0]).toMatch(/^(HTTP\/1\.1 408 Request Timeout)?$/)
  })

  test('a head that drips is ended', async () => {
    const { socket, answer } = open(await starting(quick), 'GET / HTTP/1.1\r\n')
    const timer = setInterval(() => socket.write('X-More: 1\r\n'), 20)
    expect(await answer).toContain('408 Request Timeout')
    clearInterval(timer)
  })

  test('a connection that is kept alive outlasts the time for a request', async () => {
    // Long enough for one request on a busy machine.
    const port = await starting({ ...quick, headersTimeout: 1500, requestTimeout: 1500 })
    const kept = open(port, request)
    await once(kept.socket, 'data')
    // Opened later, and ended for being late: the kept one has been idle for longer.
    await open(port).answer
    kept.socket.write(request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    expect((await kept.answer).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
  })

  test('a connection ends after many requests, and surplus connections at once', async () => {
    const port = await starting({ maxRequestsPerSocket: 2, maxConnections: 1 })
    const first = open(port, request)
    await once(first.socket, 'data')
    expect(await open(port, request).answer).toBe('')
    first.socket.write(request)
    const [second] = await once(first.socket, 'data')
    expect(second).toMatch(/\r\nConnection: close\r\n/i)
  })
})

describe('a request target that is a whole URL', () => {
  const telling: Answering = async (incoming) => {
    const { target, origin } = incoming
    return jsonAnswer({ url: origin + target, target, host: incoming.header('host') })
  }
  const ask = async (head: string) => {
    const { port, close } = await listen({ ...here, answer: telling })
    onTestFinished(close)
    const answer = await open(port, `${head.replaceAll('PORT', String(port))}\r\nConnection: close\r\n\r\n`).answer
    return answer.replaceAll(String(port), 'PORT')
  }
  const bodyOf = (answer: string) => JSON.parse(/\{.*\}/.exec(answer)?.[0] ?? '""')

  test.each([
    ['http://here:PORT/a%2Fb/../c?d=%20', '/a%2Fb/../c?d=%20'],
    ['HTTP://here:PORT/', '/'],
    ['http://here:PORT', '/'],
    ['http://here:PORT?a=1', '/?a=1'],
  ])('%s', async (whole, target) => {
    expect(bodyOf(await ask(`GET ${whole} HTTP/1.1\r\nHost: here:PORT`))).toMatchObject({ target, host: 'here:PORT' })
  })

  test('its host takes the place of the header’s', async () => {
    const answer = await ask('GET http://there/x HTTP/1.1\r\nHost: here\r\nhost: here')
    expect(bodyOf(answer)).toEqual({ url: 'http://there/x', target: '/x', host: 'there' })
  })

  test('reaches health too', async () => {
    expect(bodyOf(await ask('GET http://here/healthz HTTP/1.1\r\nHost: here'))).toMatchObject({ status: 'ok' })
  })

  test.each(['http://', 'http://user:password@here/', 'ftp://here/', '*', 'here'])(
    '%s is a bad request',
    async (target) => {
      expect(await ask(`OPTIONS ${target} HTTP/1.1\r\nHost: here`)).toMatch(/^HTTP\/1\.1 400 /)
    },
  )
})
