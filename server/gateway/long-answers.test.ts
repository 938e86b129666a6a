import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { exoscaleAt, thalassaAt } from './testing/connections.ts'
import { json, type Responder, send, startGateway, startUpstream } from './testing/servers.ts'

const keys = '/api/thalassa/v1/kms/nl-01/keys'

const gatewayTo = async (answering: Responder, timeout = 60_000) => {
  const cloud = await startUpstream(answering)
  return startGateway({ connections: [thalassaAt(cloud.url), exoscaleAt(`${cloud.url}/v2`)], timeout })
}

const listOf = (count: number) => Array.from({ length: count }, (_, index) => ({ identity: `kms-${index}`, name: 'é' }))

const rawly = async (url: string, headers: Record<string, string> = {}) => {
  const { promise, resolve } = Promise.withResolvers<Buffer>()
  const { get } = await import('node:http')
  get(url, { headers, agent: false }, (answer) => void answer.toArray().then((parts) => resolve(Buffer.concat(parts))))
  return promise
}

test('a long list is compressed only for clients that accept gzip', async () => {
  const gateway = await gatewayTo(json(listOf(5_000)))
  const packed = await rawly(gateway + keys, { 'accept-encoding': 'gzip, br' })
  const plain = await rawly(gateway + keys)
  expect(JSON.parse(plain.toString())).toEqual(listOf(5_000))
  expect(gunzipSync(packed)).toEqual(plain)
  expect(packed.length).toBeLessThan(plain.length / 4)
  const { headers } = await send(gateway + keys, { headers: { 'accept-encoding': 'gzip' } })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' })
})

test('a short answer is not compressed', async () => {
  const gateway = await gatewayTo(json(listOf(3)))
  const { headers, text } = await send(gateway + keys, { headers: { 'accept-encoding': 'gzip' } })
  expect(headers['content-encoding']).toBeUndefined()
  expect(JSON.parse(text)).toEqual(listOf(3))
})

test('an answer of megabytes is checked to its last byte', async () => {
  const long = 'x'.repeat(5 << 20)
  const list = await gatewayTo((_seen, response) => void response.end(`["${long}"]`))
  expect((await send(list + keys)).status).toBe(200)
  for (const wrong of [`<html>${long}</html>`, `["${long}",<script>]`, `["${long}"`]) {
    const page = await gatewayTo((_seen, response) => void response.end(wrong))
    const { status, text } = await send(page + keys)
    expect(status).toBe(502)
    expect(text).toContain('#/gateway/upstream-not-json')
  }
})

test('each chunk extends the deadline', async () => {
  const parts = ['[1', ',2', ',3', ',4', ',5]']
  const gateway = await gatewayTo((_seen, response) => {
    const next = () => {
      const part = parts.shift()
      if (part === undefined) response.end()
      else response.write(part, () => setTimeout(next, 300))
    }
    next()
  }, 1_000)
  const { status, text } = await send(gateway + keys)
  expect([status, text]).toEqual([200, '[1,2,3,4,5]'])
})
