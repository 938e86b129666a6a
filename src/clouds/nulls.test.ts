/** What programs send for nothing: null in place of a member, and the year 1 for a time that was never set. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyList } from './answer.ts'
import { CallError } from './errors.ts'
import { providerOperations } from './operations-registry.ts'
import { cloudOf } from './registry.ts'
import { answerCalls } from './testing/answers.ts'
import { fakeKey, fakeOperations } from './testing/fake-provider/cloud.ts'
import { keyWith } from './testing/key.ts'

const at = '2026-05-30T09:00:00Z'
const thalassa = cloudOf('thalassa')
const exoscale = cloudOf('exoscale')

/** Every member that the APIs know, the optional ones included. */
const thalassaKey = {
  identity: 'kms-1',
  name: 'billing',
  slug: 'billing',
  description: 'd',
  labels: { env: 'prod', team: 'a' },
  annotations: { a: 'b' },
  projectId: 'p-1',
  keyType: 'aes256-gcm96',
  status: 'active',
  exportAllowed: true,
  imported: true,
  keyRotationEnabled: true,
  rotationPeriodInDays: 90,
  latestVersion: 2,
  minDecryptionVersion: 1,
  versions: [
    { version: 1, createdAt: at, status: 'active' },
    { version: 2, createdAt: '2026-06-30T09:00:00Z', status: 'active' },
  ],
  deletionScheduledAt: '2027-01-01T00:00:00Z',
  createdAt: at,
  updatedAt: at,
  objectVersion: 3,
}

const exoscaleKey = {
  id: '3f2b7a52-6c1e-4f0e-9b54-0d7c1f6a9e11',
  name: 'orders',
  description: 'd',
  usage: 'encrypt-decrypt',
  source: 'exoscale-kms',
  status: 'enabled',
  'status-since': at,
  'multi-zone': true,
  'origin-zone': 'ch-gva-2',
  'created-at': at,
  revision: { seq: 3, at },
  policy: 'p',
  material: { version: 2, 'created-at': at, automatic: true },
  rotation: { automatic: true, 'rotation-period': 90, 'next-at': '2026-09-01T00:00:00Z', 'manual-count': 1 },
  'delete-at': '2027-01-01T00:00:00Z',
  replicas: ['de-fra-1'],
  'replicas-status': [
    {
      zone: 'de-fra-1',
      'last-applied-watermark': 2,
      'last-failure': { 'attempted-watermark': 3, error: 'e', 'failed-at': at },
    },
  ],
}

const rule = { action: 'allow', expression: "operation == 'encrypt'", resources: ['r'] }
const iam = await exoscale.iam?.()
const key = keyWith()
const exoKey = keyWith({ cloud: 'exoscale', location: 'ch-gva-2', id: exoscaleKey.id })
const data = new TextEncoder().encode('x')

interface Reading {
  readonly answer: unknown
  readonly read: () => Promise<unknown> | undefined
  /** Required list of the answer, for which null stands when it is empty, and what is read then. */
  readonly list?: { readonly member: string; readonly empty: object }
}

