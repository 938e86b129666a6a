import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchOf } from '../../http/over-fetch.ts'
import { answering } from '../../http/over-node.ts'
import { openDataFolder } from '../data-folder.ts'
import { createCredentials } from '../engine/credentials.ts'
import { createKeyWrapper } from '../engine/key-wrapper.ts'
import { createKeyring } from '../engine/keyring.ts'
import { IN_MEMORY } from '../engine/store.ts'
import { createWrappingKeys } from '../engine/wrapping-keys.ts'
import { databaseIn } from '../root-key.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { openThalassa } from '../thalassa/api.ts'

export const DAY = 86_400_000
/** Start of the tests' clock: 2026-03-01T09:00:00Z. */
export const START = Date.UTC(2026, 2, 1, 9)

export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; an empty object for an empty body. */
  readonly body: Json
}

/** JSON whose members tests read; an absent one is undefined. */
export interface Json {
  readonly [member: string]: Json
}

export interface RequestOptions {
  readonly body?: unknown
  /** Raw body, in place of `body` as JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
  /** Headers in place of the valid ones; null omits one. */
  readonly headers?: Readonly<Record<string, string | null>>
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kms-test-'))
}

function openInMemory() {
  const keyWrapper = createKeyWrapper(randomBytes(32))
  return { keyWrapper, store: openSqliteStore(IN_MEMORY, keyWrapper) }
}

/**
 * Thalassa's API on a port of its own, over a real store, with a clock that tests set.
 * @param options.light store in memory and calls without the network, for tests with many calls
 */
export async function startThalassa({
  dataDir = temporaryFolder(),
  now = START,
  origins = [] as readonly string[],
  light = false,
} = {}) {
  const clock = {
    time: now,
    now() {
      return this.time
    },
  }
  const { keyWrapper, store } = light ? openInMemory() : await openDataFolder({ dataDir })
  const failures: unknown[] = []
  const report = (error: unknown) => void failures.push(error)
  const keyring = createKeyring({ store, keyWrapper, clock, report })
  const thalassa = await openThalassa({
    keyring,
    credentials: createCredentials({ store, keyWrapper, now: () => clock.now() }),
    wrappingKeys: createWrappingKeys({ store, keyWrapper }),
    settings: store,
    dataVersion: store.dataVersion,
    audit: store,
    resources: store,
    origins,
    clock,
    address: () => undefined,
    report,
  })
  // Tests block this process for seconds while they make RSA keys: idle connections must not time out meanwhile.
  const server = createServer({ keepAliveTimeout: 0 }, answering(thalassa.answer, new AbortController().signal))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  const { token, organisation } = thalassa.credential
  const inProcess = fetchOf(thalassa.answer)

  async function call(method: string, path: string, options: RequestOptions = {}): Promise<Reply> {
    const headers = new Headers({ authorization: `Token ${token}`, 'x-organisation-identity': organisation })
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === null) headers.delete(name)
      else headers.set(name, value)
    }
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
    if (body !== undefined) headers.set('content-type', 'application/json')
    const request = new Request(`${base}${path}`, { method, headers, ...(body !== undefined && { body }) })
    const response = await (light ? inProcess(request) : fetch(request))
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? '{}' : text) as Json }
  }

  const keys = '/v1/kms/nl-01/keys'
  let made = 0

  return {
    base,
    call,
    clock,
    database: databaseIn(dataDir),
    dataDir,
    /** Failures that the API reported as its own. */
    failures,
    keyring,
    store,
    thalassa,
    keyWrapper,
    token,
    organisation,
    /** Call on a key of `nl-01`: `on(id, 'POST', '/encrypt', { plaintext })`. */
    on: (id: string, method: string, path = '', body?: unknown) =>
      call(method, `${keys}/${encodeURIComponent(id)}${path}`, { body }),
    /** Creates a key; returns its identity. */
    async create(body: Readonly<Record<string, unknown>> = {}): Promise<string> {
      made += 1
      const reply = await call('POST', keys, { body: { name: `key ${made}`, keyType: 'aes256-gcm96', ...body } })
      if (reply.status !== 201) throw new Error(`create answered ${reply.status}: ${JSON.stringify(reply.body)}`)
      return String(reply.body.identity)
    },
    /** An access token for a client id and secret. */
    async accessToken({ id, secret }: { readonly id: string; readonly secret: string }): Promise<string> {
      const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
      const response = await fetch(`${base}/oidc/token`, { method: 'POST', body: new URLSearchParams(form) })
      return String(((await response.json()) as Json).access_token)
    },
    runDueJobs: () => keyring.runDueJobs(thalassa),
    async close({ keepData = false } = {}) {
      await new Promise((resolve) => server.close(resolve))
      await store.close()
      if (!keepData) rmSync(dataDir, { recursive: true })
    },
  }
}

export type ThalassaServer = Awaited<ReturnType<typeof startThalassa>>

/** A number of bytes as base64. */
export const base64 = (content: string | number): string =>
  (typeof content === 'number' ? Buffer.alloc(content, 7) : Buffer.from(content)).toString('base64')
