/**
 * Cost of calls of the local KMS as its content grows, over HTTP: with ever more keys and audit rows, and with keys of ever
 * more versions. `node bench/growth.ts [short] [postgres]`; needs a build.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateToPostgres } from '../server/kms/migrate.ts'
import { type Postgres, startPostgres } from '../server/testing/postgres.ts'
import { type Answer, type Client, openClient } from './client.ts'
import { actions, fill, type KeyGroup, type KeyIds, keyName, LOG_SPAN, loggedKey, region } from './growth/database.ts'
import { type Figure, median, report } from './report/figures.ts'
import { type Server, startServer, stopServer } from './server.ts'

const ROUNDS = 7
/** Calls of one operation in a round, at each size. */
const CALLS = 12
/** Milliseconds after which an operation makes no more calls in a round, at least one at each size. */
const LONG = 1500
/** Most keys of a zone, some left for those that are created. */
const ZONE = 600

const values = process.argv.slice(2)
const isShort = values.includes('short')
/** The keys are in PostgreSQL instead of the data folder. */
const onPostgres = values.includes('postgres')
/** Keys and audit rows of the databases, growing. */
const sizes = isShort
  ? ([
      [10, 1_000],
      [1_000, 10_000],
      [10_000, 100_000],
    ] as const)
  : ([
      [10, 1_000],
      [1_000, 30_000],
      [100_000, 1_000_000],
    ] as const)
const versionCounts = [1, 100, 1_000] as const
/** Keys of each number of versions, so that rotations don't change the number much. */
const ROTATED = 24

const grouped = (value: number) => value.toLocaleString('en')
const say = (text: string) => void process.stderr.write(`${text}\n`)

interface Place {
  readonly server: Server
  readonly client: Client
  /** Keys of each group of the database. */
  readonly ids: readonly KeyIds[]
  readonly rows: number
}

/** Time of one call at a place, in milliseconds. `nth` differs in each call of a run. */
type Operation = (place: Place, nth: number) => Promise<number>
type Operations = Readonly<Record<string, Operation>>

async function timed(answer: () => ReturnType<Client['thalassa']>): Promise<number> {
  const began = performance.now()
  const { status, body } = await answer()
  const took = performance.now() - began
  if (status >= 300) throw new Error(`answered ${status}: ${body.toString().slice(0, 200)}`)
  return took
}

const KEYS = `/v1/kms/${region}/keys`
const ZONE_KEYS = '/v2/kms-key'
const plaintext = randomBytes(1024).toString('base64')

const some = (list: readonly string[] | undefined, nth: number) => list?.[nth % list.length] ?? ''
/** Spreads calls over all keys. */
const scattered = (list: readonly string[] | undefined, nth: number) => some(list, nth * 104_729)

const found = ({ body }: Answer, pattern: RegExp): string => pattern.exec(body.toString())?.[1] ?? ''

const uniqueName = () => `made-${randomBytes(8).toString('hex')}`

const day = (time: number) => new Date(time).toISOString()

/** Operations on one of many keys. */
const keyOperations: Operations = {
  'create a key': ({ client }) =>
    timed(() => client.thalassa('POST', KEYS, { name: uniqueName(), keyType: 'aes256-gcm96' })),
  'read a key': ({ client, ids }, nth) =>
    timed(() => client.thalassa('GET', `${KEYS}/${scattered(ids[0]?.thalassa, nth)}`)),
  'encrypt with one key': ({ client, ids }) =>
    timed(() => client.thalassa('POST', `${KEYS}/${ids[0]?.thalassa[0]}/encrypt`, { plaintext })),
  'encrypt with changing keys': ({ client, ids }, nth) =>
    timed(() => client.thalassa('POST', `${KEYS}/${scattered(ids[0]?.thalassa, nth)}/encrypt`, { plaintext })),
  'rotate a key': ({ client, ids }, nth) =>
    timed(() => client.thalassa('POST', `${KEYS}/${scattered(ids[0]?.thalassa, nth)}/rotate`)),
  'count the keys of all regions': ({ client }) => timed(() => client.thalassa('GET', '/v1/kms/summary')),
  'find a key by its identity': ({ client, ids }, nth) =>
    timed(() => client.thalassa('GET', `${KEYS}?identity=${scattered(ids[0]?.thalassa, nth)}`)),
  'find a key by its name': ({ client, ids }, nth) =>
    timed(() => client.thalassa('GET', `${KEYS}?name=${keyName(0, (nth * 104_729) % (ids[0]?.thalassa.length ?? 1))}`)),
  'create a key, Exoscale': ({ client }) => timed(() => client.exoscale('POST', ZONE_KEYS, { name: uniqueName() })),
  'read a key, Exoscale': ({ client, ids }, nth) =>
    timed(() => client.exoscale('GET', `${ZONE_KEYS}/${scattered(ids[0]?.exoscale, nth)}`)),
  'encrypt with one key, Exoscale': ({ client, ids }) =>
    timed(() => client.exoscale('POST', `${ZONE_KEYS}/${ids[0]?.exoscale[0]}/encrypt`, { plaintext })),
  async 'delete an API key, Exoscale'({ client }) {
    const role = found(await client.exoscale('GET', '/v2/iam-role'), /"id":\s*"([^"]+)"/)
    const made = await client.exoscale('POST', '/v2/api-key', { name: uniqueName(), 'role-id': role })
    return timed(() => client.exoscale('DELETE', `/v2/api-key/${found(made, /"key":\s*"([^"]+)"/)}`))
  },
}

