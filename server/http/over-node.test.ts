import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { atEndOfTurn } from './at-end-of-turn.ts'
import type { HttpBody } from './exchange.ts'
import { type Answering, answering } from './over-node.ts'

async function serve(answer: Answering): Promise<number> {
  const server = createServer(atEndOfTurn(answering(answer, new AbortController().signal)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Raw connection. */
function open(port: number, text: string) {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    received += part
  })
  // The server may end it while the test still sends.
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  socket.write(text)
  return {
    socket,
    /** All that came, as soon as it matches. */
    until: (pattern: RegExp) => expect.poll(() => received).toMatch(pattern),
    received: () => received,
    /** All that came until the server ended the connection. */
    whole: once(socket, 'close').then(() => received),
  }
}

const LAST = 'Connection: close\r\n\r\n'

/** Answers with the body that it was sent. */
const echo: Answering = async (request) => ({ status: 200, headers: {}, body: (await request.body(100)) ?? 'too long' })

/** Parts of a body, and whether somebody asked for them and ended the reading. */
function partsOf(parts: readonly string[]) {
  const seen = { asked: 0, ended: 0 }
  const body: HttpBody = {
    [Symbol.asyncIterator]() {
      let nth = 0
      return {
        next: async () => {
          seen.asked += 1
          const part = parts[nth]
          nth += 1
          return part === undefined ? { done: true, value: undefined } : { done: false, value: Buffer.from(part) }
        },
        return: async () => {
          seen.ended += 1
          return { done: true, value: undefined }
        },
      }
    },
  }
  return { seen, body }
}

test.each<[string, HttpBody]>([
  ['a text', 'ünï'],
  ['bytes', Buffer.from('ünï')],
])('HEAD has the length of %s and no body, and its connection serves the next request', async (_, body) => {
  const port = await serve(async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body }))
  const head = 'HTTP/1.1\r\nHost: here\r\n'
  const answer = await open(port, `HEAD / ${head}\r\nGET / ${head}${LAST}`).whole
  const [first = '', second = '', rest] = answer.split('\r\n\r\n')
  for (const one of [first, second]) {
    expect(one).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(one).toContain('content-length: 5')
    expect(one).toContain('content-type: text/plain')
  }
  expect(rest).toBe('ünï')
})

test('HEAD reads nothing of a body that comes in parts, and ends its reading', async () => {
  const { seen, body } = partsOf(['one', 'two'])
  const port = await serve(async () => ({ status: 200, headers: {}, body }))
  const answer = await open(port, `HEAD / HTTP/1.1\r\nHost: here\r\n${LAST}`).whole
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(answer.split('\r\n\r\n')[1]).toBe('')
  expect(seen).toEqual({ asked: 0, ended: 1 })
})

test('a client that waits for 100 Continue is told so before it sends its body', async () => {
  const port = await serve(echo)
  const { socket, until, whole } = open(
    port,
    `POST / HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 5\r\n${LAST}`,
  )
  await until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/)
  socket.write('hello')
  expect(await whole).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nhello$/)
})

test('a client that waits for 100 Continue and is refused gets the refusal', async () => {
  const port = await serve(async () => ({ status: 403, headers: {}, body: 'no' }))
  const head = `POST / HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 5\r\n${LAST}`
  const { socket, until, whole } = open(port, head)
  await until(/HTTP\/1\.1 403 Forbidden\r\n[\s\S]*\r\n\r\nno$/)
  socket.end()
  await whole
})

test('another expectation is refused with 417', async () => {
  const port = await serve(echo)
  const answer = await open(port, `POST / HTTP/1.1\r\nHost: here\r\nExpect: tea\r\nContent-Length: 0\r\n${LAST}`).whole
  expect(answer).toMatch(/^HTTP\/1\.1 417 Expectation Failed\r\n/)
})

test.each([
  ['ends its connection', 'end', 'Content-Length: 9\r\n\r\n{"a"'],
  ['ends its connection in a chunk', 'end', 'Transfer-Encoding: chunked\r\n\r\n9\r\n{"a"'],
  ['resets its connection', 'resetAndDestroy', 'Content-Length: 9\r\n\r\n{"a"'],
] as const)('a client that %s in the middle of its body has no body, and ends nothing else', async (_, leave, sent) => {
  const arrived = Promise.withResolvers<void>()
  const seen = Promise.withResolvers<unknown>()
  const isGone = Promise.withResolvers<void>()
  const isOver = Promise.withResolvers<void>()
  const port = await serve(async (request, connection) => {
    if (request.method === 'GET') return { status: 200, headers: {}, body: 'here' }
    arrived.resolve()
    request.onGone(isGone.resolve)
    void connection.answered.then(isOver.resolve)
    const reading = request.body(100)
    reading.then(seen.resolve, seen.resolve)
    await reading
    return { status: 200, headers: {}, body: 'read' }
  })
  const { socket, whole } = open(port, `POST / HTTP/1.1\r\nHost: here\r\n${sent}`)
  await arrived.promise
  socket[leave]()
  expect(await seen.promise).toBeInstanceOf(Error)
  await isGone.promise
  await isOver.promise
  expect(await whole).not.toContain('200 OK')
  expect(await open(port, `GET / HTTP/1.1\r\nHost: here\r\n${LAST}`).whole).toMatch(/^HTTP\/1\.1 200 OK/)
})

test('a body that is asked for after its client has left is an error, and the signal is aborted', async () => {
  const arrived = Promise.withResolvers<void>()
  const left = Promise.withResolvers<unknown>()
  const port = await serve(async (request) => {
    const { signal } = request
    arrived.resolve()
    await once(signal, 'abort')
    await request.body(100).catch(left.resolve)
    left.resolve('a body')
    return undefined
  })
  const { socket } = open(port, 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n{')
  await arrived.promise
  socket.resetAndDestroy()
  expect(await left.promise).toBeInstanceOf(Error)
})

test('a client that leaves while it gets its answer ends the reading of the rest', async () => {
  const gone = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const port = await serve(async (request) => {
    request.onGone(gone.resolve)
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(65_536, 'x')
      } finally {
        ended.resolve()
      }
    }
    return { status: 200, headers: {}, body: endless() }
  })
  const { socket, until } = open(port, 'GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  await until(/xxx/)
  socket.resetAndDestroy()
  await gone.promise
  await ended.promise
})
