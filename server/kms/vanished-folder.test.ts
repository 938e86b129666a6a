/** The data folder is deleted, moved or replaced below a running server. */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openKms } from './kms.ts'
import type { Json } from './testing/thalassa-server.ts'

async function start() {
  const parent = mkdtempSync(join(tmpdir(), 'kms-vanished-'))
  const dataDir = join(parent, 'data')
  const kms = await openKms({ dataDir, log: pino({ level: 'silent' }), address: () => undefined })
  onTestFinished(async () => {
    await kms.close().catch(() => undefined)
    rmSync(parent, { recursive: true, force: true })
  })
  const { token, organisation } = kms.credentials.thalassa
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01/keys${path}`, init))
    return { status: reply.status, body: (await reply.json()) as Json }
  }
  return { kms, parent, dataDir, call }
}

const database = (folder: string) => join(folder, 'kms.sqlite')

test.each<[string, (dataDir: string, parent: string) => void]>([
  ['deleted', (dataDir) => rmSync(dataDir, { recursive: true })],
  ['moved', (dataDir, parent) => renameSync(dataDir, join(parent, 'elsewhere'))],
  [
    'replaced by a copy',
    (dataDir, parent) => {
      renameSync(dataDir, join(parent, 'elsewhere'))
      cpSync(join(parent, 'elsewhere'), dataDir, { recursive: true })
    },
  ],
  ['left without its database', (dataDir) => rmSync(database(dataDir))],
  ['left without its log', (dataDir) => rmSync(`${database(dataDir)}-wal`)],
])('a folder that is %s takes no change, and the answer says why', async (_, happens) => {
  const { kms, parent, dataDir, call } = await start()
  const { body: key } = await call('POST', '', { name: 'before', keyType: 'aes256-gcm96' })
  expect(await kms.ready()).toBe(true)
  happens(dataDir, parent)
  for (const [method, path, body] of [
    ['POST', '', { name: 'after' }],
    ['POST', `/${key.identity}/rotate`, undefined],
    ['DELETE', `/${key.identity}`, undefined],
  ] as const)
    expect(await call(method, path, body)).toMatchObject({
      status: 503,
      body: {
        message: expect.stringMatching(/kms\.sqlite(-wal)? was deleted, moved or replaced while the server runs/),
      },
    })
  expect(await kms.ready()).toBe(false)
  expect(kms.warnings()[0]).toContain('Stop the server, put the data folder back, and start again.')
  expect((await call('POST', `/${key.identity}/encrypt`, { plaintext: 'aGVsbG8=' })).status).toBe(200)
})
