import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { backUp, verifyFolder } from './backup.ts'
import { openDataFolder, openExisting } from './data-folder.ts'
import { sign } from './exoscale/testing/server.ts'
import { type LocalKms, openKms } from './kms.ts'
import { restore } from './restore.ts'
import { databaseIn, KmsStartError } from './root-key.ts'
import { makeUnauthenticated } from './testing/older-schema.ts'
import { type Json, START, temporaryFolder } from './testing/thalassa-server.ts'

const KEYS = '/v1/kms/nl-01/keys'

/** Folder with keys of both providers, a limited API key, and a log; filled once. */
let template: string
const ids = { secret: '', other: '', rotated: '', hmac: '', apiKey: '', limited: '' }
let apiKeySecret: string

let dataDir: string
let kms: LocalKms | undefined
let logged: unknown[]

const open = async () => {
  logged = []
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line).err.message) })
  kms = await openKms({ dataDir, clock: { now: () => START }, log, address: () => undefined })
  return kms
}

interface Reply {
  readonly status: number
  readonly body: Json
}

async function send(target: string, method: string, headers: Record<string, string>, body?: object): Promise<Reply> {
  const type = { 'content-type': 'application/json' }
  const init = { method, headers: { ...headers, ...type }, ...(body && { body: JSON.stringify(body) }) }
  const response = await (kms ?? (await open())).fetch(new Request(`http://kms.test${target}`, init), target)
  return { status: response.status, body: (await response.json()) as Json }
}

async function thalassa(method: string, target: string, body?: object): Promise<Reply> {
  const { token, organisation } = (kms ?? (await open())).credentials.thalassa
  return send(target, method, { authorization: `Token ${token}`, 'x-organisation-identity': organisation }, body)
}

async function exoscale(method: string, target: string, body?: object, credential = kms?.credentials.exoscale) {
  const signed = { method, target, ...(body && { body: JSON.stringify(body) }) }
  const owner = credential ?? (await open()).credentials.exoscale
  const authorization = await sign({ ...signed, credential: owner, expires: START / 1000 + 600 })
  return send(target, method, { authorization }, body)
}

beforeAll(async () => {
  template = temporaryFolder()
  dataDir = template
  await open()
  const make = async (name: string, more: object = {}) =>
    String((await thalassa('POST', KEYS, { name, ...more })).body.identity)
  ids.secret = await make('secret')
  ids.other = await make('other')
  ids.rotated = await make('rotated')
  ids.hmac = await make('for signatures', { keyType: 'hmac-sha256' })
  await thalassa('POST', `${KEYS}/${ids.rotated}/rotate`)
  await thalassa('POST', `${KEYS}/${ids.secret}/disable`)
  const policy = { 'default-service-strategy': 'deny', services: { kms: { type: 'allow' } } }
  const { body: role } = await exoscale('POST', '/v2/iam-role', { name: 'limited', policy })
  ids.limited = String(role.reference?.id)
  const { body: apiKey } = await exoscale('POST', '/v2/api-key', { name: 'limited', 'role-id': ids.limited })
  ids.apiKey = String(apiKey.key)
  apiKeySecret = String(apiKey.secret)
  await exoscale('PUT', '/v2/iam-organization-policy', { 'default-service-strategy': 'allow', services: {} })
  await kms?.close()
  kms = undefined
})
afterAll(() => rmSync(template, { recursive: true }))

beforeEach(() => {
  dataDir = temporaryFolder()
  cpSync(template, dataDir, { recursive: true })
})
afterEach(async () => {
  await kms?.close()
  kms = undefined
  rmSync(dataDir, { recursive: true })
})

/** Changes the database with SQL alone, beside a running server if there is one. */
function sql(statements: string): void {
  const database = new DatabaseSync(databaseIn(dataDir))
  database.exec(`PRAGMA foreign_keys = OFF; ${statements}`)
  database.close()
}

const findings = () => verifyFolder({ dataDir }).verification.findings

