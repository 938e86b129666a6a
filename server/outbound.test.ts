/** Proxies and certificate authorities: the program, with a real proxy and a real TLS server as the cloud. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { GatewayProblem } from '../src/clouds/gateway/wire.ts'
import { selfSigned } from './testing/certificate.ts'
import { exit, folder, type Program, printed, start } from './testing/program.ts'

const CLOUD = 'api.cloud.test'
const { key, cert } = selfSigned(CLOUD)

const portOf = async (server: Server) => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const startCloud = async () => {
  const server = createTlsServer({ key, cert }, (_incoming, response) =>
    response.setHeader('content-type', 'application/json').end('{"featureEnabled":true}'),
  )
  onTestFinished(() => void server.close().closeAllConnections())
  return portOf(server)
}

interface Seen {
  readonly target: string | undefined
  readonly authorization: string | undefined
}

/** Proxy that knows the way to one port, or answers with a status of its own. */
const startProxy = async (way: { readonly to: number } | { readonly status: number }) => {
  const seen: Seen[] = []
  const server = createServer()
  const sockets = new Set<Socket>()
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    seen.push({ target: incoming.url, authorization: incoming.headers['proxy-authorization'] })
    sockets.add(socket.on('error', () => undefined))
    if ('status' in way) return socket.end(`HTTP/1.1 ${way.status} No\r\n\r\n`)
    const onward = connect(way.to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward.on('error', () => undefined))
  })
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { seen, port: await portOf(server) }
}

const thalassa = {
  THALASSA_API_TOKEN: 'tc_pat_never-shown',
  THALASSA_ORGANISATION_ID: 'acme',
  THALASSA_API_ENDPOINT: `https://${CLOUD}`,
}

/** Starts the console; returns what it prints and the answer to one call. */
const callThrough = async (environment: Readonly<Record<string, string>>) => {
  const program = start(['--port', '0'], {
    ...thalassa,
    START_TOKEN: 'false',
    KMS_DATA_DIR: ':memory:',
    ...environment,
  })
  await printed(program, 'out', /npm run demo/)
  const { out } = program.output
  const answer = await fetch(`${/^console: (\S+)$/m.exec(out)?.[1]}/api/thalassa/v1/kms/summary`)
  const text = await answer.text()
  const detail = answer.ok ? undefined : GatewayProblem.parse(JSON.parse(text)).detail
  return {
    status: answer.status,
    detail,
    cloud: /Thalassa Cloud +(.*)/.exec(out)?.[1],
    all: out + program.output.err + text,
  }
}

const fileWith = (text: string) => {
  const path = join(folder(), 'ca.pem')
  writeFileSync(path, text)
  return path
}

test('a live cloud is called through the proxy and trusted by EXTRA_CA_FILE, and the start says so', async () => {
  const { port, seen } = await startProxy({ to: await startCloud() })
  const EXTRA_CA_FILE = fileWith(`# Company CA\n${cert}`)
  const HTTPS_PROXY = `http://user:hidden-pass@127.0.0.1:${port}`
  const { status, cloud, all } = await callThrough({ EXTRA_CA_FILE, HTTPS_PROXY })
  expect(status).toBe(200)
  const authorization = `Basic ${Buffer.from('user:hidden-pass').toString('base64')}`
  expect(seen).toEqual([{ target: `${CLOUD}:443`, authorization }])
  expect(cloud).toBe(`live, https://${CLOUD}, through the proxy http://127.0.0.1:${port}`)
  expect(all).toContain(`the certificates of ${EXTRA_CA_FILE} too`)
  expect(all).not.toMatch(/hidden-pass|never-shown/)
})

test('without its authority, a cloud is not trusted, and the answer names the remedy', async () => {
  const { port } = await startProxy({ to: await startCloud() })
  const { status, detail } = await callThrough({ https_proxy: `127.0.0.1:${port}` })
  expect(status).toBe(502)
  expect(detail).toBe(
    `Thalassa Cloud can’t be reached (DEPTH_ZERO_SELF_SIGNED_CERT). Its certificate is not trusted: EXTRA_CA_FILE names authorities that are. Calls to it go through the proxy http://127.0.0.1:${port}.`,
  )
})

