import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BackupOptions, backUp } from './backup.ts'
import { openDataFolder } from './data-folder.ts'
import { createCredentials } from './engine/credentials.ts'
import { rootKeyId } from './engine/key-wrapper.ts'
import { createKeyring } from './engine/keyring.ts'
import { createWrappingKeys } from './engine/wrapping-keys.ts'
import { type RestoreOptions, restore } from './restore.ts'
import { KmsStartError } from './root-key.ts'
import { makeOlder } from './testing/older-schema.ts'
import { temporaryFolder } from './testing/thalassa-server.ts'
import { done, keyOnly, setSetting } from './testing/unaudited.ts'

/** Data folder with objects of each kind, created once: its wrapping key takes a second or more. */
let template: string
beforeAll(async () => {
  template = temporaryFolder()
  const opened = await openDataFolder({ dataDir: template })
  await fill(opened)
  await opened.store.close()
})
afterAll(() => rmSync(template, { recursive: true }))

type Opened = Awaited<ReturnType<typeof openDataFolder>>

let top: string
let dataDir: string
let target: string
let file: string
let kms: Opened
beforeEach(async () => {
  top = temporaryFolder()
  dataDir = join(top, 'data')
  target = join(top, 'target')
  file = join(top, 'kms-backup.sqlite')
  cpSync(template, dataDir, { recursive: true })
  kms = await openDataFolder({ dataDir })
})
afterEach(async () => {
  await kms.store.close()
  rmSync(top, { recursive: true })
})

const NOW = Date.UTC(2026, 2, 1, 9, 30)
const clock = { now: () => NOW }
const address = { cloud: 'c', location: 'l', id: 'k' }
const newKey = { ...address, scope: 's', uniqueName: 'k', algorithm: 'aes256-gcm96', status: 'on', revision: 1 }

/** One key of two versions, one credential, one wrapping key. */
async function fill({ store, keyWrapper }: Opened) {
  const keyring = createKeyring({ store, keyWrapper, clock })
  await keyring.create({ ...newKey, rotateAt: null, attributes: {} }, keyOnly)
  await keyring.rotate(address, (key) => ({ ...key, latestVersion: key.latestVersion + 1 }), keyOnly)
  const credentials = createCredentials({ store, keyWrapper, now: clock.now })
  await credentials.add({ cloud: 'c', id: 'i', name: 'n', secret: 'never shown', attributes: {} }, done)
  await createWrappingKeys({ store, keyWrapper }).publicKey('c', 'l')
}

const material = async ({ store, keyWrapper }: Opened) =>
  keyWrapper.unwrap('key material c/l/k/v1', store.version(address, 1)?.wrapped ?? new Uint8Array())

const make = (more: Partial<BackupOptions> = {}) => backUp({ dataDir, file, ...more })
const bring = (more: Partial<RestoreOptions> = {}) => restore({ dataDir: target, file, now: NOW, ...more })

const takeRootKeyAlong = () => {
  mkdirSync(target, { recursive: true })
  copyFileSync(join(dataDir, 'root.key'), join(target, 'root.key'))
}

/** Content of every file below the test's folder, without SQLite's side files. */
const contents = () =>
  Object.fromEntries(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  )

function refused(work: () => unknown, message: RegExp) {
  const before = contents()
  expect(work).toThrow(KmsStartError)
  expect(work).toThrow(message)
  expect(contents()).toEqual(before)
}

const open = async <T>(folder: string, look: (opened: Opened) => Promise<T>) => {
  const opened = await openDataFolder({ dataDir: folder })
  try {
    return await look(opened)
  } finally {
    await opened.store.close()
  }
}

