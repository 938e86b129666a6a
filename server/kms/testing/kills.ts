/** Kills a local KMS again and again while clients change it, and compares its content with what it acknowledged. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { defaultZone, zones } from '../../../src/clouds/exoscale/rules.ts'
import { signatureHeader } from '../../gateway/exoscale/signature.ts'
import { verifyFolder } from '../backup.ts'
import { databaseIn } from '../root-key.ts'
import { AUDIT_LOG } from './audit-log.ts'

interface Server {
  readonly child: ChildProcess
  /** Printed values: `kms` is the address, the others are the variables to export. */
  readonly printed: Readonly<Record<string, string>>
}

async function start(program: string, dataDir: string): Promise<Server> {
  const child = spawn(process.execPath, [program, 'kms', '--port', '0'], {
    cwd: dataDir,
    env: { KMS_DATA_DIR: dataDir, KMS_ENV_FILE: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed: Record<string, string> = {}
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^(?:export )?(\w+)(?:: |=)(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) printed[name] = value
    if (name === 'EXOSCALE_API_SECRET') return { child, printed }
  }
  throw new Error('the server ended before it was ready')
}

/** Sends a change; throws unless it succeeded. */
type Client = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>

async function send(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${init.method} ${url} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}

const clients = {
  thalassa:
    ({ printed }: Server): Client =>
    (method, path, body) =>
      send(`${printed.kms}${path}`, {
        method,
        headers: {
          authorization: `Token ${printed.THALASSA_PERSONAL_ACCESS_TOKEN}`,
          'x-organisation-identity': `${printed.THALASSA_ORGANISATION_ID}`,
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
  exoscale:
    ({ printed }: Server): Client =>
    (method, path, body) => {
      const url = new URL(`${printed.kms}${path}`)
      const text = body ? JSON.stringify(body) : ''
      const credential = { key: `${printed.EXOSCALE_API_KEY}`, secret: `${printed.EXOSCALE_API_SECRET}` }
      const expires = Math.floor(Date.now() / 1000) + 600
      const authorization = signatureHeader({ method, url, body: Buffer.from(text) }, credential, expires)
      const headers = { authorization, 'content-type': 'application/json' }
      return send(url.href, { method, headers, ...(text && { body: text }) })
    },
}

/** Changes of a key that were acknowledged, its creation included. */
interface Acknowledged {
  readonly id: string
  changes: number
}

interface Writer {
  readonly client: Client
  /** Zone of Exoscale: each has a quota of keys. */
  readonly zone: string
  /** Unique. */
  readonly name: string
  readonly done: Acknowledged[]
  readonly acknowledge: () => void
}

/** Each step changes the key. */
const thalassaSteps = [
  ['POST', '/rotate'],
  ['POST', '/disable'],
  ['POST', '/enable'],
  ['DELETE', ''],
  ['DELETE', '/cancel-deletion'],
] as const

async function writeThalassa({ client, name, done, acknowledge }: Writer): Promise<void> {
  for (let nth = 0; ; nth += 1) {
    const made = await client('POST', '/v1/kms/nl-01/keys', { name: `${name} ${nth}` })
    const known = { id: String(made.identity), changes: 1 }
    done.push(known)
    acknowledge()
    for (const [method, path] of thalassaSteps) {
      await client(method, `/v1/kms/nl-01/keys/${known.id}${path}`)
      known.changes += 1
      acknowledge()
    }
  }
}

const exoscaleSteps = ['rotate', 'disable-key-rotation', 'disable', 'enable', 'schedule-deletion', 'cancel-deletion']

async function writeExoscale({ client, name, zone, done, acknowledge }: Writer): Promise<void> {
  const keys = `/zone/${zone}/v2/kms-key`
  const policy = { 'default-service-strategy': 'deny', services: {} }
  for (let nth = 0; ; nth += 1) {
    const role = await client('POST', '/v2/iam-role', { name: `${name} ${nth}`, policy })
    const { id: roleId } = Object(role.reference)
    acknowledge()
    await client('POST', '/v2/api-key', { name: `${name} ${nth}`, 'role-id': roleId })
    acknowledge()
    const made = await client('POST', keys, { name: `${name} ${nth}` })
    const known = { id: String(made.id), changes: 1 }
    done.push(known)
    acknowledge()
    for (const path of exoscaleSteps) {
      await client('POST', `${keys}/${known.id}/${path}`, path === 'schedule-deletion' ? {} : undefined)
      known.changes += 1
      acknowledge()
    }
  }
}

/** The store's changes and the log's entries by object: a key by its id, a role or an API key by its unique name. */
function countChanges(dataDir: string) {
  const database = new DatabaseSync(databaseIn(dataDir), { readOnly: true })
  const numbers = (sql: string) =>
    new Map(
      database
        .prepare(sql)
        .all()
        .map(({ name, number }) => [String(name), Number(number)]),
    )
  // A key's first revision is 1 at Thalassa and 2 at Exoscale.
  const stored = numbers(`SELECT id AS name,
      revision - iif(cloud = 'exoscale', 1, 0) AS number FROM keys WHERE handle <> 'exoscale-default'
    UNION ALL SELECT 'role ' || (content ->> '$.name'), 1 FROM resources
      WHERE kind = 'iam-role' AND content ->> '$.editable' AND content ->> '$.name' <> 'kms-crypto'
    UNION ALL SELECT 'API key ' || name, 1 FROM credentials WHERE cloud = 'exoscale' AND name <> 'local'`)
  const logged = numbers(`SELECT iif(action = 'create-iam-role', 'role ' || (entry ->> '$."body-params".name'),
      iif(action = 'create-api-key', 'API key ' || (entry ->> '$."body-params".name'),
      iif(action = 'create-kms-key', (SELECT id FROM keys
        WHERE cloud = 'exoscale' AND handle = entry ->> '$."body-params".name'), resource))) AS name,
      count(*) AS number FROM ${AUDIT_LOG} WHERE status BETWEEN 200 AND 299 AND action NOT LIKE 'kms.%' GROUP BY 1`)
  database.close()
  return { stored, logged }
}

export interface Tally {
  readonly kills: number
  readonly acknowledged: number
  /** Acknowledged changes that the store lacks. */
  readonly lost: number
  readonly stored: number
  readonly withoutAudit: number
  readonly auditWithoutChange: number
  /** What a verification of the folder finds. */
  readonly findings: number
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, one) => total + one, 0)

/** Sum of what each count of `of` has more than the other one. */
const excess = (of: ReadonlyMap<string, number>, over: ReadonlyMap<string, number>) =>
  sum(of.entries().map(([name, number]) => Math.max(0, number - (over.get(name) ?? 0))))

/**
 * @param kills number of SIGKILLs, each up to a quarter of a second after the first acknowledged change
 * @param writers concurrent clients, half of them of each provider
 */
export async function killRepeatedly(
  { program, dataDir }: { readonly program: string; readonly dataDir: string },
  { kills, writers }: { readonly kills: number; readonly writers: number },
  onKill: (nth: number) => void = () => undefined,
): Promise<Tally> {
  const done: Acknowledged[] = []
  let acknowledged = 0
  for (let nth = 1; nth <= kills; nth += 1) {
    const server = await start(program, dataDir)
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const acknowledge = () => {
      acknowledged += 1
      begin()
    }
    const work = Array.from({ length: writers }, (_, index) => {
      const name = `round ${nth} writer ${index}`
      const zone = zones[nth % zones.length]?.name ?? defaultZone
      return index % 2 === 0
        ? writeThalassa({ client: clients.thalassa(server), name, zone, done, acknowledge })
        : writeExoscale({ client: clients.exoscale(server), name, zone, done, acknowledge })
    })
    const ends = Promise.allSettled(work)
    await Promise.race([begun, ends])
    await pause(Math.random() * 250)
    const gone = once(server.child, 'exit')
    server.child.kill('SIGKILL')
    await gone
    for (const end of await ends) {
      const { reason } = end as PromiseRejectedResult
      // Error that `fetch` throws for a cut connection; an answer with an error status is another kind.
      if (!(reason instanceof TypeError)) throw reason
    }
    onKill(nth)
  }
  const { stored, logged } = countChanges(dataDir)
  return {
    kills,
    acknowledged,
    lost: sum(done.map(({ id, changes }) => Math.max(0, changes - (stored.get(id) ?? 0)))),
    stored: sum(stored.values()),
    withoutAudit: excess(stored, logged),
    auditWithoutChange: excess(logged, stored),
    findings: verifyFolder({ dataDir }).verification.findings.length,
  }
}