const readings: Readonly<Record<string, Reading>> = {
  'keys of Thalassa': { answer: [thalassaKey], read: () => thalassa.keys({ location: 'nl-01' }) },
  'a key of Thalassa': {
    answer: thalassaKey,
    read: () => thalassa.key({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1' }),
  },
  'versions of Thalassa': { answer: thalassaKey, read: () => thalassa.versions(key) },
  'regions of Thalassa': {
    answer: {
      featureEnabled: true,
      regions: [{ identity: 'r-1', name: 'NL', slug: 'nl-01', kmsAvailable: true, totalKeys: 1 }],
    },
    read: () => thalassa.locations({ id: 'thalassa', mode: 'live' }),
  },
  'projects of Thalassa': {
    answer: [{ identity: 'p-1', name: 'Payments', slug: 'payments' }],
    read: () => thalassa.projects?.(),
  },
  'audit log of Thalassa': {
    answer: {
      items: [
        {
          createdAt: at,
          eventID: 'e-1',
          action: 'kms.encrypt',
          userIdentity: 'u-1',
          user: { name: 'A', email: 'a@b.test' },
          serviceAccountIdentity: 's-1',
          serviceAccount: { name: 'S' },
          description: 'd',
          resourceType: 'kms_key',
          resourceIdentity: 'kms-1',
          context: { outcome: 'success', region: 'nl-01', path: '/v1', status: 200 },
        },
      ],
      totalItems: 1,
      page: 1,
      totalPages: 1,
    },
    read: () => thalassa.audit?.({ page: 1 }),
  },
  'a ciphertext of Thalassa': {
    answer: { ciphertext: 'thalassa:v1:AA==', keyVersion: '1' },
    read: () => providerOperations('thalassa').encrypt.run(key, { plaintext: data }),
  },
  'a signature of Thalassa': {
    answer: { signature: 'thalassa:v1:AA==', keyVersion: '1' },
    read: () => providerOperations('thalassa').sign?.run(key, { input: data }),
  },
  'keys of Exoscale': {
    answer: { 'kms-keys': [exoscaleKey] },
    read: () => exoscale.keys({ location: 'ch-gva-2' }),
    list: { member: 'kms-keys', empty: emptyList },
  },
  'a key of Exoscale': {
    answer: exoscaleKey,
    read: () => exoscale.key({ cloud: 'exoscale', location: 'ch-gva-2', key: exoscaleKey.id }),
  },
  'versions of Exoscale': {
    answer: { rotations: [{ version: 2, 'rotated-at': at, automatic: true, manual: false }] },
    read: () => exoscale.versions(exoKey),
    list: { member: 'rotations', empty: { items: [{ version: 1, trigger: 'created', createdAt: 0 }], unreadable: [] } },
  },
  'events of Exoscale': {
    answer: [
      {
        timestamp: at,
        handler: 'encrypt',
        message: 'm',
        status: 200,
        'source-ip': '127.0.0.1',
        zone: 'ch-gva-2',
        uri: `/v2/kms-key/${exoscaleKey.id}/encrypt`,
        'request-id': 'r-1',
        'elapsed-ms': 2,
        'path-params': { id: exoscaleKey.id },
        'body-params': { name: 'n' },
        'iam-user': { id: 'u', email: 'a@b.test' },
        'iam-role': { id: 'r', name: 'role' },
        'iam-api-key': { key: 'EXO1', name: 'ci' },
      },
    ],
    read: () => exoscale.audit?.({ page: 1 }),
  },
  'API keys of Exoscale': {
    answer: { 'api-keys': [{ name: 'ci', key: 'EXO1', 'role-id': 'r-1' }] },
    read: () => iam?.apiKeys('ch-gva-2'),
  },
  'roles of Exoscale': {
    answer: {
      'iam-roles': [
        {
          id: 'r-1',
          name: 'role',
          description: 'd',
          permissions: ['p'],
          editable: true,
          labels: { a: 'b' },
          policy: { 'default-service-strategy': 'deny', services: { kms: { type: 'rules', rules: [rule] } } },
          'assume-role-policy': { rules: [rule] },
          'max-session-ttl': 3600,
        },
      ],
    },
    read: () => iam?.roles('ch-gva-2'),
  },
  'a data key of Exoscale': {
    answer: { plaintext: 'AA==', ciphertext: 'AA==' },
    read: () => providerOperations('exoscale').dataKey?.run(exoKey, {}),
  },
  'a ciphertext of another provider': {
    answer: { ciphertext: 'AA==', note: 'n' },
    read: () => fakeOperations.encrypt.run(fakeKey(), { plaintext: data }),
  },
}

type Path = readonly (string | number)[]

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Paths of all members of objects. */
const pathsOf = (value: unknown): Path[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, member]) => [
        ...(Array.isArray(value) ? [] : [[name]]),
        ...pathsOf(member).map((path) => [name, ...path]),
      ])
    : []

/** The value with `change` made to the members at these paths; `undefined` takes a member out. */
function changed(value: unknown, paths: readonly Path[], change: (member: unknown) => unknown): unknown {
  const copy: unknown = structuredClone(value)
  for (const path of paths) {
    const owner = path
      .slice(0, -1)
      .reduce<unknown>((at, name) => (isObject(at) ? Reflect.get(at, name) : undefined), copy)
    const name = path.at(-1)
    if (!isObject(owner) || name === undefined || !(name in owner)) continue
    const next = change(Reflect.get(owner, name))
    if (next === undefined) Reflect.deleteProperty(owner, name)
    else Reflect.set(owner, name, next)
  }
  return copy
}

