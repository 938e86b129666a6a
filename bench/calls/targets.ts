/** Servers under load, and the calls that are sent to them. */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { signatureHeader } from '../../server/gateway/exoscale/signature.ts'
import { consoleAddress, found, kmsAddress, type Server, startServer, stopServer } from '../server.ts'
import { requestBytes, type Target } from './http1.ts'
import { startOpenBao } from './openbao.ts'

export type Operation = 'encrypt' | 'decrypt' | 'hmac'

/** What a call uses as its input: 1 KiB. */
const PLAINTEXT = randomBytes(1024).toString('base64')

/** Seconds, the longest that the local KMS accepts: one signed request is sent again and again. */
const VALIDITY = 3600

export interface Subject {
  readonly name: string
  readonly pid: number | undefined
  /** Calls by operation; a protocol may lack one. */
  readonly calls: Readonly<Partial<Record<Operation, Target>>>
}

export interface Subjects {
  readonly floor: Subject
  readonly thalassa: Subject
  readonly exoscale: Subject
  /** Console in front of the local KMS of `thalassa`, in a process of its own. */
  readonly gateway: Subject
  /** Console with a local KMS in the same process. */
  readonly console: Subject
  readonly openBao: Subject | undefined
  stop(): Promise<void>
}

export type Headers = Readonly<Record<string, string>>

export interface Api {
  readonly port: number
  /** Path and headers of a call. */
  prepare(operation: Operation, body: string): { readonly path: string; readonly headers: Headers }
}

/** Member of a body or an answer that holds the input or the result. */
const inputName = { encrypt: 'plaintext', decrypt: 'ciphertext', hmac: 'input' } as const

/** Calls of an API; what it decrypts, it has encrypted before. */
export async function callsOf(api: Api, operations: readonly Operation[]): Promise<Subject['calls']> {
  const { port } = api
  const send = async (operation: Operation, body: string) => {
    const { path, headers } = api.prepare(operation, body)
    const url = `http://127.0.0.1:${port}${path}`
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return text
  }
  const bodyOf = (operation: Operation, value: string) => JSON.stringify({ [inputName[operation]]: value })
  const sealed = await send('encrypt', bodyOf('encrypt', PLAINTEXT))
  const ciphertext = found(sealed, /"ciphertext":\s*"([^"]+)"/)
  const calls = operations.map((operation) => {
    const body = bodyOf(operation, operation === 'decrypt' ? ciphertext : PLAINTEXT)
    const { path, headers } = api.prepare(operation, body)
    return [operation, { port, request: requestBytes(port, { method: 'POST', path, headers, body }) }] as const
  })
  return Object.fromEntries(calls)
}

const all: readonly Operation[] = ['encrypt', 'decrypt', 'hmac']
export const portOf = (address: string) => Number(new URL(address).port)

async function startFloor() {
  const child = fork(new URL('./floor.ts', import.meta.url))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => reject(new Error(`the floor ended with ${code}`)))
  })
  const calls = await callsOf({ port, prepare: (operation) => ({ path: `/${operation}`, headers: {} }) }, all)
  return { subject: { name: 'floor', pid: child.pid, calls }, stop: () => void child.disconnect() }
}

export const exported = ({ output }: Server, name: string) => found(output, new RegExp(`^export ${name}=(.*)$`, 'm'))

export const thalassaHeaders = (kms: Server): Headers => ({
  authorization: `Token ${exported(kms, 'THALASSA_CRYPTO_TOKEN')}`,
  'x-organisation-identity': exported(kms, 'THALASSA_ORGANISATION_ID'),
})

const KEYS = '/v1/kms/nl-01/keys'

/** Creates one key for the cipher and one for MACs. */
export async function thalassaApi(base: string, asOwner: Headers, headers: Headers): Promise<Api> {
  const { pathname, port } = new URL(base)
  const prefix = pathname === '/' ? '' : pathname
  const create = async (keyType: string) => {
    const body = JSON.stringify({ name: `${keyType} of the benchmark ${randomBytes(4).toString('hex')}`, keyType })
    const response = await fetch(`http://127.0.0.1:${port}${prefix}${KEYS}`, {
      method: 'POST',
      headers: { ...asOwner, 'content-type': 'application/json' },
      body,
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`a key was refused with ${response.status}: ${text}`)
    return found(text, /"slug":\s*"([^"]+)"/)
  }
  const [cipher, mac] = [await create('aes256-gcm96'), await create('hmac-sha256')]
  return {
    port: Number(port),
    prepare: (operation) => ({
      path: `${prefix}${KEYS}/${operation === 'hmac' ? mac : cipher}/${operation}`,
      headers,
    }),
  }
}

