import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DecryptAnswer, EncryptAnswer, KeyList } from '../../../src/clouds/thalassa/wire.ts'
import { createLogger } from '../../log.ts'
import { openKms } from '../kms.ts'
import { seedManyKeys } from './bulk-seed.ts'

const now = Date.now()

test('bulk keys have working wrapped versions and every status, and none is due', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'many-'))
  const told: number[] = []
  await seedManyKeys({ dataDir, exoscaleApi: 'reference', now, count: 2_500, onProgress: (made) => told.push(made) })
  expect(told).toEqual([2_000, 2_500])

  const kms = await openKms({
    dataDir,
    exoscaleApi: 'reference',
    log: createLogger('silent'),
    address: () => undefined,
  })
  const { token, organisation } = kms.credentials.thalassa
  const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const request = new Request(`http://kms.local/v1/kms/nl-01/keys${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await kms.fetch(request)
    expect(answer.status).toBe(200)
    return answer.json()
  }
  const keys = KeyList.parse(await ask('GET', '')) ?? []
  expect(keys).toHaveLength(2_500)
  expect(new Set(keys.map(({ status }) => status))).toEqual(new Set(['active', 'disabled', 'pending_deletion']))
  const wrong = keys.filter(({ versions = [], latestVersion, deletionScheduledAt = '9999' }) => {
    const inOrder = versions.every(({ version }, index) => version === index + 1)
    const past = Date.parse(versions.at(-1)?.createdAt ?? '') < now
    return !inOrder || !past || versions.length !== latestVersion || Date.parse(deletionScheduledAt) <= now
  })
  expect(wrong).toEqual([])
  const old = keys.find((key) => key.status === 'active' && key.keyType === 'aes256-gcm96' && key.latestVersion === 4)
  const plaintext = Buffer.from('many').toString('base64')
  for (const keyVersion of ['1', '4']) {
    const { ciphertext } = EncryptAnswer.parse(
      await ask('POST', `/${old?.identity}/encrypt`, { plaintext, keyVersion }),
    )
    expect(DecryptAnswer.parse(await ask('POST', `/${old?.identity}/decrypt`, { ciphertext }))).toMatchObject({
      plaintext,
    })
  }
  await kms.close()
  rmSync(dataDir, { recursive: true })
})
