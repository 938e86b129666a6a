import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KmsStartError, makeRootKeyCheck, openVault, ROOT_KEY_CHECK } from './root-key.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { startThalassa, temporaryFolder } from './testing/thalassa-server.ts'

let dataDir: string
let database: string
let file: string
beforeEach(() => {
  dataDir = temporaryFolder()
  database = join(dataDir, 'kms.sqlite')
  file = join(dataDir, 'root.key')
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const open = (rootKey?: string) => openVault({ dataDir, database, rootKey })
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const newKey = () => randomBytes(32).toString('base64')

/** A data folder as a first start leaves it. */
async function start(rootKey?: string) {
  const vault = open(rootKey)
  const store = openSqliteStore(database)
  await store.setSetting(ROOT_KEY_CHECK, makeRootKeyCheck(vault))
  await store.close()
  return vault
}

/** Every file of the data folder with its bytes. */
const contents = () =>
  Object.fromEntries(readdirSync(dataDir).map((name) => [name, readFileSync(join(dataDir, name), 'hex')]))

describe('the root key', () => {
  it('is made at the first start, for its owner only, and found again', async () => {
    const wrapped = (await start()).wrap('a', Buffer.from('secret'))
    expect(mode(file)).toBe('600')
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32)
    expect(open().unwrap('a', wrapped).toString()).toBe('secret')
  })

  it('has its mode put right when somebody has opened it up', async () => {
    await start()
    chmodSync(file, 0o644)
    open()
    expect(mode(file)).toBe('600')
  })

  it('makes a missing data folder, for its owner only', () => {
    const folder = join(dataDir, 'deep', 'folder')
    openVault({ dataDir: folder, database: join(folder, 'kms.sqlite'), rootKey: undefined })
    expect(mode(folder)).toBe('700')
    expect(mode(join(folder, 'root.key'))).toBe('600')
  })

  it('comes from the configuration when given there, and is not written down', async () => {
    const rootKey = newKey()
    const wrapped = (await start(rootKey)).wrap('a', Buffer.from('secret'))
    expect(existsSync(file)).toBe(false)
    expect(open(rootKey).unwrap('a', wrapped).toString()).toBe('secret')
  })
})

describe('a start is refused, and nothing changes,', () => {
  function refused(rootKey: string | undefined, message: RegExp) {
    const before = contents()
    expect(() => open(rootKey)).toThrow(KmsStartError)
    expect(() => open(rootKey)).toThrow(message)
    const after = contents()
    expect(after['kms.sqlite']).toBe(before['kms.sqlite'])
    expect(after['root.key']).toBe(before['root.key'])
  }

  it('with another key in the configuration', async () => {
    await start()
    refused(newKey(), /^KMS_ROOT_KEY is not the root key that .*kms\.sqlite was made with\..* Nothing was changed\.$/)
  })

  it('with another key in the file', async () => {
    await start()
    writeFileSync(file, newKey())
    refused(undefined, /root\.key is not the root key that .*kms\.sqlite was made with/)
  })

  it('with a database whose key file is gone', async () => {
    await start()
    rmSync(file)
    refused(undefined, /root\.key is gone\. Put the file back or set KMS_ROOT_KEY/)
    expect(existsSync(file)).toBe(false)
  })

  it('with a database made under a key of the configuration that is not set any more', async () => {
    await start(newKey())
    refused(undefined, /root\.key is gone/)
  })

  it('with something else than 32 bytes in base64', async () => {
    for (const wrong of ['x', 'AAAA', randomBytes(31).toString('base64')]) {
      refused(wrong, /^KMS_ROOT_KEY must hold 32 bytes in base64\. Make one with: openssl rand -base64 32$/)
      writeFileSync(file, wrong)
      refused(undefined, /root\.key must hold 32 bytes in base64/)
      rmSync(file)
    }
  })

  it('and the message does not hold the key', async () => {
    await start()
    const rootKey = newKey()
    expect(() => open(rootKey)).not.toThrow(rootKey)
  })
})

describe('the data folder', () => {
  it('holds no token and no key material in clear', async () => {
    const kms = await startThalassa({ dataDir })
    const id = await kms.create({ keyType: 'aes256-gcm96' })
    const signing = await kms.create({ keyType: 'ed25519' })
    const materials = await Promise.all(
      [id, signing].map(async (one) => {
        const stored = await kms.store.version({ cloud: 'thalassa', location: 'nl-01', id: one }, 1)
        return kms.vault.unwrap(`key material thalassa/nl-01/${one}/v1`, stored?.wrapped ?? new Uint8Array())
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
