/** Test server: the API over HTTP on a real store, with a settable clock and a signing client. */
import { randomBytes, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ApiRevision } from '../../../../src/clouds/exoscale/revisions.ts'
import { fetchOf } from '../../../http/over-fetch.ts'
import { answering } from '../../../http/over-node.ts'
import { createCredentials } from '../../engine/credentials.ts'
import { createKeyWrapper } from '../../engine/key-wrapper.ts'
import { createKeyring } from '../../engine/keyring.ts'
import { openSqliteStore } from '../../store/sqlite.ts'
import { openExoscale } from '../api.ts'
import { assertContract } from '../contract/testing/answers.ts'
import { defaultSwitches, type FaultSwitches } from '../fault-switches.ts'
import type { XksOptions } from '../key-stores/options.ts'

export const DAY = 86_400_000

export interface Credential {
  readonly key: string
  readonly secret: string
}

/** Signs as the vendor's clients do; written from the published description, independent of the server's code. */
export async function sign(signed: {
  method: string
  target: string
  body?: string | Uint8Array
  credential: Credential
  expires: number
}): Promise<string> {
  const [path = '', query = ''] = signed.target.split('?')
  const names: string[] = []
  let values = ''
  const search = new URLSearchParams(query)
  for (const name of [...new Set(search.keys())].sort()) {
    const [value, ...more] = search.getAll(name)
    if (value === undefined || more.length > 0) continue
    names.push(name)
    values += value
  }
  const message = Buffer.concat([
    Buffer.from(`${signed.method} ${path}\n`),
    Buffer.from(signed.body ?? ''),
    Buffer.from(`\n${values}\n\n${signed.expires}`),
  ])
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await webcrypto.subtle.importKey('raw', Buffer.from(signed.credential.secret), algorithm, false, ['sign'])
  const mac = Buffer.from(await webcrypto.subtle.sign('HMAC', key, message)).toString('base64')
  const list = names.length > 0 ? `signed-query-args=${names.join(';')},` : ''
  return `EXO2-HMAC-SHA256 credential=${signed.credential.key},${list}expires=${signed.expires},signature=${mac}`
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: Record<string, unknown>
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

export interface Raw {
  readonly method: string
  /** Raw body. */
  readonly target: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

export async function openTestServer({
  revision = 'reference',
  now = Date.parse('2026-01-01T00:00:00.000Z'),
  switches = {},
  tick = 0,
  origins = [],
  xks = {},
}: {
  revision?: ApiRevision
  now?: number
  switches?: Partial<FaultSwitches>
  /** Milliseconds that pass with each reading of the clock. */
  tick?: number
  origins?: readonly string[]
  xks?: XksOptions
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'exoscale-'))
  const rootKey = randomBytes(32)
  const clock = {
    now() {
      now += tick
      return now
    },
  }
  const failures: unknown[] = []

  async function openApi() {
    const keyWrapper = createKeyWrapper(rootKey)
    const store = openSqliteStore(join(folder, 'kms.sqlite'), keyWrapper)
    const credentials = createCredentials({ store, keyWrapper, now: clock.now })
    const report = (error: unknown) => void failures.push(error)
    const keyring = createKeyring({ store, keyWrapper, clock, report })
    const services = {
      keyring,
      credentials,
      settings: store,
      dataVersion: store.dataVersion,
      audit: store,
      resources: store,
      clock,
      origins,
      address: () => undefined,
      report,
    }
    return {
      store,
      keyring,
      credentials,
      api: await openExoscale({
        ...services,
        exoscaleApi: revision,
        xks,
        exoscaleSwitches: { ...defaultSwitches, defaultKey: 'absent', ...switches },
      }),
    }
  }

  let opened = await openApi()
  const answer = answering((request) => opened.api.answer(request), new AbortController().signal)
  // Tests block this process for seconds while they make keys: idle connections must not time out meanwhile.
  const server = createServer({ keepAliveTimeout: 0 }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const send = ({ method, target, headers = {}, body }: Raw): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const options = { port, host: '127.0.0.1', method, path: target, headers: { ...length, ...headers } }
      const request = httpRequest(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) })
        })
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(body)
    })

  /** Validates every answer of every test against the contract of its operation. */
  async function raw(request: Raw): Promise<Reply> {
    const reply = await send(request)
    const { status, text, headers } = reply
    const { method, target } = request
    assertContract({ method, target, status, type: headers['content-type'], text }, revision)
    return reply
  }

  const expiry = () => Math.floor(now / 1000) + 600

  /** Valid `Authorization` header of a request. */
  const authorize = (
    { method, target, body }: Raw,
    expires = expiry(),
    credential: Credential = opened.api.credential,
  ) => sign({ method, target, ...(body === undefined ? {} : { body }), credential, expires })

  /** Sends a signed request; an object becomes JSON, text and bytes are sent unchanged. */
  async function call(
    method: string,
    target: string,
    content?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const body =
      content === undefined || typeof content === 'string' || content instanceof Uint8Array
        ? content
        : JSON.stringify(content)
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const request = { method, target, ...(body === undefined ? {} : { body }) }
    return raw({ ...request, headers: { authorization: await authorize(request), ...type, ...headers } })
  }

  return {
    base: `http://127.0.0.1:${port}`,
    get revision() {
      return revision
    },
    clock,
    /** Reported internal failures. A test must remove those that it expects, else closing the server fails. */
    failures,
    raw,
    call,
    expiry,
    authorize,
    get api() {
      return opened.api
    },
    /** Calls within this process. */
    fetch: fetchOf((request) => opened.api.answer(request)),
    get keyring() {
      return opened.keyring
    },
    get credentials() {
      return opened.credentials
    },
    post: (target: string, content?: object | string) => call('POST', target, content),
    get: (target: string) => call('GET', target),
    advance(milliseconds: number) {
      now += milliseconds
    },
    runDueJobs: () => opened.keyring.runDueJobs(opened.api),
    /** Creates a key and returns its path. */
    async newKey(name: string = randomBytes(6).toString('hex'), zone?: string): Promise<string> {
      const base = zone === undefined ? '/v2' : `/zone/${zone}/v2`
      const { body } = await call('POST', `${base}/kms-key`, { name })
      return `${base}/kms-key/${body.id}`
    },
    /** Creates a key with these members and returns its path. */
    async newKeyOf(members: object, zone?: string): Promise<string> {
      const base = zone === undefined ? '/v2' : `/zone/${zone}/v2`
      const { status, body, text } = await call('POST', `${base}/kms-key`, {
        name: randomBytes(6).toString('hex'),
        ...members,
      })
      expect([status, text]).toEqual([expect.toBeOneOf([200, 201]), expect.anything()])
      return `${base}/kms-key/${body.id}`
    },
    /** Closes and reopens the database, like a restart, optionally with other switches and in another revision. */
    async restart(others: Partial<FaultSwitches> = {}, next: ApiRevision = revision) {
      opened.api.close?.()
      await opened.store.close()
      revision = next
      switches = { ...switches, ...others }
      opened = await openApi()
    },
    async close() {
      server.close()
      opened.api.close?.()
      await opened.store.close()
      rmSync(folder, { recursive: true })
      expect(failures).toEqual([])
    },
  }
}

export type TestServer = Awaited<ReturnType<typeof openTestServer>>
