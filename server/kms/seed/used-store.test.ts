import { expect, test } from 'vitest'
import { seedDemo } from '../../demo/seed.ts'
import { applySeed } from './apply.ts'
import { exportSeed } from './export.ts'
import { readSeed } from './read.ts'
import { newFolder, openSeedTarget, rowsOf } from './testing/store.ts'

/** Key rows and versions as a seed can express them: with up-to-date replicas. */
function comparable(rows: Record<string, string[]>) {
  const keys = (rows.keys ?? [])
    .map((row) => JSON.parse(row))
    .filter(({ origin }) => origin === null)
    .map(({ attributes, sync_at: _, ...key }) => {
      const { replicas = [], cancelledIn: __, ...rest } = JSON.parse(attributes)
      return { ...key, attributes: { ...rest, replicas: replicas.map(({ zone }: { zone: string }) => zone) } }
    })
  const secrets = (rows.credentials ?? [])
    .map((row) => JSON.parse(row))
    .filter(({ attributes }) => !attributes.includes('signing-key'))
    .map(({ id, wrapped, created_at }) => ({ id, wrapped, created_at }))
    .toSorted((one, other) => one.id.localeCompare(other.id))
  return { keys, versions: rows.versions, secrets }
}

test('the export of a store with years of use restores keys, versions and secrets', async () => {
  const dataDir = newFolder()
  await seedDemo({ dataDir, now: Date.UTC(2026, 5, 1) })
  const used = await openSeedTarget(dataDir)
  const text = await exportSeed({ ...used, withMaterial: true })
  const fresh = await openSeedTarget()
  await applySeed(fresh, readSeed(text, 'exported.yaml'))
  const [before, after] = [
    comparable(rowsOf(dataDir, used.keyWrapper)),
    comparable(rowsOf(fresh.dataDir, fresh.keyWrapper)),
  ]
  expect(before.keys.length).toBeGreaterThan(30)
  expect(after).toEqual(before)
})
