import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder } from './data-folder.ts'
import { systemClock } from './engine/clock.ts'
import { createKeyring } from './engine/keyring.ts'
import { KmsStartError } from './root-key.ts'
import { startThalassa, temporaryFolder } from './testing/thalassa-server.ts'
import { keyOnly, setSetting } from './testing/unaudited.ts'

let dataDir: string
let database: string
let file: string
beforeEach(() => {
  dataDir = temporaryFolder()
  database = join(dataDir, 'kms.sqlite')
  file = join(dataDir, 'root.key')
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const newKey = () => randomBytes(32).toString('base64')

/** Opens the data folder as a start does, and closes it. */
async function start(rootKey?: string) {
  const { store, keyWrapper } = await openDataFolder({ dataDir, rootKey })
  await store.close()
  return keyWrapper
}

/** Content of every file in the data folder; SQLite's side files only if they are not empty. */
const contents = () =>
  Object.fromEntries(
    readdirSync(dataDir)
      .map((name) => [name, readFileSync(join(dataDir, name), 'hex')] as const)
      .filter(([name, bytes]) => !name.endsWith('-shm') && !(name.endsWith('-wal') && bytes === '')),
  )

describe('the root key', () => {
  it('is created at the first start with mode 0600, and reused', async () => {
    const wrapped = (await start()).wrap('a', Buffer.from('secret'))
    expect(readdirSync(dataDir).sort()).toEqual(['kms.sqlite', 'root.key'])
    expect(mode(file)).toBe('600')
    expect(mode(database)).toBe('600')
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32)
    expect((await start()).unwrap('a', wrapped).toString()).toBe('secret')
  })

  it('gets mode 0600 again if its mode was changed', async () => {
    await start()
    chmodSync(file, 0o644)
    await start()
    expect(mode(file)).toBe('600')
  })

  it('creates a missing data folder with mode 0700', async () => {
    const folder = join(dataDir, 'deep', 'folder')
    await (await openDataFolder({ dataDir: folder })).store.close()
    expect(mode(folder)).toBe('700')
    expect(mode(join(folder, 'root.key'))).toBe('600')
  })

  it('from the configuration is used and not written to disk', async () => {
    const rootKey = newKey()
    const wrapped = (await start(rootKey)).wrap('a', Buffer.from('secret'))
    expect(existsSync(file)).toBe(false)
    expect((await start(rootKey)).unwrap('a', wrapped).toString()).toBe('secret')
  })

  it('in an otherwise empty data folder is used', async () => {
    const rootKey = newKey()
    writeFileSync(file, `${rootKey}\r\n`)
    await start()
    expect(readFileSync(file, 'utf8')).toBe(`${rootKey}\r\n`)
  })
})

describe('a start is refused, and nothing changes,', () => {
  async function refused(rootKey: string | undefined, message: RegExp) {
    const before = contents()
    await expect(start(rootKey)).rejects.toThrow(KmsStartError)
    await expect(start(rootKey)).rejects.toThrow(message)
    expect(contents()).toEqual(before)
  }

  it('with another key in the configuration', async () => {
    await start()
    await refused(
      newKey(),
      /^KMS_ROOT_KEY is not the root key that .*kms\.sqlite was made with \(it needs root key \w{16}; this is \w{16}\)\..* Nothing was changed\.$/,
    )
  })

  it('with another key in the file', async () => {
    await start()
    writeFileSync(file, newKey())
    await refused(undefined, /root\.key is not the root key that .*kms\.sqlite was made with/)
  })

  it('with a database whose key file is gone', async () => {
    await start()
    rmSync(file)
    await refused(undefined, /root\.key is gone\. Restore the file or set KMS_ROOT_KEY/)
    expect(existsSync(file)).toBe(false)
  })

  it('with a database of a configured key that is no longer set', async () => {
    await start(newKey())
    await refused(undefined, /root\.key is gone/)
  })

  it('with a value other than 32 bytes in base64', async () => {
    for (const wrong of ['', '\n', 'x', 'AAAA', randomBytes(31).toString('base64')]) {
      if (wrong.trim() !== '')
        await refused(
          wrong,
          /^KMS_ROOT_KEY must hold 32 bytes in base64 and nothing else\. Create one with: openssl rand -base64 32$/,
        )
      writeFileSync(file, wrong)
      await refused(
        undefined,
        /root\.key must hold 32 bytes in base64 and nothing else\. It protects nothing yet: delete it/,
      )
      rmSync(file)
    }
  })

  it('with other text beside the key', async () => {
    await start()
    const key = readFileSync(file, 'utf8').trim()
    const junk = [
      randomBytes(200).toString('latin1'),
      '\0'.repeat(44),
      '!'.repeat(10) + key,
      `${key.slice(0, 20)}\n\n${key.slice(20)}`,
      `"${key}"`,
      `${key}${key}`,
      `root key: ${key}`,
      key.replace(/.=$/, '_='),
    ]
    for (const wrong of junk) {
      writeFileSync(file, wrong)
      await refused(
        undefined,
        /root\.key must hold 32 bytes in base64 and nothing else\. Restore the file that belongs/,
      )
    }
    const url = key.replaceAll('+', '-').replaceAll('/', '_')
    for (const same of [`\ufeff${key}\r\n`, ` ${key}\n\n`, url, url.replace(/=$/, '')]) {
      writeFileSync(file, same)
      await start()
    }
  })

  it('with an empty key file beside a database', async () => {
    await start()
    for (const wrong of ['', 'AAAA']) {
      writeFileSync(file, wrong)
      await refused(
        undefined,
        /root\.key must hold 32 bytes in base64 and nothing else\. Restore the file that belongs to/,
      )
    }
  })

  it('and the message does not contain the key', async () => {
    await start()
    const rootKey = newKey()
    await expect(start(rootKey)).rejects.not.toThrow(rootKey)
  })

  const isEmpty =
    /^\S+kms\.sqlite is empty, most likely because it was copied from a running KMS .* or delete it to start without keys\.$/

  it('with an empty database file, and its log stays', async () => {
    await start()
    writeFileSync(database, '')
    await refused(undefined, isEmpty)
    writeFileSync(`${database}-wal`, 'frames of somebody')
    await refused(undefined, isEmpty)
    await refused(newKey(), isEmpty)
  })

  it('with a database without tables, as a copy without its log is', async () => {
    await start()
    rmSync(database)
    const bare = new DatabaseSync(database)
    bare.exec('PRAGMA journal_mode = WAL')
    bare.close()
    await refused(undefined, isEmpty)
    rmSync(file)
    await refused(undefined, isEmpty)
  })

  it.each([1, 100, 511, 512, 4096, 65_536])('with a database of %i zeros', async (size) => {
    await start()
    const log = Buffer.concat([Buffer.from('377f0682', 'hex'), Buffer.alloc(28)])
    for (const given of [undefined, readFileSync(file, 'utf8')])
      for (const wal of [undefined, Buffer.alloc(0), Buffer.alloc(4152), log]) {
        writeFileSync(database, Buffer.alloc(size))
        rmSync(`${database}-wal`, { force: true })
        if (wal) writeFileSync(`${database}-wal`, wal)
        await refused(given, isEmpty)
      }
  })

  it('with a database of another program', async () => {
    await start()
    rmSync(database)
    const other = new DatabaseSync(database)
    other.exec('CREATE TABLE letters (text)')
    other.close()
    await refused(undefined, /kms\.sqlite is damaged: it is not of a local KMS\./)
  })

  it('with a log without its database', async () => {
    await start()
    rmSync(database)
    writeFileSync(`${database}-wal`, 'frames of somebody')
    await refused(undefined, /kms\.sqlite is gone, and its write-ahead log \S+kms\.sqlite-wal is still there\./)
  })

  it('with a folder in place of the database', async () => {
    await start()
    rmSync(database)
    mkdirSync(database)
    await expect(start()).rejects.toThrow(/^Can't open \S+kms\.sqlite: .*\. Put the right file back or choose/)
  })
})

/** Log that was not written back, of another database under the same root key. */
async function logOf(writes: number): Promise<Buffer> {
  const other = temporaryFolder()
  try {
    writeFileSync(join(other, 'root.key'), readFileSync(file))
    const { store } = await openDataFolder({ dataDir: other })
    for (let nth = 0; nth < writes; nth += 1) await setSetting(store, `setting ${nth}`, 'x'.repeat(2000))
    const log = readFileSync(join(other, 'kms.sqlite-wal'))
    await store.close()
    return log
  } finally {
    rmSync(other, { recursive: true })
  }
}

it.each([1, 20])('the log of another database, %i writes long, is never applied', async (writes) => {
  await start()
  const before = readFileSync(database)
  writeFileSync(`${database}-wal`, await logOf(writes))
  await expect(start()).rejects.toThrow(/kms\.sqlite is damaged: .*\. Restore the keys from a backup/)
  expect(readFileSync(database).equals(before)).toBe(true)
})

it('the log of another KMS is never applied, though its pages fit', async () => {
  const create = async (folder: string, name: string) => {
    const { store, keyWrapper } = await openDataFolder({ dataDir: folder })
    const keyring = createKeyring({ store, keyWrapper, clock: systemClock })
    const key = { cloud: 'c', location: 'l', scope: 's', algorithm: 'aes256-gcm96', status: 'on', revision: 1 }
    await keyring.create({ ...key, id: name, uniqueName: name, rotateAt: null, attributes: {} }, keyOnly)
    return store
  }
  await (await create(dataDir, 'ours')).close()
  const before = readFileSync(database)
  const other = temporaryFolder()
  const theirs = await create(other, 'theirs')
  writeFileSync(`${database}-wal`, readFileSync(join(other, 'kms.sqlite-wal')))
  await theirs.close()
  rmSync(other, { recursive: true })
  await expect(start()).rejects.toThrow(
    /kms\.sqlite is damaged: the root key does not open its key material c\/l\/theirs/,
  )
  expect(readFileSync(database).equals(before)).toBe(true)
})

describe('the data folder', () => {
  it('contains no plaintext token or key material', async () => {
    const kms = await startThalassa({ dataDir })
    const id = await kms.create({ keyType: 'aes256-gcm96' })
    const signing = await kms.create({ keyType: 'ed25519' })
    const materials = await Promise.all(
      [id, signing].map(async (one) => {
        const stored = kms.store.version({ cloud: 'thalassa', location: 'nl-01', id: one }, 1)
        return kms.keyWrapper.unwrap(`key material thalassa/nl-01/${one}/v1`, stored?.wrapped ?? new Uint8Array())
      }),
    )
    const secrets = [Buffer.from(kms.token), Buffer.from(kms.token.slice(7, 27)), ...materials]
    const encodings = secrets.flatMap((secret) => [
      secret,
      Buffer.from(secret.toString('hex')),
      Buffer.from(secret.toString('base64').replace(/=+$/, '')),
    ])
    const search = () => {
      for (const name of readdirSync(dataDir)) {
        const bytes = readFileSync(join(dataDir, name))
        for (const encoding of encodings) expect(bytes.includes(encoding)).toBe(false)
      }
    }
    expect(readdirSync(dataDir).sort()).toEqual(['kms.sqlite', 'kms.sqlite-shm', 'kms.sqlite-wal', 'root.key'])
    search()
    await kms.close({ keepData: true })
    search()
  })
})
