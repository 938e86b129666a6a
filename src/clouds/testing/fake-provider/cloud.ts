/** Small provider for tests: no projects, audit log, disabling or scheduled deletion; ids hold a slash. */

import * as z from 'zod/mini'
import { algorithms } from '../../algorithms.ts'
import type { KeyStatus, OperationOption } from '../../capabilities.ts'
import type { Cloud, NewKey, Operations } from '../../cloud.ts'
import type { CloudCode } from '../../cloud-code.ts'
import type { ActivityKind, Endpoint } from '../../endpoint.ts'
import { type Call, send, type Transport } from '../../http.ts'
import type { KmsKey } from '../../model.ts'
import { operationFactory } from '../../operation.ts'
import type { OperationInputs } from '../../operations.ts'
import { needsPurpose, refusedByStatus } from '../../refusals.ts'
import type { Snippet } from '../../snippet.ts'

const ID = 'fake'

const endpoints: Readonly<Record<string, Endpoint>> = {
  'list-keys': { method: 'GET', path: '/v1/:location/keys', effect: 'read', activity: 'listKeys' },
  'create-key': { method: 'POST', path: '/v1/:location/keys', effect: 'change', activity: 'create' },
  encrypt: { method: 'POST', path: '/v1/:location/keys/:key/encrypt', effect: 'use', activity: 'encrypt' },
  'data-key': {
    method: 'POST',
    path: '/v1/:location/keys/:key/data-key',
    effect: 'use',
    reveals: 'plaintext',
    activity: 'dataKey',
  },
  sign: { method: 'POST', path: '/v1/:location/keys/:key/sign', effect: 'use', activity: 'sign' },
  decrypt: {
    method: 'POST',
    path: '/v1/:location/keys/:key/decrypt',
    effect: 'use',
    reveals: 'plaintext',
    activity: 'decrypt',
  },
}

const transport: Transport = {
  cloud: ID,
  name: 'Fake KMS',
  gatewayPath: (path) => `/api/${ID}${path}`,
  masked: ['plaintext', 'ciphertext'],
  readError: (status) => ({ reason: 'other', message: `Fake KMS answered ${status}.`, advice: 'Try again.' }),
}

const curl = ({ method, path }: Call): Snippet => ({
  label: 'curl',
  language: 'shell',
  code: `curl -sS -X ${method} "$FAKE_ENDPOINT${path}"`,
})

const keysPath = (location: string) => `/v1/${encodeURIComponent(location)}/keys`

const keyPath = ({ location, id }: KmsKey, rest: string) => `${keysPath(location)}/${encodeURIComponent(id)}/${rest}`

const define = operationFactory(() => transport)

const sealedRefusal = 'The mount is sealed.'

const statuses: readonly KeyStatus[] = [
  { id: 'open', label: 'Open', tone: 'ok', group: 'active', refusals: {} },
  {
    id: 'sealed',
    label: 'Sealed',
    tone: 'muted',
    group: 'disabled',
    refusals: { encrypt: sealedRefusal, decrypt: sealedRefusal, dataKey: sealedRefusal, sign: sealedRefusal },
    description: 'Its mount is sealed. Unseal it on the server.',
  },
]

/** A key of this provider; `status` is `open` or `sealed`. */
export const fakeKey = (members: Partial<KmsKey> = {}): KmsKey => ({
  cloud: ID,
  location: 'team a/transit',
  id: 'orders/2026 50%',
  name: 'orders',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt'],
  status: 'open',
  rotation: { automatic: false },
  latestVersion: 1,
  traits: [],
  ...members,
})

const createCall = ({ location, name }: NewKey): Call => ({ method: 'POST', path: keysPath(location), body: { name } })

const signatureScheme: OperationOption = {
  id: 'scheme',
  label: 'Scheme',
  choices: [
    { value: 'pss', label: 'RSA-PSS' },
    { value: 'pkcs1v15', label: 'RSA PKCS #1 v1.5' },
  ],
}

const permissions: Partial<Record<ActivityKind, readonly string[]>> = {
  encrypt: ['update'],
  decrypt: ['update'],
  readKey: ['read'],
}