test('what nobody changed has no findings, and its numbers are those of the folder', async () => {
  const { verification } = verifyFolder({ dataDir })
  expect(verification.findings).toEqual([])
  expect(verification).toMatchObject({ credentials: 7 })
  expect(verification.keys).toBeGreaterThanOrEqual(5)
  expect(verification.auditEntries).toBeGreaterThan(8)
  await open()
  expect(findings()).toEqual([])
  expect((await thalassa('GET', KEYS)).body).toHaveLength(4)
})

const keyIn = (id: string) => `the key ${id} in nl-01 (table keys)`

describe('a key that was changed with SQL is refused by its name, and others can be used', () => {
  test.each([
    ['from disabled to active', () => ids.secret, `status = 'active'`],
    ['to be exportable', () => ids.other, `attributes = json_set(attributes, '$.exportAllowed', json('true'))`],
    ['from AES to HMAC', () => ids.other, `algorithm = 'hmac-sha256'`],
    ['to be due for destruction', () => ids.other, 'destroy_at = 1'],
    ['to an earlier version', () => ids.rotated, 'latest_version = 1'],
    ['to belong to another project', () => ids.other, `scope = 'prj-elsewhere'`],
  ])('%s', async (_, idOf, change) => {
    const id = idOf()
    sql(`UPDATE keys SET ${change} WHERE id = '${id}'`)
    expect(findings()).toContain(`${keyIn(id)} was changed outside of the KMS`)
    await open()
    for (const [method, path, body] of [
      ['GET', ''],
      ['POST', '/encrypt', { plaintext: 'aGVsbG8=' }],
      ['POST', '/export', {}],
      ['POST', '/enable'],
      ['DELETE', ''],
    ] as const)
      expect(await thalassa(method, `${KEYS}/${id}${path}`, body)).toMatchObject({
        status: 500,
        body: { message: expect.stringContaining(`${keyIn(id)} was changed outside of the KMS, so it is not used.`) },
      })
    expect(logged).toContainEqual(expect.stringContaining(keyIn(id)))
    expect((await thalassa('POST', `${KEYS}/${ids.hmac}/hmac`, { input: 'aGVsbG8=' })).status).toBe(200)
  })

  test('is left out of lists, which say so in the log', async () => {
    await open()
    sql(`UPDATE keys SET status = 'active' WHERE id = '${ids.secret}'`)
    const { status, body } = await thalassa('GET', KEYS)
    expect(status).toBe(200)
    expect(Array.from({ length: Number(body.length) }, (_, nth) => body[nth]?.identity)).toEqual(
      [ids.other, ids.rotated, ids.hmac].sort(),
    )
    expect(logged).toEqual([expect.stringContaining(keyIn(ids.secret))])
  })

  test('is not destroyed by the scheduler', async () => {
    sql(`UPDATE keys SET destroy_at = 1, status = 'pending_deletion' WHERE id = '${ids.other}'`)
    await open()
    expect(logged).toContainEqual(expect.stringContaining(keyIn(ids.other)))
    expect(findings()).toContain(`${keyIn(ids.other)} was changed outside of the KMS`)
  })
})

test('counts of keys that were changed are found', async () => {
  sql('UPDATE key_counts SET number = number + 1')
  expect(findings()).toEqual(['counts of keys (table key_counts) were changed outside of the KMS'])
})