test('a proxy that is down is named, without its password', async () => {
  const server = createServer()
  const port = await portOf(server)
  await new Promise((resolve) => server.close(resolve))
  const { status, detail, all } = await callThrough({ HTTPS_PROXY: `http://user:hidden-pass@127.0.0.1:${port}` })
  expect(status).toBe(502)
  expect(detail).toBe(
    `Thalassa Cloud can’t be reached (ECONNREFUSED). Calls to it go through the proxy http://127.0.0.1:${port}.`,
  )
  expect(all).not.toContain('hidden-pass')
})

test('a proxy that refuses is named', async () => {
  const { port } = await startProxy({ status: 407 })
  const { detail } = await callThrough({ HTTPS_PROXY: `http://127.0.0.1:${port}` })
  expect(detail).toBe(
    `Thalassa Cloud can’t be reached: its proxy answered 407. Calls to it go through the proxy http://127.0.0.1:${port}.`,
  )
})

describe('no proxy is used', () => {
  test('for a host of NO_PROXY, or one of its subdomains', async () => {
    const { port, seen } = await startProxy({ status: 500 })
    const { cloud, detail } = await callThrough({ HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'cloud.test' })
    expect(cloud).toBe(`live, https://${CLOUD}`)
    expect(detail).toMatch(/^Thalassa Cloud can’t be reached \(\w+\)\.$/)
    expect(seen).toEqual([])
  })

  test.each([{}, { NODE_USE_ENV_PROXY: '1' }])('for an address of this machine, with %j', async (more) => {
    const cloud = createServer((_incoming, response) => void response.end('{}'))
    onTestFinished(() => void cloud.close().closeAllConnections())
    const { port, seen } = await startProxy({ status: 500 })
    const proxy = `http://127.0.0.1:${port}`
    const { status } = await callThrough({
      THALASSA_API_ENDPOINT: `http://127.0.0.1:${await portOf(cloud)}`,
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      ...more,
    })
    expect(status).toBe(200)
    expect(seen).toEqual([])
  })
})

test('zones of one cloud can go different ways', async () => {
  const program = start(['--port', '0'], {
    EXOSCALE_API_KEY: 'EXOkey',
    EXOSCALE_API_SECRET: 'never-shown',
    HTTPS_PROXY: 'http://proxy.test:3128',
    NO_PROXY: 'api-ch-gva-2.exoscale.com',
    KMS_DATA_DIR: ':memory:',
  })
  await printed(program, 'out', /npm run demo/)
  expect(program.output.out).toContain(
    'live, https://api-{zone}.exoscale.com/v2, through the proxy http://proxy.test:3128 but for api-ch-gva-2.exoscale.com\n',
  )
})

describe('a file of certificates that can’t be used ends the start', () => {
  const refused = async (environment: Readonly<Record<string, string>>) => {
    const program: Program = start(['--port', '0'], { ...thalassa, ...environment })
    expect(await exit(program.child)).toBe(1)
    return program.output.err
  }

  test('it is not there', async () => {
    for (const name of ['EXTRA_CA_FILE', 'NODE_EXTRA_CA_CERTS'])
      expect(await refused({ [name]: '/nowhere/ca.pem' })).toContain(
        `- ${name} must name a file with certificates in PEM; /nowhere/ca.pem can't be used: it is not there`,
      )
  })

  test('it has none, or a damaged one', async () => {
    const none = fileWith('not a certificate')
    expect(await refused({ EXTRA_CA_FILE: none })).toContain(
      `- EXTRA_CA_FILE must name a file with certificates in PEM (-----BEGIN CERTIFICATE-----); ${none} has none`,
    )
    const damaged = fileWith(cert.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'))
    expect(await refused({ EXTRA_CA_FILE: damaged })).toContain(
      `${damaged} can't be used: it has a certificate that can’t be read`,
    )
  })
})
