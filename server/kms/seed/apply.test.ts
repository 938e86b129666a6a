import { expect, test } from 'vitest'
import { applySeed } from './apply.ts'
import { readSeed } from './read.ts'
import { openSeeded, openSeedTarget, rowsOf } from './testing/store.ts'

const text = `
thalassa:
  organisation: { slug: acme, name: Acme }
  tokens:
    - { name: tests, role: administrator, token: tc_pat_for_tests_only }
  keys:
    - name: app encryption
      identity: kms-0123456789abcdefghij
      versions:
        - createdAt: 2026-01-01T00:00:00Z
          keyMaterial: hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
        - createdAt: 2026-02-01T00:00:00Z
exoscale:
  api-keys:
    - { name: tests, key: EXO0123456789abcdef01234567, secret: only-for-tests-0123456789 }
  kms-keys:
    - name: invoices
      origin-zone: de-fra-1
      replicas: [at-vie-1]
`

test('a seed gives the same rows in every store, and applying it twice changes nothing', async () => {
  const [one, other] = [await openSeedTarget(), await openSeedTarget()]
  await applySeed(one, readSeed(text, 'seed.yaml'))
  await applySeed(other, readSeed(text, 'seed.yaml'))
  expect(rowsOf(one.dataDir, one.keyWrapper)).toEqual(rowsOf(other.dataDir, other.keyWrapper))
  const rows = rowsOf(one.dataDir)
  await applySeed(one, readSeed(text, 'seed.yaml'))
  expect(rowsOf(one.dataDir)).toEqual(rows)
})

test('a KMS on a seed prints the seed’s credentials, and the seed’s keys encrypt', async () => {
  const kms = await openSeeded({ seed: readSeed(text, 'seed.yaml') })
  expect(kms.credentials.thalassa).toMatchObject({ token: 'tc_pat_for_tests_only', organisationSlug: 'acme' })
  expect(kms.credentials.exoscale).toEqual({ key: 'EXO0123456789abcdef01234567', secret: 'only-for-tests-0123456789' })
  const answer = await kms.fetch(
    new Request('http://kms.local/v1/kms/nl-01/keys', {
      headers: { authorization: 'Token tc_pat_for_tests_only', 'x-organisation-identity': 'acme' },
    }),
  )
  expect(await answer.json()).toMatchObject([
    { identity: 'kms-0123456789abcdefghij', slug: 'app-encryption', latestVersion: 2 },
  ])
})
