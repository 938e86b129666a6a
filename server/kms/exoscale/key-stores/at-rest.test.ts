/** Key stores in a data folder: their secrets are wrapped, verified, backed up and wrapped anew like every other one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp, verifyFolder } from '../../backup.ts'
import { openKms } from '../../kms.ts'
import { restore } from '../../restore.ts'
import { rewrap } from '../../rewrap.ts'
import { databaseIn } from '../../root-key.ts'
import { sign } from '../testing/server.ts'
import { STORES } from './testing/stores.ts'
import { startXksProxy, type XksProxy } from './testing/xks-proxy.ts'

let parent: string
let proxy: XksProxy
beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'kms-stores-'))
  proxy = await startXksProxy()
})
afterEach(async () => {
  await proxy.close()
  rmSync(parent, { recursive: true })
})

async function start(dataDir: string) {
  const log = pino({ level: 'silent' })
  const kms = await openKms({ dataDir, xks: { allowPrivate: true }, log, address: () => undefined })
  async function post(target: string, content: object = {}) {
    const body = JSON.stringify(content)
    const signed = { method: 'POST', target, body, credential: kms.credentials.exoscale }
    const authorization = await sign({ ...signed, expires: Math.floor(Date.now() / 1000) + 600 })
    const headers = { authorization, 'content-type': 'application/json' }
    const reply = await kms.fetch(new Request(`http://kms.test${target}`, { method: 'POST', headers, body }), target)
    const answer: unknown = await reply.json()
    return { status: reply.status, answer: answer as Record<string, unknown> }
  }
  return { kms, post }
}

/** A folder with a connected store, a key behind it and a ciphertext. */
async function fill(dataDir: string) {
  const { kms, post } = await start(dataDir)
  const store = await post(STORES, { name: 'bank', proxy: { endpoint: proxy.endpoint, auth: proxy.auth } })
  await post(`${STORES}/${store.answer.id}/connect`)
  const xks = { 'external-key-id': proxy.keyId, 'xks-id': store.answer.id }
  const { answer } = await post('/v2/kms-key', { name: 'orders', source: 'external-key-store', xks })
  const key = `/v2/kms-key/${answer.id}`
  const { ciphertext } = (await post(`${key}/encrypt`, { plaintext: 'aGVsbG8=' })).answer
  await kms.close()
  return { store: `${STORES}/${store.answer.id}`, key, ciphertext }
}

async function expectWhole(dataDir: string, { store, key, ciphertext }: Awaited<ReturnType<typeof fill>>) {
  const { kms, post } = await start(dataDir)
  expect(await post(`${key}/decrypt`, { ciphertext })).toMatchObject({ status: 200, answer: { plaintext: 'aGVsbG8=' } })
  expect(await post(`${store}/connect`)).toMatchObject({ status: 200 })
  await kms.close()
}

test('the secret of a proxy is in no file, and survives a change of the root key, a backup and its restoration', async () => {
  const dataDir = join(parent, 'data')
  const filled = await fill(dataDir)
  for (const name of readdirSync(dataDir))
    expect(readFileSync(join(dataDir, name)).includes(proxy.auth.secret)).toBe(false)
  expect(verifyFolder({ dataDir }).verification.findings).toEqual([])
  await rewrap({ dataDir })
  await expectWhole(dataDir, filled)
  const backup = join(parent, 'backup')
  backUp({ dataDir, file: backup, withRootKey: true })
  const restored = join(parent, 'restored')
  restore({ dataDir: restored, file: backup, now: 0 })
  await expectWhole(restored, filled)
})

test('a store that was changed outside of the KMS is not used', async () => {
  const dataDir = join(parent, 'data')
  const { key, ciphertext } = await fill(dataDir)
  const database = new DatabaseSync(databaseIn(dataDir))
  const changed = database.prepare(
    "UPDATE credentials SET attributes = replace(attributes, '/tenant', '/other') WHERE name = 'bank'",
  )
  expect(changed.run().changes).toBe(1)
  database.close()
  expect(verifyFolder({ dataDir }).verification.findings).toContainEqual(
    expect.stringMatching(/^the credential \S+ of exoscale\/key-store .* was changed/),
  )
  await expect(start(dataDir).then(({ post }) => post(`${key}/decrypt`, { ciphertext }))).rejects.toThrow(
    'was changed outside of the KMS',
  )
})
