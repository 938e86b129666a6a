/** A local KMS with the test API on a port of its own, and clients of it, for tests. */
import { rmSync } from 'node:fs'
import pino from 'pino'
import { expect } from 'vitest'
import { type Listening, listen } from '../../../listen.ts'
import { sign } from '../../exoscale/testing/server.ts'
import { type KmsOptions, type LocalKms, openKms } from '../../kms.ts'
import { type Json, temporaryFolder } from '../../testing/thalassa-server.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

export interface TestKms {
  readonly url: string
  readonly kms: LocalKms
  /** Calls `/_kms` and below, from this machine. */
  api(method: string, path: string, body?: unknown): Promise<Reply>
  /** Calls below `/v1/kms/nl-01`, as the administrator. */
  thalassa(method: string, path: string, body?: unknown): Promise<Reply>
  /** Calls signed with the printed API key, or another one. */
  exoscale(method: string, target: string, body?: unknown, credential?: Credential): Promise<Reply>
  stop(): Promise<void>
}

interface Credential {
  readonly key: string
  readonly secret: string
}

export async function request(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

export function clientsOf(kms: Pick<LocalKms, 'credentials'>, url: string): Omit<TestKms, 'url' | 'kms' | 'stop'> {
  const { thalassa, exoscale } = kms.credentials
  const withBody = (body: unknown) => (body === undefined ? {} : { body: JSON.stringify(body) })
  const json = { 'content-type': 'application/json' }
  return {
    api: (method, path, body) => request(`${url}/_kms${path}`, { method, headers: json, ...withBody(body) }),
    thalassa(method, path, body) {
      const who = { authorization: `Token ${thalassa.token}`, 'x-organisation-identity': thalassa.organisation }
      return request(`${url}/v1/kms/nl-01${path}`, { method, headers: { ...json, ...who }, ...withBody(body) })
    },
    async exoscale(method, target, body, credential = exoscale) {
      const text = body === undefined ? '' : JSON.stringify(body)
      const expires = Math.floor(Date.now() / 1000) + 600
      const authorization = await sign({ method, target, body: text, credential, expires })
      return request(url + target, { method, headers: { ...json, authorization }, ...(text !== '' && { body: text }) })
    },
  }
}

/** List in an answer; empty if the answer has none. */
export const listIn = (body: unknown): readonly Json[] => (Array.isArray(body) ? body : [])

/** Starts on the given data folder, or on a temporary one that is removed at the end. */
export async function startTestKms(options: Partial<KmsOptions> = {}): Promise<TestKms> {
  const dataDir = options.dataDir ?? temporaryFolder()
  let listening: Listening | undefined
  const kms = await openKms({
    exoscaleApi: '2026-07',
    test: {},
    log: pino({ level: 'silent' }),
    address: () => listening?.url,
    ...options,
    dataDir,
  })
  listening = await listen({ answer: kms.answer, host: '127.0.0.1', port: 0, variable: 'KMS_PORT' })
  const { url, close } = listening
  return {
    url,
    kms,
    ...clientsOf(kms, url),
    async stop() {
      await close()
      await kms.close()
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true })
    },
  }
}

/** Everything that clients can read from both APIs. */
export async function everything({ thalassa, exoscale, api }: TestKms) {
  const targets = ['kms-key', 'iam-role', 'api-key', 'iam-organization-policy', 'organization', 'quota', 'event']
  const read = await Promise.all([
    thalassa('GET', '/keys'),
    thalassa('GET', '/../summary'),
    thalassa('GET', '/../../audit'),
    ...targets.map((target) => exoscale('GET', `/v2/${target}`)),
    exoscale('GET', '/zone/de-muc-1/v2/kms-key'),
  ])
  expect(new Set(read.map(({ status }) => status))).toEqual(new Set([200]))
  const clock = await api('GET', '/clock')
  return { daysAhead: clock.body.daysAhead, read: read.map(({ status, body }) => ({ status, body })) }
}