describe('a version', () => {
  const version = (number: number, id: string) => `version ${number} of the key ${id} in nl-01 (table versions)`

  test('that was deleted is missed, also an old one', async () => {
    const { body } = await thalassa('POST', `${KEYS}/${ids.rotated}/encrypt`, { plaintext: 'aGVsbG8=' })
    for (const number of [1, 2]) {
      sql(`DELETE FROM versions WHERE key_id = '${ids.rotated}' AND version = ${number}`)
      expect(findings()).toContain(
        `the key ${ids.rotated} in nl-01 (table keys) has ${2 - number} of its 2 versions (table versions)`,
      )
    }
    for (const [method, path, given] of [
      ['GET', ''],
      ['POST', '/encrypt', { plaintext: 'aGVsbG8=' }],
      ['POST', '/decrypt', { ciphertext: body.ciphertext }],
    ] as const)
      expect((await thalassa(method, `${KEYS}/${ids.rotated}${path}`, given)).body.message).toMatch(
        /^version [12] of the key kms-\w+ in nl-01 \(table versions\) is missing/,
      )
  })

  test('that was exchanged with that of another key is refused', async () => {
    sql(`CREATE TEMP TABLE old AS SELECT * FROM versions WHERE key_id IN ('${ids.other}', '${ids.hmac}');
      UPDATE versions SET wrapped = (SELECT wrapped FROM old WHERE old.key_id <> versions.key_id),
        code = (SELECT code FROM old WHERE old.key_id <> versions.key_id) WHERE key_id IN ('${ids.other}', '${ids.hmac}')`)
    expect(findings()).toContain(`its root key does not open its key material thalassa/nl-01/${ids.other}/v1`)
    expect((await thalassa('POST', `${KEYS}/${ids.other}/encrypt`, { plaintext: 'aGVsbG8=' })).body.message).toContain(
      `${version(1, ids.other)} was changed outside of the KMS`,
    )
  })

  test('whose date or whose material was changed is refused', async () => {
    sql(`UPDATE versions SET created_at = 1 WHERE key_id = '${ids.other}'`)
    expect(findings()).toContain(`${version(1, ids.other)} was changed outside of the KMS`)
    expect((await thalassa('GET', `${KEYS}/${ids.other}`)).body.message).toContain(version(1, ids.other))
    // The tag stays: it is the ciphertext that it authenticates.
    sql(
      `UPDATE versions SET wrapped = CAST(unhex('00000000') || substr(wrapped, 5) AS BLOB) WHERE key_id = '${ids.hmac}'`,
    )
    expect((await thalassa('POST', `${KEYS}/${ids.hmac}/hmac`, { input: 'aGVsbG8=' })).body.message).toContain(
      `${version(1, ids.hmac)} was changed outside of the KMS`,
    )
  })
})

describe('rows that decide who may do what', () => {
  const rows =
    'rows of the tables settings, credentials and resources were removed, added or put back to an earlier state'

  test.each([
    [
      'a limited API key becomes Owner',
      () => `UPDATE credentials SET attributes = json_set(attributes, '$.roleId', (SELECT id FROM resources
        WHERE kind = 'iam-role' AND content ->> '$.name' = 'Owner')) WHERE id = '${ids.apiKey}'`,
      () => `the credential ${ids.apiKey} of exoscale (table credentials) was changed outside of the KMS`,
    ],
    [
      'a reader token becomes administrator',
      () => `UPDATE credentials SET attributes = json_set(attributes, '$.policies', json('["org-admin"]'))
        WHERE attributes ->> '$.use' = 'reader'`,
      () => /^the credential pat-\w+ of thalassa \(table credentials\) was changed outside of the KMS$/,
    ],
    [
      'a role allows everything',
      () => `UPDATE resources SET content = json_set(content, '$.policy."default-service-strategy"', 'allow')
        WHERE id = '${ids.limited}'`,
      () => `the iam-role ${ids.limited} of exoscale (table resources) was changed outside of the KMS`,
    ],
    [
      'the organisation is another one',
      () => `UPDATE settings SET value = json_set(value, '$.slug', 'other') WHERE name = 'thalassa-organisation'`,
      () => 'the setting thalassa-organisation (table settings) was changed outside of the KMS',
    ],
    ['the policy of the organisation is gone', () => `DELETE FROM resources WHERE kind LIKE '%policy'`, () => rows],
    ['an API key is gone', () => `DELETE FROM credentials WHERE id = '${ids.apiKey}'`, () => rows],
    ['a setting is gone', () => `DELETE FROM settings WHERE name = 'exoscale.roles-seeded'`, () => rows],
  ])('%s: no start, and no call of a running server', async (_, statement, finding) => {
    sql(statement())
    const expected = finding()
    const found = expect.arrayContaining([typeof expected === 'string' ? expected : expect.stringMatching(expected)])
    expect(findings()).toEqual(found)
    const started = open()
    await expect(started).rejects.toThrow(KmsStartError)
    await expect(started).rejects.toThrow(
      /kms\.sqlite is damaged: .*(was changed outside of the KMS|rows of the tables)/,
    )
  })

  test('a running server answers no call of that API once they were changed', async () => {
    await open()
    const limited = { key: ids.apiKey, secret: apiKeySecret }
    expect((await exoscale('GET', '/v2/iam-role', undefined, limited)).status).toBe(403)
    sql(`UPDATE credentials SET attributes = (SELECT attributes FROM credentials WHERE name = 'local')
      WHERE id = '${ids.apiKey}'`)
    expect(await exoscale('GET', '/v2/iam-role', undefined, limited)).toMatchObject({
      status: 500,
      body: { message: 'Internal Server Error' },
    })
    expect(logged).toContainEqual(expect.stringContaining(`the credential ${ids.apiKey} of exoscale`))
  })

  test('a row that is put back to an earlier state is found', async () => {
    const database = new DatabaseSync(databaseIn(dataDir))
    const row = database.prepare('SELECT content, code FROM resources WHERE id = ?').get(ids.limited)
    await exoscale('PUT', `/v2/iam-role/${ids.limited}:policy`, { 'default-service-strategy': 'deny', services: {} })
    await kms?.close()
    kms = undefined
    database
      .prepare('UPDATE resources SET content = ?, code = ? WHERE id = ?')
      .run(row?.content ?? null, row?.code ?? null, ids.limited)
    database.close()
    expect(findings()).toEqual([rows])
    await expect(open()).rejects.toThrow(rows)
  })
})

