/** Addresses in answers of the local KMS: those by which the caller reached it. */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Session } from '../src/clouds/gateway/wire.ts'
import { send } from './gateway/testing/servers.ts'
import { exit, folder, lastOfKms, printed, start, started } from './testing/program.ts'

const ZoneList = z.object({ zones: z.array(z.object({ name: z.string(), 'api-endpoint': z.string() })) })

const startKms = async (environment: Readonly<Record<string, string>> = {}) => {
  const program = start(['kms', '--port', '0'], { KMS_DATA_DIR: folder(), ...environment })
  const variables = await started(program, lastOfKms)
  return { program, kms: variables.kms ?? '', variables }
}

const endpoints = (text: string) => ZoneList.parse(JSON.parse(text)).zones.map((zone) => zone['api-endpoint'])

/** Answer to raw bytes, read until the server closes the connection. */
const raw = async (kms: string, request: string) => {
  const socket = connect(Number(new URL(kms).port), '127.0.0.1')
  socket.write(request)
  let answer = ''
  for await (const part of socket) answer += String(part)
  return answer
}

test('the endpoints of zones have the address that the caller used', async () => {
  const { kms } = await startKms()
  for (const host of ['kms:8400', 'localhost:9999', '[::1]:8400', 'kms.internal', '10.1.2.3:80']) {
    const answer = await send(`${kms}/v2/zone`, { headers: { host } })
    const origin = new URL(`http://${host}`).origin
    expect(endpoints(answer.text)[0]).toBe(`${origin}/zone/ch-gva-2/v2`)
    expect(endpoints(answer.text)).toHaveLength(8)
  }
  expect(endpoints(await (await fetch(`${kms}/v2/zone`)).text())[0]).toBe(`${kms}/zone/ch-gva-2/v2`)
})

test('an invalid host is refused, and not repeated', async () => {
  const { kms } = await startKms()
  const hosts = ['', ' ', 'a b', 'a/b', 'user@evil', 'x:99999', 'x"><script>', 'x?y', 'x#y', '[::1', 'é', 'a\\b', '%00']
  for (const host of [...hosts, 'x\r\nHost: y', `${'a'.repeat(70)}.example\r\nX-Forwarded-Host: evil`]) {
    const answer = await raw(kms, `GET /v2/zone HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|200) /)
    expect(answer).not.toMatch(/script|evil|user@/)
    if (answer.startsWith('HTTP/1.1 200')) {
      const [, body = ''] = answer.split('\r\n\r\n')
      const json = /\{.*\}/s.exec(body)?.[0] ?? ''
      for (const endpoint of endpoints(json)) expect(new URL(endpoint).href).toBe(endpoint)
    }
  }
  expect(await raw(kms, 'GET /v2/zone HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 (?:400|200) /)
  expect((await fetch(`${kms}/v2/zone`)).status).toBe(200)
})

test('KMS_PUBLIC_URL is the address in all answers and in the output', async () => {
  const { program, kms, variables } = await startKms({ KMS_PUBLIC_URL: 'https://kms.example/' })
  for (const host of ['kms:8400', 'localhost:9999']) {
    const answer = await send(`${kms}/v2/zone`, { headers: { host } })
    expect(endpoints(answer.text)[0]).toBe('https://kms.example/zone/ch-gva-2/v2')
  }
  expect(kms).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(variables).toMatchObject({
    THALASSA_API_ENDPOINT: 'https://kms.example',
    EXOSCALE_API_ENDPOINT: 'https://kms.example/v2',
  })
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
})

test('when listening on all addresses, the printed one works on this machine', async () => {
  const program = start(['kms', '--port', '0', '--host', '0.0.0.0'], { KMS_DATA_DIR: folder() })
  const { kms } = await started(program, lastOfKms)
  expect(kms).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${kms}/v2/zone`)).status).toBe(200)
})

test('the console shows the public address of its local KMS', async () => {
  const environment = { KMS_DATA_DIR: folder(), KMS_PORT: '0', KMS_PUBLIC_URL: 'http://kms:8400' }
  const program = start(['--port', '0'], environment)
  await printed(program, 'out', lastOfKms)
  const console = /^console: (\S+)$/m.exec(program.output.out)?.[1] ?? ''
  const session = Session.parse(await (await fetch(`${console}/api/session`)).json())
  expect(session.localKms?.address).toBe('http://kms:8400')
  expect(session.clouds.map(({ endpoint }) => endpoint)).toEqual(['http://kms:8400', 'http://kms:8400/zone/{zone}/v2'])
  const zones = await (await fetch(`${console}/api/exoscale/ch-gva-2/zone`)).text()
  expect(endpoints(zones)[0]).toBe('http://kms:8400/zone/ch-gva-2/v2')
})
