import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backUp } from './backup.ts'
import { rootKeyId } from './engine/key-wrapper.ts'
import { openKms } from './kms.ts'
import { restore } from './restore.ts'
import { rewrap } from './rewrap.ts'
import { KmsStartError } from './root-key.ts'
import type { Json } from './testing/thalassa-server.ts'

let parent: string
let dataDir: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'kms-rewrap-'))
  dataDir = join(parent, 'data')
})
afterEach(() => rmSync(parent, { recursive: true }))

const file = (name: string) => join(dataDir, name)
const keyIn = (name: string) => Buffer.from(readFileSync(file(name), 'utf8'), 'base64')
const newKey = () => randomBytes(32).toString('base64')

async function start(rootKey?: string) {
  const kms = await openKms({ dataDir, rootKey, log: pino({ level: 'silent' }), address: () => undefined })
  const { token, organisation } = kms.credentials.thalassa
  async function call(method: string, path: string, body?: object): Promise<Json> {
    const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01${path}`, init))
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as Json
  }
  return { kms, call }
}

/** A used folder: keys with versions, credentials, an audit log and, on request, a wrapping key. */
async function fill(rootKey?: string, { withWrappingKey = false } = {}) {
  const { kms, call } = await start(rootKey)
  const { identity } = await call('POST', '/keys', { name: 'orders', keyType: 'aes256-gcm96' })
  const { ciphertext: old } = await call('POST', `/keys/${identity}/encrypt`, { plaintext: 'b2xk' })
  await call('POST', `/keys/${identity}/rotate`)
  const { ciphertext } = await call('POST', `/keys/${identity}/encrypt`, { plaintext: 'bmV3' })
  const wrappingKey = withWrappingKey ? await call('GET', '/wrapping-key') : undefined
  const { credentials } = kms
  await kms.close()
  return { identity, old, ciphertext, wrappingKey, credentials }
}

type Filled = Awaited<ReturnType<typeof fill>>

/** Everything in the folder works as before. */
async function expectWhole(filled: Filled, rootKey?: string): Promise<void> {
  const { kms, call } = await start(rootKey)
  expect(kms.credentials).toEqual(filled.credentials)
  const opened = async (ciphertext: Json | undefined) =>
    (await call('POST', `/keys/${filled.identity}/decrypt`, { ciphertext })).plaintext
  expect(await opened(filled.old)).toBe('b2xk')
  expect(await opened(filled.ciphertext)).toBe('bmV3')
  if (filled.wrappingKey) expect(await call('GET', '/wrapping-key')).toEqual(filled.wrappingKey)
  await kms.close()
}

const wrappedIn = (folder: string): Buffer[] => {
  const database = new DatabaseSync(join(folder, 'kms.sqlite'), { readOnly: true })
  const rows = ['versions', 'credentials'].flatMap((table) => database.prepare(`SELECT wrapped FROM ${table}`).all())
  database.close()
  return rows.map((row) => Buffer.from(row.wrapped as Uint8Array))
}

test('everything is wrapped under a new root key, and nothing under the former one is left', async () => {
  const filled = await fill(undefined, { withWrappingKey: true })
  const former = keyIn('root.key')
  const wrapped = wrappedIn(dataDir)
  const result = await rewrap({ dataDir })
  expect(result).toMatchObject({
    formerId: rootKeyId(former),
    keyId: rootKeyId(keyIn('root.key')),
    source: file('root.key'),
  })
  expect(result.contents.versions).toBeGreaterThan(2)
  expect(keyIn('root.key').equals(former)).toBe(false)
  expect(statSync(file('root.key')).mode & 0o777).toBe(0o600)
  expect(statSync(file('kms.sqlite')).mode & 0o777).toBe(0o600)
  expect(readdirSync(dataDir).sort()).toEqual(['kms.sqlite', 'root.key'])
  const bytes = Buffer.concat(readdirSync(dataDir).map((name) => readFileSync(file(name))))
  expect(wrapped.filter((one) => bytes.includes(one.subarray(12, 40)))).toEqual([])
  await expectWhole(filled)
  writeFileSync(file('root.key'), former.toString('base64'))
  await expect(start()).rejects.toThrow(
    `is not the root key that ${file('kms.sqlite')} was made with (it needs root key ${result.keyId}; this is ${rootKeyId(former)})`,
  )
})

test('a root key in a variable is changed to the one in another variable, and moves between file and variable', async () => {
  const [first, second] = [newKey(), newKey()]
  const filled = await fill(first)
  await expect(rewrap({ dataDir, rootKey: first })).rejects.toThrow('Set KMS_NEW_ROOT_KEY to it, and run this again')
  expect(await rewrap({ dataDir, rootKey: first, newRootKey: second })).toMatchObject({ source: 'KMS_NEW_ROOT_KEY' })
  expect(existsSync(file('root.key'))).toBe(false)
  await expect(start(first)).rejects.toThrow(KmsStartError)
  await expectWhole(filled, second)
  expect(await rewrap({ dataDir, rootKey: first, newRootKey: second })).toMatchObject({ formerId: undefined })

  rmSync(dataDir, { recursive: true })
  const inFile = await fill()
  await rewrap({ dataDir, newRootKey: second })
  expect(existsSync(file('root.key'))).toBe(false)
  await expectWhole(inFile, second)
})

describe('an interrupted change', () => {
  /** The folder before and after a change of its root key. */
  async function states() {
    const filled = await fill()
    const before = join(parent, 'before')
    cpSync(dataDir, before, { recursive: true })
    await rewrap({ dataDir })
    return { filled, former: (name: string) => join(before, name) }
  }

  test('before the database is replaced: the former key opens it, and another run uses the next one', async () => {
    const { filled, former } = await states()
    renameSync(file('root.key'), file('root.key.new'))
    for (const name of ['kms.sqlite', 'root.key']) cpSync(former(name), file(name))
    writeFileSync(file('kms.sqlite.new'), 'half a copy')
    const next = keyIn('root.key.new')
    await expectWhole(filled)
    expect(keyIn('root.key.new').equals(next)).toBe(true)
    expect(existsSync(file('kms.sqlite.new'))).toBe(false)
    expect(await rewrap({ dataDir })).toMatchObject({ keyId: rootKeyId(next) })
    expect(readdirSync(dataDir).sort()).toEqual(['kms.sqlite', 'root.key'])
    await expectWhole(filled)
  })

  test.each(['a start', 'another run'])('before the root key is in place: %s puts it there', async (by) => {
    const { filled, former } = await states()
    const next = keyIn('root.key')
    renameSync(file('root.key'), file('root.key.new'))
    cpSync(former('root.key'), file('root.key'))
    if (by === 'another run')
      expect(await rewrap({ dataDir })).toMatchObject({ keyId: rootKeyId(next), formerId: undefined })
    await expectWhole(filled)
    expect(keyIn('root.key').equals(next)).toBe(true)
    expect(existsSync(file('root.key.new'))).toBe(false)
  })
})

test('a folder that a server has open is refused unchanged', async () => {
  const filled = await fill()
  const { kms } = await start()
  const key = keyIn('root.key')
  await expect(rewrap({ dataDir })).rejects.toThrow(/A server has \S+kms\.sqlite open\. Stop it, and run this again\./)
  await kms.close()
  expect(keyIn('root.key').equals(key)).toBe(true)
  await expectWhole(filled)
})

test('rows that were changed outside of the KMS are refused, not authenticated', async () => {
  await fill()
  const database = new DatabaseSync(file('kms.sqlite'))
  database.exec("UPDATE keys SET status = 'disabled'")
  database.close()
  const key = keyIn('root.key')
  await expect(rewrap({ dataDir })).rejects.toThrow(KmsStartError)
  expect(keyIn('root.key').equals(key)).toBe(true)
  expect(existsSync(file('kms.sqlite.new'))).toBe(false)
})

test('a backup from before says which root key it needs, and restores with it', async () => {
  const filled = await fill()
  const former = keyIn('root.key')
  const backup = join(parent, 'backup.sqlite')
  expect(backUp({ dataDir, file: backup }).keyId).toBe(rootKeyId(former))
  const { keyId } = await rewrap({ dataDir })
  const bring = (rootKey?: string) => restore({ dataDir, file: backup, force: true, now: 0, rootKey })
  expect(() => bring()).toThrow(`(it needs root key ${rootKeyId(former)}; this is ${keyId})`)
  const other = { dataDir: join(parent, 'other'), file: backup, now: 0 }
  expect(() => restore(other)).toThrow(`${backup} needs the root key ${rootKeyId(former)} that it was made with.`)
  bring(former.toString('base64'))
  await expectWhole(filled, former.toString('base64'))
})

test('a change that was killed inside a transaction with a rollback journal is undone at the next start', async () => {
  const filled = await fill()
  const database = file('kms.sqlite')
  const inUse = new DatabaseSync(database)
  const killed = join(parent, 'killed')
  // A small cache: changed pages are in the file, and the former ones in the journal, before the transaction ends.
  inUse.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE spilled (content BLOB)',
  )
  inUse.exec("UPDATE settings SET value = value || 'x'; INSERT INTO spilled VALUES (randomblob(200000))")
  cpSync(dataDir, killed, { recursive: true })
  inUse.close()
  expect(statSync(join(killed, 'kms.sqlite-journal')).size).toBeGreaterThan(0)
  rmSync(dataDir, { recursive: true })
  renameSync(killed, dataDir)
  await expectWhole(filled)
})

test('what a killed process left of writing a root key is removed', async () => {
  const filled = await fill()
  for (const name of ['.root.key.new.4711-026eb647.tmp', '.root.key.12-00000000.tmp'])
    writeFileSync(file(name), newKey())
  writeFileSync(file('.other.12-00000000.tmp'), '')
  await rewrap({ dataDir })
  expect(readdirSync(dataDir).sort()).toEqual(['.other.12-00000000.tmp', 'kms.sqlite', 'root.key'])
  await expectWhole(filled)
})
