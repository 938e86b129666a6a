import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUsageOf, keySpecNames, usages } from '../../../src/clouds/exoscale/key-specs.ts'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import { keyTypes } from '../../../src/clouds/thalassa/rules.ts'
import { applySeed } from './apply.ts'
import { exportSeed } from './export.ts'
import { readSeed, seedOf } from './read.ts'
import type { SeedInput } from './schema.ts'
import type { Seed } from './seed.ts'
import { openSeedTarget, rowsOf } from './testing/store.ts'

/** Rows of a store with a seed, and of a second store with the export of the first. */
async function roundTrip(seed: Seed) {
  const one = await openSeedTarget()
  await applySeed(one, seed)
  const text = await exportSeed({ ...one, withMaterial: true })
  const other = await openSeedTarget()
  await applySeed(other, readSeed(text, 'exported.yaml'))
  return { before: rowsOf(one.dataDir, one.keyWrapper), after: rowsOf(other.dataDir, other.keyWrapper), text, one }
}

const full = `
createdAt: 2026-03-01
thalassa:
  organisation: { identity: o-acme, slug: acme, name: Acme, createdAt: 2020-01-01 }
  projects:
    - { name: Platform, description: Shared }
    - { identity: prj-pay, name: Payments, parent: platform }
  tokens:
    - { name: Ada, role: administrator, token: tc_pat_administrator }
    - { name: Bob, role: reader, token: tc_pat_reader, scopes: [api:read] }
    - { name: Job, policies: [kms:Sign, kms:Verify], token: tc_pat_signs }
  clients:
    - { name: Robot, clientId: ac-robot, clientSecret: robot-secret, project: prj-pay }
  keys:
${keyTypes.map(({ name }) => `    - { name: type ${name}, keyType: ${name} }`).join('\n')}
    - name: Big Key!
      slug: big
      projectId: payments
      description: "0012"
      labels: { env: "1" }
      annotations: { "a/b": "yes" }
      exportAllowed: true
      imported: true
      allowRotation: true
      keyRotationEnabled: true
      rotationPeriodInDays: 3650
      status: pending_deletion
      deletionScheduledAt: 2099-01-01
      versions: [{ createdAt: 2025-01-01 }, { createdAt: 2026-01-01T12:00:00.123Z, automatic: true }]
exoscale:
  organization: { name: Acme, currency: EUR }
  iam-roles:
    - name: signer
      labels: { a: b }
      permissions: [bypass-governance-retention]
      policy: { default-service-strategy: deny, services: { kms: { type: rules, rules: [{ action: allow, expression: "operation == 'encrypt'" }] } } }
  api-keys:
    - { name: limited, key: EXOlimited, secret: limited-secret, role: signer }
    - { name: all, key: EXOall, secret: all-secret-0 }
  iam-organization-policy: { default-service-strategy: allow, services: {} }
  kms-keys:
    - { name: one, description: "", replicas: [de-fra-1, at-vie-1], status: disabled, status-since: 2026-02-01 }
    - name: two
      origin-zone: hr-zag-1
      status: pending-deletion
      delete-at: 2099-01-01
      rotation: { automatic: true, rotation-period: 90, next-at: 2098-01-01, manual-count: 3 }
      versions: [{}, {}]
`

test('an export with material gives the same rows', async () => {
  const { before, after } = await roundTrip(readSeed(full, 'full.yaml'))
  expect(after).toEqual(before)
})

const kinds = usages.flatMap((usage) =>
  keySpecNames.filter((spec) => isUsageOf(spec, usage)).map((spec) => ({ usage, 'key-spec': spec })),
)

/** Digests of the material derived for a key of each kind: a change here changes the keys of every seed without material. */
const derived = {
  'encrypt-decrypt AES_256': 'f3304f21d9758195',
  'encrypt-decrypt RSA_3072': '5d77dd126730a2d2',
  'sign-verify RSA_4096': '648ac64454ed49a5',
  'sign-verify ECC_NIST_P256': 'e01512a46061e9ac',
  'sign-verify ECC_NIST_P384': 'b0ee5f17948cd2fa',
  'sign-verify ECC_NIST_P521': '21ce5aba38e93e6d',
  'sign-verify ECC_EDWARDS25519': 'ed78fa32db2502cc',
  'sign-verify ML_DSA_65': '1e56537d46b0a4b5',
  'sign-verify ML_DSA_87': '226e440dd0daa237',
}

