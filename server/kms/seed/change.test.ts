/** Seeds applied to stores that are not empty. */
import { describe, expect, test } from 'vitest'
import { createKeyring } from '../engine/keyring.ts'
import { attributesOf as exoscaleAttributes, rotationOf } from '../exoscale/keys.ts'
import { KmsStartError } from '../root-key.ts'
import { keyOnly } from '../testing/unaudited.ts'
import { attributesOf } from '../thalassa/keys.ts'
import { applySeed } from './apply.ts'
import { readSeed } from './read.ts'
import { openSeeded, openSeedTarget, rowsOf } from './testing/store.ts'

const MATERIAL = 'hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const OTHER = 'hex:ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

const text = `
thalassa:
  keys:
    - { name: app, identity: kms-app, versions: [{ keyMaterial: "${MATERIAL}" }] }
exoscale:
  kms-keys:
    - { name: invoices, id: 00000000-0000-4000-8000-000000000001, replicas: [de-fra-1] }
`
const app = { cloud: 'thalassa', location: 'nl-01', id: 'kms-app' }
const invoices = { cloud: 'exoscale', location: 'ch-gva-2', id: '00000000-0000-4000-8000-000000000001' }

async function openWith(seed = text) {
  const target = await openSeedTarget()
  await applySeed(target, readSeed(seed, 'seed.yaml'))
  const keyring = createKeyring({ ...target, clock: { now: () => Date.UTC(2026, 5, 1) } })
  const found = async (address: typeof app) => {
    const key = keyring.get(address)
    if (!key) throw new Error('no key')
    return key
  }
  return { ...target, keyring, found, apply: (again: string) => applySeed(target, readSeed(again, 'seed.yaml')) }
}

/** Message of the refusal of a seed; checks that nothing was written. */
async function refusal(target: Awaited<ReturnType<typeof openWith>>, again: string): Promise<string> {
  const before = rowsOf(target.dataDir)
  const error: unknown = await target.apply(again).catch((thrown: unknown) => thrown)
  expect(rowsOf(target.dataDir)).toEqual(before)
  if (error instanceof KmsStartError) return error.message
  throw new Error('it was taken', { cause: error })
}

describe('objects in the seed are brought to their state there', () => {
  test('a key that was disabled and renamed; its revision increases', async () => {
    const { keyring, found, apply } = await openWith()
    await keyring.change(
      app,
      (key) => ({
        ...key,
        status: 'disabled',
        attributes: { ...attributesOf(key), labels: { by: 'hand' } },
      }),
      keyOnly,
    )
    await apply(text)
    const key = await found(app)
    expect(key).toMatchObject({ status: 'active', revision: 3 })
    expect(attributesOf(key).labels).toEqual({})
    await apply(text)
    expect(await found(app)).toEqual(key)
  })

  test('a rotated key keeps its versions, and its next rotation counts from them', async () => {
    const { keyring, found, apply } = await openWith()
    const rotated = await keyring.rotate(
      app,
      (key, now) => ({
        ...key,
        attributes: { ...attributesOf(key), rotatedAt: now },
      }),
      keyOnly,
    )
    const ciphertext = await keyring.encrypt(await found(app), 2, Buffer.from('hello'))
    await apply(text)
    expect(await found(app)).toEqual(rotated)
    await apply(
      text.replace('identity: kms-app', 'identity: kms-app, keyRotationEnabled: true, rotationPeriodInDays: 30'),
    )
    expect(await found(app)).toMatchObject({ latestVersion: 2, rotateAt: Date.UTC(2026, 5, 1) + 30 * 86_400_000 })
    expect(await keyring.decrypt(await found(app), 2, ciphertext)).toEqual(Buffer.from('hello'))
  })

  test('a rotated key of Exoscale keeps its rotation count and date', async () => {
    const { keyring, found, apply } = await openWith()
    await keyring.rotate(
      invoices,
      (key) => {
        const attributes = exoscaleAttributes(key)
        return { ...key, attributes: { ...attributes, rotation: { ...attributes.rotation, manualCount: 4 } } }
      },
      keyOnly,
    )
    await apply(text)
    expect(rotationOf(await found(invoices))['manual-count']).toBe(4)
  })

  test('a new version in the file is added', async () => {
    const { keyring, found, apply } = await openWith()
    await apply(
      text.replace(`"${MATERIAL}" }]`, `"${MATERIAL}" }, { keyMaterial: "${OTHER}", createdAt: 2026-02-01 }]`),
    )
    expect(await found(app)).toMatchObject({ latestVersion: 2, revision: 2 })
    expect(await keyring.exportMaterial(await found(app), 2)).toBe(
      Buffer.from(OTHER.slice(4), 'hex').toString('base64'),
    )
  })

  test('a new zone in the file gets its replica once the KMS runs', async () => {
    const target = await openWith()
    const kms = await openSeeded({
      dataDir: target.dataDir,
      seed: readSeed(text.replace('[de-fra-1]', '[de-fra-1, at-vie-1]'), 's'),
    })
    await kms.close()
    for (const location of ['de-fra-1', 'at-vie-1'])
      expect(target.store.get({ ...invoices, location })).toMatchObject({ origin: 'ch-gva-2', latestVersion: 1 })
  })

  test('objects that are not in the seed stay', async () => {
    const { keyring, found, apply } = await openWith()
    await keyring.create({ ...(await found(app)), id: 'kms-mine', uniqueName: 'mine' }, keyOnly)
    await apply(text)
    expect(await found({ ...app, id: 'kms-mine' })).toMatchObject({ uniqueName: 'mine', revision: 1 })
  })
})