async function exoscaleApi(kms: Server): Promise<Api> {
  const address = kmsAddress(kms.output)
  const credentials = { key: exported(kms, 'EXOSCALE_API_KEY'), secret: exported(kms, 'EXOSCALE_API_SECRET') }
  const expires = Math.floor(Date.now() / 1000) + VALIDITY
  const signed = (path: string, body: string) => ({
    authorization: signatureHeader(
      { method: 'POST', url: new URL(`${address}${path}`), body: new Uint8Array(Buffer.from(body)) },
      credentials,
      expires,
    ),
  })
  const path = '/v2/kms-key'
  const body = JSON.stringify({ name: 'benchmark', usage: 'encrypt-decrypt', 'multi-zone': false })
  const headers = { ...signed(path, body), 'content-type': 'application/json' }
  const response = await fetch(`${address}${path}`, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`a key was refused with ${response.status}: ${text}`)
  const id = found(text, /"id":\s*"([^"]+)"/)
  return {
    port: portOf(address),
    prepare(operation, content) {
      const at = `/v2/kms-key/${id}/${operation}`
      return { path: at, headers: signed(at, content) }
    },
  }
}

/** Starts all servers with their data in the folder; OpenBao only where it can be had. */
export async function startSubjects(folder: string): Promise<Subjects> {
  const stops: (() => void | Promise<void>)[] = []
  const started = async (mode: 'kms' | 'console', name: string, env: Headers = {}) => {
    const server = await startServer(mode, `${folder}/${name}`, env)
    stops.push(() => stopServer(server))
    return server
  }
  try {
    const floor = await startFloor()
    stops.push(floor.stop)
    const kms = await started('kms', 'kms')
    const owner = { ...thalassaHeaders(kms), authorization: `Token ${exported(kms, 'THALASSA_API_TOKEN')}` }
    const gateway = await started('console', 'gateway', {
      THALASSA_PERSONAL_ACCESS_TOKEN: exported(kms, 'THALASSA_CRYPTO_TOKEN'),
      THALASSA_ORGANISATION_ID: exported(kms, 'THALASSA_ORGANISATION_ID'),
      THALASSA_API_ENDPOINT: kmsAddress(kms.output),
    })
    const alone = await started('console', 'console')
    const openBao = await startOpenBao(folder)
    if (openBao) stops.push(openBao.stop)

    const direct = await thalassaApi(kmsAddress(kms.output), owner, thalassaHeaders(kms))
    const subject = async (name: string, { child }: Server, api: Api, operations = all): Promise<Subject> => ({
      name,
      pid: child.pid,
      calls: await callsOf(api, operations),
    })
    const through: Api = {
      port: portOf(consoleAddress(gateway.output)),
      prepare: (operation, body) => ({ path: `/api/thalassa${direct.prepare(operation, body).path}`, headers: {} }),
    }
    const inOne = await thalassaApi(`${consoleAddress(alone.output)}/api/thalassa`, {}, {})
    const token = { 'x-vault-token': openBao?.token ?? '' }
    return {
      floor: floor.subject,
      thalassa: await subject('Thalassa', kms, direct),
      exoscale: await subject('Exoscale', kms, await exoscaleApi(kms), ['encrypt', 'decrypt']),
      gateway: await subject('gateway', gateway, through),
      console: await subject('console', alone, inOne),
      openBao: openBao && {
        name: 'OpenBao',
        pid: openBao.pid,
        calls: await callsOf(
          { port: openBao.port, prepare: (operation) => ({ path: `/v1/transit/${operation}/bench`, headers: token }) },
          all,
        ),
      },
      async stop() {
        for (const stop of stops.toReversed()) await stop()
      },
    }
  } catch (error) {
    for (const stop of stops.toReversed()) await stop()
    throw error
  }
}