export const fake: Cloud = {
  id: ID,
  name: 'Fake',
  longName: 'Fake KMS',
  mark: 'M1 1 11 11',
  capabilities: {
    locationNoun: 'mount',
    reportsAvailability: true,
    name: {
      min: 1,
      max: 128,
      pattern: { regex: /^[a-z0-9-]+$/, description: 'Use lower-case letters, digits and dashes.' },
    },
    statuses,
    localKms: false,
    exportAllowance: false,
    multiZone: false,
    algorithms: algorithms.filter(({ name }) => name === 'aes256-gcm96'),
    typeOf: ({ name }) => name,
    rotationPeriod: { min: 1, max: 720, unit: 'hours', default: 24, presets: [6, 24, 168] },
    rotationPeriodStart: 'latest-version',
    rotatesFromCreation: false,
    chooseVersion: false,
    dataKey: { spec: 'AES-256', standard: 32, sizes: [16, 32, 64] },
    associatedData: ({ type }) => (type.startsWith('aes') ? { max: 64 } : undefined),
    derivationContext: ({ annotations }) => (annotations.derived ? { max: 64, required: true } : undefined),
    messages: {
      hashLabel: 'Hash algorithm',
      verifiesDigests: false,
      size: { min: 0, max: 1024 },
      hashes: () => [{ name: 'sha2-256', bytes: 32 }],
      signOptions: ({ type }) => (type.startsWith('rsa-') ? [signatureScheme] : []),
    },
    plaintext: () => ({ min: 0, max: 1024 }),
    rotationNotes: [],
    forbiddenAnswersNotFound: false,
  },
  locations: async () => [{ cloud: ID, id: 'team a/transit', available: true }],
  keys: async () => ({ items: [fakeKey()], unreadable: [] }),
  key: async () => fakeKey(),
  versions: async () => ({ items: [{ version: 1, createdAt: 0 }], unreadable: [] }),
  async create(key) {
    await send(transport, createCall(key), z.unknown())
    return { key: fakeKey({ name: key.name }) }
  },
  activityVocabulary: async () => ({ endpoints, actions: {}, factLabels: {} }),
  ciphertextFormat: async () => ({ layout: () => undefined }),
  keyAccess: async () => ({
    by: 'permissions',
    resource: 'mount',
    needs: (activity) => permissions[activity],
    note: 'Policies of tokens give them.',
  }),
  connectionCheck: async () => ({
    ping: async () => ({}),
    emptyListMayMeanForbidden: false,
    listPermission: 'list',
    probes: [],
    untested: [],
    credentials: [{ id: 'token', label: 'Token', note: 'Acts as its owner.', secrets: ['FAKE_TOKEN'], plain: [] }],
    optional: [],
    requiredPermissions: [['Keys', 'read on the mount']],
    variables: ['FAKE_TOKEN'],
    firstCall: { method: 'GET', path: '/v1/keys' },
  }),
}

export const fakeOperations: Operations = {
  encrypt: define({
    refusal: (key) => refusedByStatus(statuses, key, 'encrypt'),
    call: (key, { plaintext, associatedData, derivationContext }: OperationInputs['encrypt']) => ({
      method: 'POST',
      path: keyPath(key, 'encrypt'),
      body: {
        plaintext: plaintext.toBase64(),
        ...(associatedData ? { associated_data: associatedData.toBase64() } : {}),
        ...(derivationContext ? { context: derivationContext.toBase64() } : {}),
      },
    }),
    schema: z.object({ ciphertext: z.string() }),
    read: ({ ciphertext }) => ({ ciphertext }),
  }),
  decrypt: define({
    refusal: (key) => refusedByStatus(statuses, key, 'decrypt'),
    call: (key, { ciphertext }) => ({ method: 'POST', path: keyPath(key, 'decrypt'), body: { ciphertext } }),
    schema: z.object({ plaintext: z.string() }),
    read: ({ plaintext }) => ({ plaintext: Uint8Array.fromBase64(plaintext) }),
  }),
  dataKey: define({
    refusal: (key) => refusedByStatus(statuses, key, 'dataKey'),
    call: (key, { bytes = 32 }: OperationInputs['dataKey']) => ({
      method: 'POST',
      path: keyPath(key, 'data-key'),
      body: { bytes },
    }),
    schema: z.object({ plaintext: z.string(), ciphertext: z.string() }),
    read: ({ plaintext, ciphertext }) => ({ plaintext: Uint8Array.fromBase64(plaintext), ciphertext }),
  }),
  sign: define({
    refusal: (key) => needsPurpose(key, 'sign') ?? refusedByStatus(statuses, key, 'sign'),
    call: (key, { input, options = {} }: OperationInputs['sign']) => ({
      method: 'POST',
      path: keyPath(key, 'sign'),
      body: { input: input.toBase64(), ...options },
    }),
    schema: z.object({ signature: z.string() }),
    read: ({ signature }) => ({ signature }),
  }),
}

export const fakeCode: CloudCode = {
  request: (_key, calls) => calls.map(curl),
  commands: {},
  create: (key) => [curl(createCall(key))],
  resource: () => [],
  call: curl,
  terraformChanges: {},
}
