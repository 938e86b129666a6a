/** Two local KMS on one PostgreSQL, over HTTP semantics; and copies between it and a data folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newPostgresDatabase } from '../../records/testing/databases.ts'
import { type Postgres, startPostgres } from '../../testing/postgres.ts'
import { verifyFolder } from '../backup.ts'
import { openKms } from '../kms.ts'
import { migrateToFolder, migrateToPostgres } from '../migrate.ts'
import { KmsStartError } from '../root-key.ts'
import type { Json } from '../testing/thalassa-server.ts'
import { withCopy } from './open.ts'

const rootKey = Buffer.alloc(32, 7).toString('base64')
const DAY = 86_400_000
/** Keys that a first start makes. */
const OWN = 8

let parent: string
let closing: (() => Promise<void>)[]

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'kms-two-'))
  closing = []
})

afterEach(async () => {
  for (const close of closing) await close()
  rmSync(parent, { recursive: true })
})

interface Given {
  readonly databaseUrl?: string
  readonly key?: string | undefined
  readonly now?: () => number
}

async function start(name: string, { databaseUrl, key = rootKey, now }: Given = {}) {
  const kms = await openKms({
    dataDir: join(parent, name),
    rootKey: key,
    databaseUrl,
    ...(now && { clock: { now } }),
    log: pino({ level: 'silent' }),
    address: () => undefined,
  })
  const { token, organisation } = kms.credentials.thalassa
  async function call(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
    const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01/keys${path}`, init))
    const text = await reply.text()
    return { status: reply.status, body: text === '' ? ({} as Json) : JSON.parse(text) }
  }
  const close = () => {
    closing = closing.filter((one) => one !== close)
    return kms.close()
  }
  closing.push(close)
  return { kms, call, close }
}

const plaintext = 'aGVsbG8='

describe('two servers', () => {
  test('that start at once make one content', async () => {
    const databaseUrl = await newPostgresDatabase()
    const [one, other] = await Promise.all([start('one', { databaseUrl }), start('other', { databaseUrl })])
    expect(one.kms.credentials).toEqual(other.kms.credentials)
    const { identity } = (await one.call('POST', '', { name: 'shared' })).body
    const { ciphertext } = (await one.call('POST', `/${identity}/encrypt`, { plaintext })).body
    expect((await other.call('POST', `/${identity}/decrypt`, { ciphertext })).body.plaintext).toBe(plaintext)
  })

  test('a key that one has disabled is not used by the other, from the answer on', async () => {
    const databaseUrl = await newPostgresDatabase()
    const [one, other] = [await start('one', { databaseUrl }), await start('other', { databaseUrl })]
    const { identity } = (await one.call('POST', '', { name: 'switched' })).body
    for (let round = 0; round < 10; round += 1) {
      const [here, there] = round % 2 === 0 ? [one, other] : [other, one]
      expect((await there.call('POST', `/${identity}/encrypt`, { plaintext })).status).toBe(200)
      const late = Array.from({ length: 5 }, () => there.call('POST', `/${identity}/encrypt`, { plaintext }))
      expect((await here.call('POST', `/${identity}/disable`)).status).toBeLessThan(300)
      expect((await there.call('POST', `/${identity}/encrypt`, { plaintext })).status).toBeGreaterThanOrEqual(400)
      await Promise.all(late)
      expect((await there.call('POST', `/${identity}/enable`)).status).toBeLessThan(300)
    }
  })

  test('rotate a due key once, and destroy a due one once', async () => {
    const databaseUrl = await newPostgresDatabase()
    let time = Date.now()
    const now = () => time
    const [one, other] = [await start('one', { databaseUrl, now }), await start('other', { databaseUrl, now })]
    const rotating = { name: 'rotating', keyRotationEnabled: true, rotationPeriodInDays: 30 }
    const { identity } = (await one.call('POST', '', rotating)).body
    const gone = (await one.call('POST', '', { name: 'gone' })).body.identity
    await other.call('DELETE', `/${gone}`)
    time += 31 * DAY
    await Promise.all([one.kms.runDueJobs(), other.kms.runDueJobs()])
    for (const server of [one, other]) {
      expect((await server.call('GET', `/${gone}`)).status).toBe(404)
      expect((await server.call('GET', `/${identity}`)).body.status).toBe('active')
    }
    const versions = await withCopy({ dataDir: parent, rootKey, databaseUrl }, verifyFolder)
    expect(versions.verification).toMatchObject({ keys: 1 + OWN, versions: 2 + OWN, findings: [] })
  })

  test('need one root key, and say so', async () => {
    const databaseUrl = await newPostgresDatabase()
    await start('one', { databaseUrl })
    const other = Buffer.alloc(32, 8).toString('base64')
    await expect(start('other', { databaseUrl, key: other })).rejects.toThrow(/KMS_ROOT_KEY is not the root key/)
    const without = { dataDir: parent, databaseUrl, log: pino({ level: 'silent' }), address: () => undefined }
    await expect(openKms(without)).rejects.toThrow(KmsStartError)
  })
})

describe('the database stops', () => {
  let postgres: Postgres

  beforeEach(async () => {
    postgres = await startPostgres()
  })

  afterEach(() => postgres.close())

  test('answers are 503 until it is back, and nothing that was answered is lost', async () => {
    const { call, kms } = await start('one', { databaseUrl: postgres.url })
    const { identity } = (await call('POST', '', { name: 'kept' })).body
    await postgres.crash()
    for (const [method, path, body] of [
      ['GET', `/${identity}`],
      ['POST', `/${identity}/encrypt`, { plaintext }],
      ['POST', `/${identity}/disable`],
    ] as const)
      expect((await call(method, path, body)).status).toBe(503)
    await expect(kms.ready()).rejects.toThrow()
    await postgres.start()
    await expect.poll(() => kms.ready().catch(() => false)).toBe(true)
    expect((await call('GET', `/${identity}`)).body.status).toBe('active')
    expect((await call('POST', `/${identity}/encrypt`, { plaintext })).status).toBe(200)
  })

  test('a start without it says so in one sentence', async () => {
    await postgres.stop()
    const failing = start('one', { databaseUrl: postgres.url })
    await expect(failing).rejects.toThrow(KmsStartError)
    await expect(failing).rejects.toThrow('ECONNREFUSED')
  })
})

describe('a migration', () => {
  test('to PostgreSQL and back keeps everything', async () => {
    const databaseUrl = await newPostgresDatabase()
    const first = await start('data')
    const { identity } = (await first.call('POST', '', { name: 'moved' })).body
    const { ciphertext } = (await first.call('POST', `/${identity}/encrypt`, { plaintext })).body
    await first.close()
    const place = { dataDir: join(parent, 'data'), rootKey, databaseUrl }
    await expect(start('data', { databaseUrl })).rejects.toThrow('Copy them with')
    expect(await migrateToPostgres(place)).toMatchObject({ keys: 1 + OWN, versions: 1 + OWN })
    await expect(migrateToPostgres(place)).rejects.toThrow('already')
    const shared = await start('copies', { databaseUrl })
    expect(shared.kms.credentials).toEqual(first.kms.credentials)
    expect((await shared.call('POST', `/${identity}/decrypt`, { ciphertext })).body.plaintext).toBe(plaintext)
    await shared.call('POST', `/${identity}/rotate`)
    const back = { dataDir: join(parent, 'back'), rootKey, databaseUrl }
    expect(await migrateToFolder(back, Date.now())).toMatchObject({ keys: 1 + OWN, versions: 2 + OWN })
    await expect(migrateToFolder(back, Date.now())).rejects.toThrow(KmsStartError)
    expect(verifyFolder({ dataDir: back.dataDir, rootKey }).verification.findings).toEqual([])
    const last = await start('back')
    expect((await last.call('POST', `/${identity}/decrypt`, { ciphertext })).body.plaintext).toBe(plaintext)
  })

  test('of a database without a local KMS is refused', async () => {
    const place = { dataDir: join(parent, 'data'), rootKey, databaseUrl: await newPostgresDatabase() }
    await expect(migrateToFolder(place, Date.now())).rejects.toThrow('There is no local KMS')
  })
})
