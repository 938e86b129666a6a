import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import { verifyFolder } from './backup.ts'
import { openExisting } from './data-folder.ts'
import { unaudited } from './engine/audit.ts'
import { ENCRYPTIONS_KIND } from './engine/encryption-counts.ts'
import { openKms } from './kms.ts'

test('a key that has encrypted very often is named in the log and by a verification, and counted for everybody, until it is rotated', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-many-'))
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) })
  async function used<T>(
    use: (call: (method: string, path: string, body?: object) => Promise<Record<string, string>>) => Promise<T>,
  ) {
    const kms = await openKms({ dataDir, log, address: () => undefined })
    const { token, organisation } = kms.credentials.thalassa
    const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
    const result = await use(async (method, path, body) => {
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
      const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01/keys${path}`, init))
      return (await reply.json()) as Record<string, string>
    })
    const warnings = kms.warnings()
    await kms.close()
    return { result, warnings }
  }
  const { result: id, warnings } = await used(async (call) => {
    const { identity } = await call('POST', '', { name: 'orders' })
    await call('POST', `/${identity}/encrypt`, { plaintext: 'aGVsbG8=' })
    return identity
  })
  expect(warnings).toEqual([])
  const { store } = openExisting({ dataDir })
  await store.write((rows) => {
    const row = { cloud: 'thalassa', kind: ENCRYPTIONS_KIND, id: `nl-01/${id}` }
    const before = rows.resource(row.cloud, row.kind, row.id)
    expect(before?.content).toEqual({ versions: { 1: 10_000 } })
    rows.putResource({ ...row, createdAt: before?.createdAt ?? 0, content: { versions: { 1: 2 ** 30 } } })
    return unaudited('count of encryptions', undefined)
  })
  await store.close()

  const told = await used((call) => call('POST', `/${id}/encrypt`, { plaintext: 'aGVsbG8=' }))
  expect(told.warnings).toEqual([
    '1 key has encrypted so often that a new version is needed. The log and "npm run kms -- verify" name it.',
  ])
  expect(lines).toEqual([
    expect.stringMatching(
      /^Version 1 of the key orders \(\S+\) has encrypted about 1,073,751,824 times, .* Rotate the key/,
    ),
  ])
  expect(verifyFolder({ dataDir }).verification).toMatchObject({ findings: [], warnings: lines })

  const rotated = await used(async (call) => {
    await call('POST', `/${id}/encrypt`, { plaintext: 'aGVsbG8=' })
    await call('POST', `/${id}/rotate`)
    await call('POST', `/${id}/encrypt`, { plaintext: 'aGVsbG8=' })
  })
  expect(rotated.warnings).toEqual([])
  expect(verifyFolder({ dataDir }).verification).toMatchObject({ findings: [], warnings: [] })
  rmSync(dataDir, { recursive: true })
})
