/**
 * Fuzzed requests to both protocols of the local KMS and to the gateway: `npm run bench -- fuzz [REQUESTS] [SEED]`;
 * default 100,000. Needs a build. Ends with status 1 if an answer is not as documented or a refusal changes the store.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { exportsOf, type Started, start } from '../e2e/server.ts'
import { signatureHeader } from '../server/gateway/exoscale/signature.ts'
import { type FuzzRequest, fuzzRequests, type Known, type Protocol, preparations } from './fuzz-requests.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Milliseconds: an answer that takes longer counts as hanging on an idle machine. */
const HANGING = 1000
/** Milliseconds without an answer, after which a request has failed. */
const DEADLINE = 30_000
/** Values of earlier answers that are remembered of each kind. */
const REMEMBERED = 100

interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  /** Milliseconds. */
  readonly duration: number
}

interface Target {
  readonly name: string
  readonly protocol: Protocol
  readonly url: string
  /** Content of the store, without the audit log. */
  readonly fingerprint: () => string
  /** Path and headers of a request as the target takes it. */
  readonly prepare: (one: FuzzRequest) => { path: string; headers: Record<string, string> }
  readonly isGateway: boolean
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const call = request(
      { agent, host: hostname, port, method, path, headers: { ...headers, 'content-length': body?.length ?? 0 } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        response.once('error', reject).once('end', () => {
          const { statusCode: status = 0, headers: received } = response
          resolve({ status, type: received['content-type'] ?? '', text, duration: performance.now() - began })
        })
      },
    )
    call.setTimeout(DEADLINE, () => call.destroy(new Error(`no answer within ${DEADLINE / 1000} s`)))
    call.once('error', reject).end(body)
  })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is wrong with an answer, by the documented shapes of errors; undefined for nothing. */
function faultOf({ protocol, isGateway }: Target, method: string, { status, type, text }: Answer): string | undefined {
  if (status >= 500 || status < 200) return `status ${status}`
  if (method === 'HEAD' || status === 204) return text === '' ? undefined : 'a body where none belongs'
  if (status < 300) return text === '' || parsed(text) !== undefined ? undefined : 'a success that is not JSON'
  if (status < 400) return `redirect ${status}`
  const body = parsed(text)
  if (!isObject(body)) return 'an error that is not a JSON object'
  const isProblem =
    type.startsWith('application/problem+json') && body.status === status && typeof body.detail === 'string'
  const isMessage = typeof body.message === 'string' && body.message !== ''
  if (isProblem && (isGateway || protocol === 'exoscale')) return undefined
  return isMessage ? undefined : `an error of another shape: ${text.slice(0, 200)}`
}

function remember(list: string[], value: unknown): void {
  if (typeof value !== 'string' || list.includes(value)) return
  list.push(value)
  if (list.length > REMEMBERED) list.shift()
}

/** Remembers ids and ciphertexts of a successful answer for later requests. */
function learn(known: { [name in keyof Known]: string[] }, { path }: FuzzRequest, text: string): void {
  const body = parsed(text)
  if (!isObject(body)) return
  remember(known.ciphertexts, body.ciphertext)
  remember(known.signatures, body.signature)
  if (/\/keys$|\/kms-key$/.test(path)) remember(known.keys, body.identity ?? body.id)
  if (path === '/v2/api-key') remember(known.apiKeys, body.key)
  if (path === '/v2/key-store') remember(known.stores, body.id)
  if (path === '/v2/iam-role' && isObject(body.reference)) remember(known.roles, body.reference.id)
}

interface Report {
  readonly statuses: Map<number, number>
  readonly faults: string[]
  slowest: number
  hanging: number
}

const emptyReport = (): Report => ({ statuses: new Map(), faults: [], slowest: 0, hanging: 0 })

async function fuzz(target: Target, count: number, seed: number): Promise<Report> {
  const report = emptyReport()
  const known = { keys: [], ciphertexts: [], apiKeys: [], roles: [], stores: [], signatures: [] }
  const requests = fuzzRequests(target.protocol, known, seed)
  const ask = async (one: FuzzRequest) => {
    const { path, headers } = target.prepare(one)
    const type: Record<string, string> = one.contentType === undefined ? {} : { 'content-type': one.contentType }
    const answer = await send(target.url, one.method, path, { ...headers, ...type }, one.body)
    if (answer.status < 300) learn(known, one, answer.text)
    return answer
  }
  for (const one of preparations(target.protocol)) await ask(one)
  let before = target.fingerprint()
  for (let nth = 0; nth < count; nth += 1) {
    const one = requests.next().value
    const shown = `${target.name}: ${one.method} ${one.path} ${one.body?.subarray(0, 300).toString() ?? ''}`
    try {
      const answer = await ask(one)
      report.statuses.set(answer.status, (report.statuses.get(answer.status) ?? 0) + 1)
      report.slowest = Math.max(report.slowest, answer.duration)
      if (answer.duration > HANGING) report.hanging += 1
      const fault = faultOf(target, one.method, answer)
      if (fault !== undefined) report.faults.push(`${fault} for ${shown}`)
      const after = target.fingerprint()
      if (answer.status >= 400 && after !== before)
        report.faults.push(`refused with ${answer.status}, and stored, ${shown}`)
      before = after
    } catch (error) {
      report.faults.push(`${error instanceof Error ? error.message : 'no answer'} for ${shown}`)
    }
  }
  return report
}

/**
 * Reads the content of the store beside its server, without the audit log, which has a row for each refusal, and without
 * copies of keys, which are updated in the background.
 */