/** Operations on one key of many versions. */
const versionOperations = (group: number): Operations => ({
  'read a key': ({ client, ids }) => timed(() => client.thalassa('GET', `${KEYS}/${ids[group]?.thalassa[0]}`)),
  'encrypt with a key': ({ client, ids }) =>
    timed(() => client.thalassa('POST', `${KEYS}/${ids[group]?.thalassa[0]}/encrypt`, { plaintext })),
  'rotate a key': ({ client, ids }, nth) =>
    timed(() => client.thalassa('POST', `${KEYS}/${some(ids[group]?.thalassa, nth)}/rotate`)),
  'read a key, Exoscale': ({ client, ids }) =>
    timed(() => client.exoscale('GET', `${ZONE_KEYS}/${ids[group]?.exoscale[0]}`)),
  'encrypt with a key, Exoscale': ({ client, ids }) =>
    timed(() => client.exoscale('POST', `${ZONE_KEYS}/${ids[group]?.exoscale[0]}/encrypt`, { plaintext })),
  'rotate a key, Exoscale': ({ client, ids }, nth) =>
    timed(() => client.exoscale('POST', `${ZONE_KEYS}/${some(ids[group]?.exoscale, nth)}/rotate`)),
})

const audit =
  (query: string): Operation =>
  ({ client }) =>
    timed(() => client.thalassa('GET', `/v1/audit?${query}`))

const auditOperations = (now: number): Operations => ({
  'audit: first page': audit('limit=50'),
  'audit: tenth page': audit('limit=50&page=10'),
  'audit: entries of one key': ({ client }, nth) =>
    timed(() => client.thalassa('GET', `/v1/audit?limit=50&resourceIdentity=${loggedKey(nth % 50)}`)),
  'audit: by action': audit(`limit=50&action=${actions[1]}`),
  'audit: by status': audit('limit=50&responseStatus=200'),
  'audit: text in many entries': audit('limit=50&searchText=backup-runner'),
  'audit: fifty entries by time, Exoscale': ({ client, rows }) => {
    // A tenth of the rows are Exoscale's.
    const from = day(now - LOG_SPAN / 2)
    const to = day(now - LOG_SPAN / 2 + (LOG_SPAN / rows) * 500)
    return timed(() => client.exoscale('GET', `/v2/event?from=${from}&to=${to}`))
  },
})

/** Times of an operation at each size in one round, the sizes in turn. */
async function round(operations: readonly Operation[], places: readonly Place[], first: number): Promise<number[]> {
  const times = places.map((): number[] => [])
  const end = performance.now() + LONG
  for (let nth = first; nth < first + CALLS && (nth === first || performance.now() < end); nth++)
    for (const [at, place] of places.entries()) times[at]?.push((await operations[at]?.(place, nth)) ?? Number.NaN)
  return times.map(median)
}

/** Medians by round and size, of each operation. */
async function measure(
  names: readonly string[],
  operationsOf: (name: string) => readonly Operation[],
  places: readonly Place[],
): Promise<ReadonlyMap<string, readonly number[][]>> {
  const found = new Map(names.map((name) => [name, [] as number[][]]))
  // The first round is not counted: caches fill and code is compiled.
  for (let nth = 0; nth <= ROUNDS; nth++)
    for (const name of names) {
      const medians = await round(operationsOf(name), places, nth * CALLS)
      if (nth > 0) found.get(name)?.push(medians)
    }
  return found
}

/** Figures of the sizes after the first, whose floor is the first. */
const figuresOf = (
  found: ReadonlyMap<string, readonly number[][]>,
  { labels, isBounded }: { labels: readonly string[]; isBounded: (name: string) => boolean },
): Figure[] =>
  [...found].flatMap(([name, rounds]) =>
    labels.slice(1).map(
      (label, at): Figure => ({
        name: `${name}, ${label}`,
        unit: 'ms',
        floor: labels[0] ?? '',
        rounds: rounds.map((medians) => ({ figure: medians[at + 1] ?? Number.NaN, floor: medians[0] ?? Number.NaN })),
        ...(isBounded(name) && { goal: { atMost: 3 } }),
      }),
    ),
  )

/** Microseconds to list all keys, for each key of the list. */
async function listed({ client }: Place): Promise<number> {
  const began = performance.now()
  const { body } = await client.thalassa('GET', KEYS)
  return ((performance.now() - began) * 1000) / body.toString().split('"identity":"kms-').length
}

