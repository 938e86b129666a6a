import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openKms } from './kms.ts'
import { KmsStartError } from './root-key.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kms-open-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const open = (folder = dataDir) =>
  openKms({ dataDir: folder, exoscaleApi: 'reference', log: pino({ level: 'silent' }), address: () => undefined })

test('a file that is no database is reported in one sentence', async () => {
  writeFileSync(join(dataDir, 'kms.sqlite'), 'a letter to grandmother, longer than a database header is'.repeat(10))
  await expect(open()).rejects.toThrow(KmsStartError)
  await expect(open()).rejects.toThrow(/kms\.sqlite: file is not a database\. Put the right file back/)
})

test.each([
  ['that is a file', 'kept', 'it is a file'],
  ['below a file', 'kept/below', 'a part of its path is a file'],
])('a data folder %s is said in one sentence, and what to set', async (_, path, reason) => {
  writeFileSync(join(dataDir, 'kept'), 'a file')
  const folder = join(dataDir, path)
  await expect(open(folder)).rejects.toThrow(KmsStartError)
  await expect(open(folder)).rejects.toThrow(
    `Can't keep keys in ${folder}: ${reason}. Set KMS_DATA_DIR to a folder that this user may write to.`,
  )
})

test('a database of a newer build is refused unchanged', async () => {
  await (await open()).close()
  const database = new DatabaseSync(join(dataDir, 'kms.sqlite'))
  database.exec('PRAGMA user_version = 99')
  database.close()
  await expect(open()).rejects.toThrow(/has schema 99, newer than this build/)
})

test('Exoscale answers at /v2 and /zone and below, Thalassa at all other paths', async () => {
  const kms = await open()
  const textOf = async (target: string, wire?: string) =>
    (await kms.fetch(new Request(`http://kms.test${target}`), wire)).text()
  const ofExoscale = /^\{"message":"(?:Not Found|Missing authentication)"\}$/
  for (const target of ['/v2', '/v2?x', '/v2/', '/v2/kms-key', '/zone', '/zone/ch-gva-2', '/zone/ch-gva-2/v1']) {
    expect(await textOf(target, target)).toMatch(ofExoscale)
    expect(await textOf(target)).toMatch(ofExoscale)
  }
  for (const target of ['/', '/v1', '/v2x', '/zones', '/v1/v2/kms-key'])
    expect(await textOf(target, target)).not.toMatch(ofExoscale)
  await kms.close()
})

test('credentials are the same after a restart', async () => {
  const first = await open()
  await first.close()
  const second = await open()
  expect(second.credentials).toEqual(first.credentials)
  await second.close()
})