function fingerprintOf(folder: string): () => string {
  const database = new DatabaseSync(join(folder, 'kms.sqlite'), { readOnly: true })
  const version = database.prepare('PRAGMA data_version')
  const contents = [
    'SELECT cloud, location, id, status, revision, updated_at, latest_version FROM keys WHERE origin IS NULL ORDER BY 1, 2, 3',
    `SELECT v.cloud, v.location, key_id, version FROM versions v JOIN keys k ON k.cloud = v.cloud
      AND k.location = v.location AND k.id = key_id WHERE origin IS NULL ORDER BY 1, 2, 3, 4`,
    'SELECT cloud, id, name, attributes FROM credentials ORDER BY 1, 2',
    "SELECT cloud, kind, id, content FROM resources WHERE kind <> 'event' ORDER BY 1, 2, 3",
  ].map((query) => database.prepare(query))
  let last = ''
  let lastVersion: unknown
  return () => {
    const { data_version: now } = version.get() ?? {}
    if (now !== lastVersion) {
      const hash = createHash('sha256')
      for (const statement of contents) hash.update(JSON.stringify(statement.all()))
      last = hash.digest('hex')
      lastVersion = now
    }
    return last
  }
}

function kmsTargets(server: Started, fingerprint: () => string): Target[] {
  const variables = exportsOf(server.output())
  const { THALASSA_PERSONAL_ACCESS_TOKEN: token, THALASSA_ORGANISATION_ID: organisation = '' } = variables
  const credential = { key: variables.EXOSCALE_API_KEY ?? '', secret: variables.EXOSCALE_API_SECRET ?? '' }
  const common = { url: server.url, fingerprint, isGateway: false }
  return [
    {
      ...common,
      name: 'local KMS, Thalassa',
      protocol: 'thalassa',
      prepare: ({ path, isSigned }) => ({
        path,
        headers: {
          authorization: isSigned ? `Token ${token}` : 'Token wrong',
          'x-organisation-identity': organisation,
        },
      }),
    },
    {
      ...common,
      name: 'local KMS, Exoscale',
      protocol: 'exoscale',
      prepare: ({ method, path, body, isSigned }) => {
        const signable = { method, url: new URL(server.url + path), body: body ?? new Uint8Array() }
        const expires = Math.floor(Date.now() / 1000) + 600
        const authorization = signatureHeader(signable, credential, expires)
        return { path, headers: { authorization: isSigned ? authorization : authorization.slice(0, -4) } }
      },
    },
  ]
}

function gatewayTargets({ url }: Started, fingerprint: () => string): Target[] {
  const common = { url, fingerprint, isGateway: true }
  const { host } = new URL(url)
  const headersOf = ({ isSigned }: FuzzRequest) => ({ host, origin: isSigned ? url : 'http://elsewhere.test' })
  return [
    {
      ...common,
      name: 'gateway, Thalassa',
      protocol: 'thalassa',
      prepare: (one) => ({ path: `/api/thalassa${one.path}`, headers: headersOf(one) }),
    },
    {
      ...common,
      name: 'gateway, Exoscale',
      protocol: 'exoscale',
      prepare: (one) => ({ path: `/api/exoscale${one.path.replace(/^\/v2/, '/ch-gva-2')}`, headers: headersOf(one) }),
    },
  ]
}

/** Requests to a server before it is replaced: reading a store that has grown takes longer than the requests. */
const PER_STORE = 2500

const servers = [
  { mode: 'kms', targetsOf: kmsTargets },
  { mode: 'console', targetsOf: gatewayTargets },
] as const

/** Sends `count` requests to each target of a new server. */
async function fuzzServer({ mode, targetsOf }: (typeof servers)[number], count: number, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kms-fuzz-'))
  const server = await start(mode, { KMS_DATA_DIR: folder, KMS_PORT: '0' })
  try {
    const reports: (readonly [name: string, Report])[] = []
    for (const target of targetsOf(server, fingerprintOf(folder)))
      reports.push([target.name, await fuzz(target, count, seed)])
    return reports
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true })
  }
}

function add(sum: Report, { statuses, faults, slowest, hanging }: Report): void {
  for (const [status, number] of statuses) sum.statuses.set(status, (sum.statuses.get(status) ?? 0) + number)
  sum.faults.push(...faults)
  sum.slowest = Math.max(sum.slowest, slowest)
  sum.hanging += hanging
}

async function run(count: number, seed: number): Promise<boolean> {
  const perTarget = Math.ceil(count / 4)
  say(`${perTarget * 4} requests, seed ${seed}`)
  const sums = new Map<string, Report>()
  for (let done = 0; done < perTarget; done += PER_STORE) {
    const now = Math.min(PER_STORE, perTarget - done)
    const reports = await Promise.all(servers.map((server) => fuzzServer(server, now, seed + done)))
    for (const [name, report] of reports.flat()) {
      const sum = sums.get(name) ?? emptyReport()
      add(sum, report)
      sums.set(name, sum)
    }
    say(`${(done + now) * 4} sent, ${[...sums.values()].reduce((all, { faults }) => all + faults.length, 0)} faults`)
  }
  for (const [name, { statuses, faults, slowest, hanging }] of sums) {
    const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, number]) => `${number} × ${status}`)
    say(
      `${name}: ${counts.join(', ')}; slowest ${slowest.toFixed(0)} ms, ${hanging} over ${HANGING} ms; ${faults.length} faults`,
    )
    for (const fault of faults.slice(0, 20)) say(`  ${fault}`)
  }
  agent.destroy()
  return [...sums.values()].every(({ faults }) => faults.length === 0)
}

const [count = 100_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
if (!(await run(count, seed))) process.exit(1)