/** Microseconds to find a text that is in one entry and was not searched for before, for each entry of the log. */
async function searched(place: Place, nth: number): Promise<number> {
  const took = await timed(() => place.client.thalassa('GET', `/v1/audit?limit=50&searchText=key-${nth}%20`))
  return (took * 1000) / place.rows
}

/** Figure of the largest place for each of many things, whose floor is that of the place before. */
async function forEach(
  name: string,
  places: readonly Place[],
  { labels, cost }: { labels: readonly string[]; cost: (place: Place, nth: number) => Promise<number> },
): Promise<Figure> {
  const [, middle, last] = places
  const rounds: Figure['rounds'][number][] = []
  for (let nth = 0; middle && last && nth < 5; nth++) {
    const before = await cost(middle, 3 * nth)
    const figure = await cost(last, 3 * nth + 1)
    rounds.push({ figure, floor: median([before, await cost(middle, 3 * nth + 2)]) })
  }
  return { name: `${name}, ${labels[2]}`, unit: 'µs', floor: labels[1] ?? '', rounds, goal: { atMost: 1.5 } }
}

/** Starts a local KMS on a new database. */
async function openPlace(
  dataDir: string,
  content: { groups: readonly KeyGroup[]; rows: number; now: number },
  postgres: Postgres | undefined,
): Promise<Place> {
  const began = performance.now()
  const rootKey = randomBytes(32).toString('base64')
  const ids = await fill({ dataDir, rootKey }, content)
  const settings: Record<string, string> = { KMS_ROOT_KEY: rootKey }
  if (postgres) {
    settings.DATABASE_URL = await postgres.createDatabase(`growth_${randomBytes(4).toString('hex')}`)
    await migrateToPostgres({ dataDir, rootKey, databaseUrl: settings.DATABASE_URL })
  }
  const server = await startServer('kms', postgres ? `${dataDir}-copies` : dataDir, settings)
  const took = (performance.now() - began) / 1000
  say(`  ${took.toFixed(0)} s, of which ${server.ready.toFixed(0)} ms are the start of the local KMS`)
  return { server, client: openClient(server), ids, rows: content.rows }
}

/** Measures operations that are given by place, in the order of their sizes. */
const measureAt = (operations: readonly Operations[], places: readonly Place[]) => {
  const [first = {}] = operations
  return measure(Object.keys(first), (name) => operations.flatMap((one) => one[name] ?? []), places)
}

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-bench-'))
  const places: Place[] = []
  const now = Date.now()
  const postgres = onPostgres ? await startPostgres({ isDurable: true }) : undefined
  try {
    for (const [keys, rows] of sizes) {
      say(`A database of ${grouped(keys)} keys and ${grouped(rows)} entries of the audit log`)
      const groups = [{ versions: 1, thalassa: keys, exoscale: Math.min(keys, ZONE) }]
      places.push(await openPlace(join(folder, `keys-${keys}`), { groups, rows, now }, postgres))
    }
    say(`A database of keys with ${versionCounts.join(', ')} versions`)
    const groups = versionCounts.map((versions) => ({ versions, thalassa: ROTATED, exoscale: ROTATED }))
    const aged = await openPlace(join(folder, 'versions'), { groups, rows: 0, now }, postgres)
    const bySize = places.slice()
    places.push(aged)

    const everywhere = (operations: Operations) => bySize.map(() => operations)
    const ofKeys = await measureAt(everywhere(keyOperations), bySize)
    const ofVersions = await measureAt(
      versionCounts.map((_, group) => versionOperations(group)),
      versionCounts.map(() => aged),
    )
    const ofAudit = await measureAt(everywhere(auditOperations(now)), bySize)
    const [keyLabels, rowLabels] = [
      sizes.map(([keys]) => `${grouped(keys)} keys`),
      sizes.map(([, rows]) => `${grouped(rows)} entries`),
    ]
    await report([
      ...figuresOf(ofKeys, { labels: keyLabels, isBounded: () => true }),
      await forEach('list of all keys, for each key', bySize, { labels: keyLabels, cost: listed }),
      ...figuresOf(ofVersions, {
        labels: versionCounts.map((count) => `${grouped(count)} version${count === 1 ? '' : 's'}`),
        // Answers of Thalassa list all versions.
        isBounded: (name) => name.includes('Exoscale') || name.startsWith('encrypt'),
      }),
      ...figuresOf(ofAudit, { labels: rowLabels, isBounded: () => true }),
      await forEach('audit: a new text, for each entry', bySize, { labels: rowLabels, cost: searched }),
    ])
  } finally {
    for (const { client } of places) client.close()
    await Promise.all(places.map(({ server }) => stopServer(server)))
    await postgres?.close()
    rmSync(folder, { recursive: true })
  }
}

await run()
