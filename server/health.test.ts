/** Health of both servers over HTTP, with any host and without credentials. */
import { connect } from 'node:net'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { send, startGateway } from './gateway/testing/servers.ts'
import { listen } from './listen.ts'
import { exit, folder, lastOfKms, start, started } from './testing/program.ts'
import { version } from './version.ts'

const listening = async (ready?: () => Promise<boolean>) => {
  const answer = async () => ({ status: 401, headers: {}, body: 'of the application' })
  const server = await listen({ answer, ...(ready && { ready }), host: '127.0.0.1', port: 0, variable: 'PORT' })
  onTestFinished(server.close)
  return server
}

const healthy = { status: 200, text: JSON.stringify({ status: 'ok', version }) }

test('both paths answer uncached JSON to GET and HEAD, for any host and without credentials', async () => {
  const { url } = await listening()
  for (const path of ['/healthz', '/readyz', '/readyz?verbose']) {
    const answer = await send(url + path, { headers: { host: 'kms.example' } })
    expect(answer).toMatchObject(healthy)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(await send(url + path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
    expect(await send(url + path, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  }
  for (const path of ['/', '/healthz/', '/readyzz']) expect(await send(url + path)).toMatchObject({ status: 401 })
})

test('a store that fails, or does not answer in time, is not ready; the process is alive', async () => {
  const broken = [
    async () => false,
    () => Promise.reject(new Error('disk')),
    () => new Promise<boolean>(() => undefined),
  ]
  for (const ready of broken) {
    const { url } = await listening(ready)
    const answer = await send(`${url}/readyz`)
    expect(answer).toMatchObject({ status: 503, text: JSON.stringify({ status: 'store unavailable', version }) })
    expect(await send(`${url}/healthz`)).toMatchObject(healthy)
  }
})

test('a stopping server is not ready, for a request that was already being sent', async () => {
  const server = await listening()
  const socket = connect(server.port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n')
  // An answer to a later connection shows that the server has the first half.
  await send(`${server.url}/readyz`)
  const closed = server.close()
  socket.write('\r\n')
  let text = ''
  for await (const part of socket) text += String(part)
  expect(text).toMatch(/^HTTP\/1\.1 503 /)
  expect(text).toContain('"status":"stopping"')
  await closed
})

test('the console answers another host, without a log line', async () => {
  const lines: string[] = []
  const url = await startGateway({ log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }) })
  const headers = { host: 'evil.example' }
  for (const path of ['/healthz', '/readyz']) expect(await send(url + path, { headers })).toMatchObject(healthy)
  expect(lines).toEqual([])
  await send(url, { headers })
  expect(lines).toHaveLength(1)
})

test('the local KMS alone', async () => {
  const program = start(['kms', '--port', '0'], { KMS_DATA_DIR: folder() })
  const { kms } = await started(program, lastOfKms)
  for (const path of ['/healthz', '/readyz']) expect(await send(`${kms}${path}`)).toMatchObject(healthy)
  expect(program.output.err).not.toContain('healthz')
  for (const path of ['/', '/health', '/metrics', '/graphql', '/v1', '/v3/x', '/index.html']) {
    const answer = await send(`${kms}${path}`, { headers: { accept: 'text/html' } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers['content-type']).toMatch(/json/)
  }
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
})