describe('conflicts are reported with line and field, and nothing is written', () => {
  test('other material under the same id', async () => {
    const message = await refusal(await openWith(), text.replace(MATERIAL, OTHER).replace('name: app', 'name: Renamed'))
    expect(message).toContain(
      '- seed.yaml:4:56 thalassa.keys[0].versions[0].keyMaterial is not the material that the store has',
    )
    expect(message).not.toContain(OTHER.slice(4, 20))
  })

  test('another type of key under the same id', async () => {
    const target = await openWith()
    const message = await refusal(
      target,
      text.replace('identity: kms-app', 'identity: kms-app, keyType: chacha20-poly1305'),
    )
    expect(message).toContain('- seed.yaml:4:39 thalassa.keys[0].keyType is not the type of kms-app in the store')
  })

  test('another specification under the same id', async () => {
    const target = await openWith()
    const message = await refusal(
      target,
      text.replace('name: invoices,', 'name: invoices, usage: sign-verify, key-spec: ML_DSA_65,'),
    )
    expect(message).toContain('exoscale.kms-keys[0].key-spec is not the type of 00000000-0000-4000-8000-000000000001')
  })

  test('a name of another key', async () => {
    const message = await refusal(await openWith(), text.replace('kms-app', 'kms-other'))
    expect(message).toContain('- seed.yaml:4:9 thalassa.keys[0].name is that of the key kms-app in nl-01')
  })

  test('another secret under the same id', async () => {
    const apiKey = (secret: string) => `exoscale: { api-keys: [{ name: a, key: EXOa, secret: ${secret} }] }`
    const message = await refusal(await openWith(apiKey('first-secret')), apiKey('other-secret'))
    expect(message).toContain("- seed.yaml:1:46 exoscale.api-keys[0].secret is another one than the store's for EXOa")
    expect(message).not.toContain('other-secret')
  })

  test('another organisation', async () => {
    const organisation = (identity: string) => `thalassa: { organisation: { identity: ${identity}, slug: a } }`
    const message = await refusal(await openWith(organisation('o-1')), organisation('o-2'))
    expect(message).toContain(
      "- seed.yaml:1:29 thalassa.organisation.identity can't be another one than the store's, o-1",
    )
  })

  test.each([
    ['thalassa: { keys: [{ name: a, projectId: nobody }] }', 'thalassa.keys[0].projectId is neither identity nor slug'],
    [
      'exoscale: { api-keys: [{ name: a, key: EXOa, secret: only-for-tests, role-id: 00000000-0000-4000-8000-000000000009 }] }',
      'exoscale.api-keys[0].role-id is the id of no role',
    ],
    [
      `exoscale: { iam-organization-policy: { default-service-strategy: allow, services: { kms: { type: rules, rules: [{ action: allow, expression: "1 +" }] } } } }`,
      'exoscale.iam-organization-policy.services.kms.rules[0].expression is no CEL expression',
    ],
  ])('%s', async (again, expected) => {
    expect(await refusal(await openWith(), again)).toContain(expected)
  })
})