/** Reads an answer after another, as a result or as the failure that the page shows. */
function reader({ read }: Reading) {
  const answers = { '*': { body: {} as unknown } }
  answerCalls(answers)
  return async (body: unknown) => {
    answers['*'] = { body }
    try {
      return { read: await read() }
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      const { logId: _, ...failed } = error.details
      return { failed }
    }
  }
}

describe.each(Object.entries(readings))('%s', (_, reading) => {
  const { answer, list } = reading
  const paths = pathsOf(answer).filter((path) => path.join() !== list?.member)

  test('any member that is null reads as if it were absent', async () => {
    const read = reader(reading)
    const bothWays = async (some: readonly Path[]) => [
      await read(changed(answer, some, () => null)),
      await read(changed(answer, some, () => undefined)),
    ]
    for (const path of paths) {
      const [whenNull, absent] = await bothWays([path])
      expect(whenNull, path.join('.')).toEqual(absent)
    }
    await fc.assert(
      fc.asyncProperty(fc.subarray(paths), async (some) => {
        const [whenNull, absent] = await bothWays(some)
        expect(whenNull).toEqual(absent)
      }),
      { numRuns: 20 },
    )
  })

  test('a time that was never set is not known', async () => {
    const never = changed(answer, paths, (member) => (member === at ? '0001-01-01T00:00:00Z' : member))
    const { read } = await reader(reading)(never)
    expect(read).toBeDefined()
    expect(JSON.stringify(read)).not.toMatch(/-62135\d+/)
  })
})

test.each(Object.entries(readings).flatMap(([name, { list, ...reading }]) => (list ? [{ name, list, reading }] : [])))(
  '$name: a list that is null is empty',
  async ({ list: { member, empty }, reading }) => {
    expect(await reader(reading)({ [member]: null })).toEqual({ read: empty })
  },
)

describe('an item that can’t be read is named, and the others are shown', () => {
  test.each([
    [
      'keys of Thalassa',
      [{ ...thalassaKey, createdAt: 5 }, thalassaKey],
      { id: 'kms-1', name: 'billing', reason: 'createdAt' },
    ],
    ['keys of Thalassa', [{ name: 'half' }, thalassaKey], { name: 'half', reason: 'identity' }],
    ['keys of Thalassa', [null, thalassaKey], { reason: 'All of it' }],
    [
      'versions of Thalassa',
      { ...thalassaKey, versions: [{ version: 7 }, ...thalassaKey.versions.slice(1)] },
      { id: '7', name: '7', reason: 'createdAt' },
    ],
    [
      'projects of Thalassa',
      [{ identity: 'p-2' }, { identity: 'p-1', name: 'Payments', slug: 'payments' }],
      { id: 'p-2', reason: 'name' },
    ],
    [
      'keys of Exoscale',
      { 'kms-keys': [{ ...exoscaleKey, material: null }, exoscaleKey] },
      { id: exoscaleKey.id, name: 'orders', reason: 'material' },
    ],
    ['API keys of Exoscale', { 'api-keys': [{ name: 'ci' }, { key: 'EXO1' }] }, { name: 'ci', reason: 'key' }],
    ['roles of Exoscale', { 'iam-roles': [{ name: 'r' }, { id: 'r-1' }] }, { name: 'r', reason: 'id' }],
  ])('%s', async (name, answer, { reason, ...named }) => {
    const reading = readings[name]
    expect(reading && (await reader(reading)(answer))).toMatchObject({
      read: {
        items: [expect.anything()],
        unreadable: [{ ...named, reason: `${reason} is missing or of another type.` }],
      },
    })
  })

  test('a region can’t be chosen, and has the reason', async () => {
    const regions = [
      { slug: 'nl-02', name: 'NL 2' },
      { slug: 'nl-01', name: 'NL', kmsAvailable: true },
    ]
    const reading = readings['regions of Thalassa']
    expect(reading && (await reader(reading)({ featureEnabled: true, regions }))).toMatchObject({
      read: [
        { id: 'nl-01', available: true },
        { id: 'nl-02', available: false, reason: 'It can’t be read: kmsAvailable is missing or of another type.' },
      ],
    })
  })
})