test('a key that is put back to an earlier state, or was removed, is found', async () => {
  const database = new DatabaseSync(databaseIn(dataDir))
  const before = database.prepare('SELECT status, revision, updated_at, code FROM keys WHERE id = ?').get(ids.other)
  await thalassa('POST', `${KEYS}/${ids.other}/disable`)
  const { status = null, revision = null, updated_at: at = null, code = null } = before ?? {}
  database
    .prepare('UPDATE keys SET status = ?, revision = ?, updated_at = ?, code = ? WHERE id = ?')
    .run(status, revision, at, code, ids.other)
  const rows = 'rows of the tables keys and versions were removed, added or put back to an earlier state'
  expect(findings()).toEqual([rows])
  database.exec(`DELETE FROM versions WHERE key_id = '${ids.hmac}'; DELETE FROM keys WHERE id = '${ids.hmac}'`)
  database.close()
  expect(findings()).toEqual([rows])
})

describe('the audit log', () => {
  const lost = 'the audit log (table audit) has lost entries, or has others'
  const last = () => {
    const database = new DatabaseSync(databaseIn(dataDir), { readOnly: true })
    const number = Number(database.prepare('SELECT max(sequence) AS last FROM audit').get()?.last)
    database.close()
    return number
  }

  test.each([
    ['is emptied', () => 'DELETE FROM audit', () => 'ends with entry 0'],
    ['is truncated', () => `DELETE FROM audit WHERE sequence = ${last()}`, (n: number) => `ends with entry ${n - 1}`],
    ['loses its first entry', () => 'DELETE FROM audit WHERE sequence = 1', () => 'entries 1 to 1 of the audit log'],
    ['loses an entry', () => 'DELETE FROM audit WHERE sequence = 3', () => 'entries 3 to 3 of the audit log'],
  ])('%s: it is not shown, and verify names it', async (_, statement, finding) => {
    const number = last()
    sql(statement())
    expect(findings().join('\n')).toContain(finding(number))
    for (const reply of [await thalassa('GET', '/v1/audit'), await exoscale('GET', '/v2/event')])
      expect(reply).toMatchObject({ status: 500, body: { message: expect.stringContaining(lost) } })
  })

  /** Sequence number of an entry of Thalassa's, after which another one of it follows. */
  const entryOf = () => {
    const database = new DatabaseSync(databaseIn(dataDir), { readOnly: true })
    const query = "SELECT min(sequence) + 1 AS entry FROM audit WHERE cloud = 'thalassa'"
    const number = Number(database.prepare(query).get()?.entry)
    database.close()
    return number
  }

  test.each([
    ['has an edited entry', (n: number) => `UPDATE audit SET entry = replace(entry, 'a', 'b') WHERE sequence = ${n}`],
    ['has another actor', (n: number) => `UPDATE audit SET user = 'somebody' WHERE sequence = ${n}`],
    [
      'has exchanged entries',
      (n: number) => `UPDATE audit SET sequence = -1 WHERE sequence = ${n};
        UPDATE audit SET sequence = ${n} WHERE sequence = ${n + 1};
        UPDATE audit SET sequence = ${n + 1} WHERE sequence = -1`,
    ],
  ])('%s: it is not shown, and verify names it', async (_, statement) => {
    const number = entryOf()
    sql(statement(number))
    const changed = 'of the audit log (table audit), or the one before it, was changed outside of the KMS'
    expect(findings()).toContain(`entry ${number} ${changed}`)
    const { status, body } = await thalassa('GET', '/v1/audit?limit=100')
    expect(status).toBe(500)
    expect(body.message).toContain(changed)
  })

  test('can’t go on without its head', async () => {
    sql('DELETE FROM head')
    expect(findings()).toContain('the head of the database (table head) is missing')
    await expect(open()).rejects.toThrow('the head of the database (table head) is missing')
  })
})

