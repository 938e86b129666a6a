import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { seedOf } from '../seed/read.ts'
import { base64, temporaryFolder } from '../testing/thalassa-server.ts'
import { everything, startTestKms } from './testing/server.ts'

const names = Array.from({ length: 25 }, (_, nth) => `key ${nth}`)

const seed = seedOf({
  thalassa: {
    tokens: [{ name: 'tests', role: 'administrator', token: 'tc_pat_for_tests_only' }],
    keys: names.map((name) => ({ name })),
  },
  exoscale: {
    'api-keys': [{ name: 'tests', key: 'EXO0123456789abcdef01234567', secret: 'only-for-tests-0123456789' }],
    'kms-keys': names.map((name) => ({ name, 'origin-zone': 'de-fra-1' })),
  },
})

const now = Date.now()
const start = (dataDir?: string) =>
  startTestKms({ seed, clock: { now: () => now }, ...(dataDir !== undefined && { dataDir }) })

test('answers after a reset equal those of a fresh start on the same seed, in a new and a used data folder', async () => {
  const fresh = await start()
  const expected = await everything(fresh)
  await fresh.stop()
  expect(JSON.stringify(expected)).toContain('key 24')
  const dataDir = temporaryFolder()
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  for (const round of ['new', 'used']) {
    const kms = await start(dataDir)
    const { body } = await kms.thalassa('GET', '/keys/key-0')
    const sealed = await kms.thalassa('POST', '/keys/key-0/encrypt', { plaintext: base64(round) })
    await kms.thalassa('POST', '/keys/key-0/rotate')
    await kms.thalassa('POST', '/keys', { name: 'not in the seed' })
    await kms.exoscale('POST', '/v2/iam-role', { name: 'not in the seed' })
    await kms.exoscale('PUT', '/v2/iam-organization-policy', { 'default-service-strategy': 'deny', services: {} })
    await kms.api('POST', '/clock', { days: 1 })
    // With the default key.
    expect(await kms.api('POST', '/reset')).toMatchObject({ status: 200, body: { keys: 51 } })
    expect(await everything(kms)).toEqual(expected)
    expect((await kms.thalassa('GET', '/keys/key-0')).body).toMatchObject({ identity: body.identity, latestVersion: 1 })
    const opened = await kms.thalassa('POST', '/keys/key-0/decrypt', { ciphertext: sealed.body.ciphertext })
    expect(opened.body.plaintext).toBe(base64(round))
    // Kept for the next start.
    await kms.thalassa('POST', '/keys', { name: 'not in the seed either' })
    await kms.stop()
  }
})