describe('a backup', () => {
  it('is one SQLite file with mode 0600, written while the store is open', async () => {
    expect(make()).toEqual({
      file,
      contents: { keys: 1, versions: 2, credentials: 1 },
      keyBeside: join(dataDir, 'root.key'),
      keyId: rootKeyId(Buffer.from(readFileSync(join(dataDir, 'root.key'), 'utf8'), 'base64')),
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(top).sort()).toEqual(['data', 'kms-backup.sqlite'])
    const database = new DatabaseSync(file, { readOnly: true })
    expect(database.prepare('PRAGMA journal_mode').get()?.journal_mode).toBe('delete')
    expect(database.prepare('SELECT count(*) AS number FROM versions').get()?.number).toBe(2)
    database.close()
    expect(readFileSync(file).includes(readFileSync(join(dataDir, 'root.key'), 'utf8').trim())).toBe(false)
  })

  it('restores the same content', async () => {
    make()
    takeRootKeyAlong()
    expect(bring()).toEqual({ contents: { keys: 1, versions: 2, credentials: 1 }, kept: [] })
    const before = await material(kms)
    expect(await open(target, material)).toEqual(before)
    expect(await open(target, async ({ store }) => store.credentials('c'))).toEqual(await kms.store.credentials('c'))
  })

  it('replaces a file only on request', () => {
    writeFileSync(file, 'a letter')
    refused(make, /kms-backup\.sqlite exists already\. Choose another name, or replace it with --force\.$/)
    expect(make({ force: true }).contents.keys).toBe(1)
  })

  it('can’t replace a file of the KMS, under any name', () => {
    symlinkSync(dataDir, join(top, 'link'))
    for (const name of ['kms.sqlite', 'kms.sqlite-wal', 'kms.sqlite-shm', 'root.key'])
      refused(
        () => make({ file: join(top, 'link', name), force: true }),
        /is a file of the KMS itself\. Name another\.$/,
      )
  })

  it('needs an existing folder, and a path that is not a folder', () => {
    refused(() => make({ file: top, force: true }), /is not a file\. Name a file, such as /)
    refused(
      () => make({ file: join(top, 'no', 'x.sqlite') }),
      /^There is no folder \S+no to write x\.sqlite to\. Make it/,
    )
    refused(() => make({ file: '/dev/full/x.sqlite' }), /^There is no folder \/dev\/full to write x\.sqlite to/)
  })

  it('is refused for secrets that can’t be unwrapped', async () => {
    refused(() => make({ rootKey: randomBytes(32).toString('base64') }), /^KMS_ROOT_KEY is not the root key/)
    const wrapped = randomBytes(60)
    await kms.store.change(
      address,
      (key) => ({
        key,
        version: { version: 3, createdAt: 1, automatic: false, wrapped },
      }),
      keyOnly,
    )
    refused(
      make,
      /kms\.sqlite is damaged: its root key does not open its key material c\/l\/k\/v3\. Nothing was changed\.$/,
    )
  })

  it('is refused for a row without its key', () => {
    const database = new DatabaseSync(join(dataDir, 'kms.sqlite'))
    database.exec('PRAGMA foreign_keys = OFF; DELETE FROM keys')
    database.close()
    refused(make, /kms\.sqlite is damaged: a row of versions without its keys\./)
  })
})

describe('a backup with its root key', () => {
  const key = () => readFileSync(join(dataDir, 'root.key'), 'utf8').trim()

  it('restores the root key, and leaves none in the database', async () => {
    expect(make({ withRootKey: true }).keyBeside).toBeUndefined()
    const before = key()
    expect(readFileSync(file).includes(before)).toBe(true)
    bring()
    expect(readFileSync(join(target, 'root.key'), 'utf8').trim()).toBe(before)
    expect(statSync(join(target, 'root.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(target, 'kms.sqlite')).includes(before)).toBe(false)
    expect(await open(target, material)).toEqual(await material(kms))
  })

  it('can’t be used as a database', async () => {
    make({ withRootKey: true })
    takeRootKeyAlong()
    copyFileSync(file, join(target, 'kms.sqlite'))
    await expect(openDataFolder({ dataDir: target })).rejects.toThrow(
      /kms\.sqlite is a backup that holds its own root key\. Move it elsewhere, and put its keys in place with: npm run/,
    )
  })

  it('is refused with another root key in the configuration', () => {
    make({ withRootKey: true })
    const other = randomBytes(32).toString('base64')
    refused(() => bring({ rootKey: other }), /^KMS_ROOT_KEY is not .*The backup holds its own: unset KMS_ROOT_KEY\./)
    bring({ rootKey: key() })
    expect(existsSync(join(target, 'root.key'))).toBe(false)
  })

  it('replaces another root key only on request, and keeps that one with its database', async () => {
    make({ withRootKey: true })
    await open(target, async () => undefined)
    const other = readFileSync(join(target, 'root.key'))
    refused(bring, /root\.key is not .*The backup holds its own: use --force, which keeps the other one\./)
    const { kept } = bring({ force: true })
    expect(kept).toEqual(['kms.sqlite', 'root.key'].map((name) => join(target, `${name}.20260301T093000Z`)))
    expect(readFileSync(kept[1] ?? '')).toEqual(other)
    expect(await open(target, material)).toEqual(await material(kms))
  })
})

describe('a restore', () => {
  it('needs the root key of the backup', () => {
    make()
    refused(
      bring,
      /kms-backup\.sqlite needs the root key [0-9a-f]{16} that it was made with\. Put that root\.key into \S+target, or set/,
    )
    mkdirSync(target)
    writeFileSync(join(target, 'root.key'), randomBytes(32).toString('base64'))
    refused(
      bring,
      /root\.key is not the root key that \S+ was made with \(it needs root key [0-9a-f]{16}; this is [0-9a-f]{16}\)\. Put the right root\.key into \S+target, or set/,
    )
    refused(() => bring({ force: true }), /root\.key is not the root key/)
    refused(() => bring({ rootKey: randomBytes(32).toString('base64') }), /^KMS_ROOT_KEY is not the root key/)
    const rootKey = readFileSync(join(dataDir, 'root.key'), 'utf8').trim()
    expect(bring({ rootKey }).contents.keys).toBe(1)
  })

  it('replaces an existing database only on request, and keeps it', async () => {
    make()
    takeRootKeyAlong()
    await open(target, async ({ store }) => setSetting(store, 'mine', 'yes'))
    refused(
      bring,
      /target already holds a database\. Choose another KMS_DATA_DIR, or use --force, which keeps the old one\.$/,
    )
    const { kept } = bring({ force: true })
    expect(kept).toEqual([join(target, 'kms.sqlite.20260301T093000Z')])
    const old = new DatabaseSync(kept[0] ?? '', { readOnly: true })
    expect(old.prepare("SELECT value FROM settings WHERE name = 'mine'").get()?.value).toBe('yes')
    old.close()
    expect(await open(target, material)).toEqual(await material(kms))
    expect(await open(target, ({ store }) => store.setting('mine'))).toBeUndefined()
  })

  it('keeps the log of an unreadable database, and leaves none beside the new one', async () => {
    make()
    takeRootKeyAlong()
    writeFileSync(join(target, 'kms.sqlite'), 'a letter to grandmother, longer than a database header is'.repeat(10))
    writeFileSync(join(target, 'kms.sqlite-wal'), 'frames of somebody')
    const { kept } = bring({ force: true })
    expect(kept).toEqual(['', '-wal'].map((suffix) => join(target, `kms.sqlite.20260301T093000Z${suffix}`)))
    expect(kept.map((one) => readFileSync(one, 'utf8').slice(0, 8))).toEqual(['a letter', 'frames o'])
    expect(await open(target, material)).toEqual(await material(kms))
  })

  it('treats a log without its database as a database', () => {
    make()
    takeRootKeyAlong()
    writeFileSync(join(target, 'kms.sqlite-wal'), 'frames of somebody')
    refused(bring, /target already holds a database/)
    expect(bring({ force: true }).kept).toEqual([join(target, 'kms.sqlite.20260301T093000Z-wal')])
  })

  it('is refused while a server has the database open', () => {
    make()
    refused(() => restore({ dataDir, file, force: true, now: NOW }), /^A server has \S+kms\.sqlite open\. Stop it,/)
  })

  it('accepts the database of another data folder with its log, and writes nothing there', async () => {
    takeRootKeyAlong()
    expect(bring({ file: join(dataDir, 'kms.sqlite') }).contents.versions).toBe(2)
    await kms.store.close()
    const before = readdirSync(dataDir)
    rmSync(join(target, 'kms.sqlite'))
    expect(bring({ file: join(dataDir, 'kms.sqlite') }).contents.versions).toBe(2)
    expect(readdirSync(dataDir)).toEqual(before)
    kms = await openDataFolder({ dataDir })
  })

  it('accepts an older schema, which the next start migrates', async () => {
    make()
    makeOlder(file, kms.keyWrapper)
    takeRootKeyAlong()
    bring()
    expect(await open(target, material)).toEqual(await material(kms))
  })

  it('refuses files that are no backup of this or an earlier version', () => {
    takeRootKeyAlong()
    const named = /Name a file that "npm run kms -- backup FILE" made\.$/
    refused(bring, /^There is no \S+kms-backup\.sqlite\. Name a file/)
    refused(() => bring({ file: top }), /is not a file\. Name a file/)
    writeFileSync(file, '')
    refused(bring, /kms-backup\.sqlite is empty\. Name a file/)
    writeFileSync(file, 'a letter to grandmother, longer than a database header is'.repeat(10))
    refused(bring, named)
    rmSync(file)
    make()
    const newer = new DatabaseSync(file)
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    refused(
      bring,
      /has schema 99, newer than this build's \d+\. Restore it with the version that made it or a later one\.$/,
    )
  })

  it('refuses a backup that is truncated or has a changed byte in a wrapped secret', () => {
    make()
    takeRootKeyAlong()
    const database = new DatabaseSync(file)
    database.exec('UPDATE versions SET wrapped = zeroblob(60) WHERE version = 2')
    database.close()
    refused(bring, /is damaged: its root key does not open its key material c\/l\/k\/v2\. Nothing was changed\.$/)
    rmSync(file)
    make()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, bytes.length - 8192))
    refused(bring, /malformed|damaged/)
  })
})