describe('a database that is made to look older', () => {
  test('is not migrated again, so that forged rows get no codes', async () => {
    sql(`UPDATE keys SET status = 'active' WHERE id = '${ids.secret}'; DROP TABLE head;
      ${['settings', 'keys', 'versions', 'credentials', 'resources', 'audit'].map((table) => `ALTER TABLE ${table} DROP COLUMN code;`).join(' ')}
      PRAGMA user_version = 5`)
    await expect(open()).rejects.toThrow(
      /kms\.sqlite was changed outside of the KMS: its schema is not the one that its secrets are wrapped for/,
    )
    expect(() => backUp({ dataDir, file: join(dataDir, 'backup.sqlite') })).toThrow('its schema is not the one')
  })

  test('is not migrated with the check of an older backup either', async () => {
    const older = temporaryFolder()
    cpSync(dataDir, older, { recursive: true })
    const { keyWrapper, store } = await openDataFolder({ dataDir: older })
    await store.close()
    makeUnauthenticated(databaseIn(older), keyWrapper)
    const database = new DatabaseSync(databaseIn(older), { readOnly: true })
    const check = String(database.prepare("SELECT value FROM settings WHERE name = 'root-key-check'").get()?.value)
    database.close()
    rmSync(older, { recursive: true })
    sql(`DROP TABLE head; UPDATE settings SET value = '${check}' WHERE name = 'root-key-check';
      ${['settings', 'keys', 'versions', 'credentials', 'resources', 'audit'].map((table) => `ALTER TABLE ${table} DROP COLUMN code;`).join(' ')}
      PRAGMA user_version = 5`)
    await expect(open()).rejects.toThrow(/is not in the form of that time/)
  })
})

test('a folder of the schema before is migrated once, with all its content', async () => {
  const { keyWrapper, store } = openExisting({ dataDir })
  await store.close()
  makeUnauthenticated(databaseIn(dataDir), keyWrapper)
  expect(findings()).toEqual([])
  const { verification: before } = verifyFolder({ dataDir })
  await open()
  expect(verifyFolder({ dataDir }).verification).toMatchObject({ keys: before.keys, findings: [] })
  expect((await thalassa('GET', `${KEYS}/${ids.rotated}`)).body.latestVersion).toBe(2)
  expect((await thalassa('POST', `${KEYS}/${ids.rotated}/encrypt`, { plaintext: 'aGVsbG8=' })).status).toBe(200)
  expect((await thalassa('GET', '/v1/audit')).status).toBe(200)
  expect(findings()).toEqual([])
})

test('a backup of a changed folder is refused, and a restored one verifies', async () => {
  const file = join(dataDir, 'backup.sqlite')
  await open()
  backUp({ dataDir, file, withRootKey: true })
  await kms?.close()
  kms = undefined
  sql(`UPDATE keys SET status = 'active' WHERE id = '${ids.secret}'`)
  expect(() => backUp({ dataDir, file, force: true })).toThrow(`${keyIn(ids.secret)} was changed outside of the KMS`)
  restore({ dataDir, file, force: true, now: START })
  expect(findings()).toEqual([])
  sql(`UPDATE keys SET status = 'active' WHERE id = '${ids.secret}'`)
  expect(() => restore({ dataDir, file: databaseIn(dataDir), force: true, now: START })).toThrow(keyIn(ids.secret))
})