test('an Exoscale key of every specification has constant material, and an export restores it', async () => {
  const named = kinds.map((kind) => ({ ...kind, name: `${kind.usage} ${kind['key-spec']}` }))
  // RSA keys of the other usage are left out: each takes a second to derive.
  const keys = named.filter(({ name }) => Object.hasOwn(derived, name))
  expect(new Set(keys.map((key) => key['key-spec']))).toEqual(new Set(keySpecNames))
  const seed = seedOf({ exoscale: { 'kms-keys': keys } })
  const made = seed.parts.flatMap((part) => part.keys).filter(({ isDefault }) => !isDefault)
  for (const { key, versions } of made) {
    const material = Buffer.concat(versions.map((version) => version.material))
    const digest = createHash('sha256').update(material).digest('hex').slice(0, 16)
    expect(derived).toMatchObject({ [key.uniqueName]: digest })
    expect(key.rotateAt).toBe(null)
  }
  const { before, after } = await roundTrip(seed)
  expect(after).toEqual(before)
})

test('an export without material contains no secrets and is a valid seed', async () => {
  const seed = readSeed(full, 'full.yaml')
  const { text: withMaterial, one } = await roundTrip(seed)
  const text = await exportSeed({ ...one, withMaterial: false })
  expect(text).not.toMatch(/tc_pat|robot-secret|limited-secret|aterial: |PRIVATE KEY/)
  expect(withMaterial).toMatch(/tc_pat_administrator/)
  const idsOf = ({ parts }: Seed) => parts.flatMap(({ keys }) => keys.map(({ key }) => key.id)).sort()
  expect(idsOf(readSeed(text, 'exported.yaml'))).toEqual(idsOf(seed))
})

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.isWellFormed())
const time = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const light = keyTypes.filter(({ family }) => family !== 'rsa').map((algorithm) => algorithm.name)
const labels = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'),
  fc.string({ maxLength: 8 }),
  { maxKeys: 3, noNullPrototype: true },
)

const thalassaKey = fc.record(
  {
    name: name.map((text) => `k${text}`),
    keyType: fc.constantFrom(...light),
    description: fc.string({ maxLength: 30 }),
    labels,
    annotations: labels,
    exportAllowed: fc.boolean(),
    status: fc.constantFrom('active' as const, 'disabled' as const),
    createdAt: time,
    updatedAt: time,
    objectVersion: fc.integer({ min: 1, max: 1000 }),
    latestVersion: fc.integer({ min: 1, max: 3 }),
    rotationPeriodInDays: fc.integer({ min: 1, max: 3650 }),
  },
  { requiredKeys: ['name'] },
)

const exoscaleKey = fc.record(
  {
    name,
    description: fc.string({ maxLength: 30 }),
    'origin-zone': fc.constantFrom(...zones.map((zone) => zone.name)),
    status: fc.constantFrom('enabled' as const, 'disabled' as const),
    'created-at': time,
  },
  { requiredKeys: ['name'] },
)

/** Kind of a key whose material is derived at once, with versions where it rotates. */
const exoscaleKind = fc.oneof(
  fc.record({ versions: fc.array(fc.record({ automatic: fc.boolean() }), { minLength: 1, maxLength: 3 }) }),
  fc.constantFrom(...kinds.filter((kind) => !kind['key-spec'].startsWith('RSA'))),
)

const seeds: fc.Arbitrary<SeedInput> = fc.record({
  createdAt: time,
  thalassa: fc.record({
    keys: fc
      .array(thalassaKey, { maxLength: 5 })
      .map((keys) => keys.map((key, index) => ({ ...key, identity: `kms-${index}`, slug: `slug-${index}` }))),
  }),
  exoscale: fc.record({
    'kms-keys': fc
      .array(fc.tuple(exoscaleKey, exoscaleKind), { maxLength: 5 })
      .map((keys) => keys.map(([key, kind], index) => ({ ...key, ...kind, name: `${index}${key.name}` }))),
  }),
})

test('exporting a store restores any seed it was filled from', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (input) => {
      const { before, after } = await roundTrip(seedOf(input))
      expect(after).toEqual(before)
    }),
    { numRuns: 25 },
  )
})
