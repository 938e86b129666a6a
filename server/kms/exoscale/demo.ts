/** The demonstration's keys, roles and API keys in Exoscale. Ages are in days. */
import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { type KeySpec, signingAlgorithmsOf, type Usage } from '../../../src/clouds/exoscale/key-specs.ts'
import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { Role } from '../../../src/clouds/exoscale/wire-organisation.ts'
import {
  type ApiRequest,
  type DemoKey,
  type DemoProvider,
  type HistoryStep,
  type KeyRequests,
  stepAt,
  stepsOf,
} from '../../demo/key-history.ts'
import { signatureHeader } from '../../gateway/exoscale/signature.ts'
import { KMS_CRYPTO } from './iam/roles.ts'

interface ExoscaleDemoKey extends DemoKey {
  readonly zone: ZoneName
  /** Absent: a symmetric key that encrypts. */
  readonly kind?: { readonly usage: Usage; readonly 'key-spec': KeySpec }
  readonly multiZone?: true
  readonly replicas?: readonly ZoneName[]
  /** Days between scheduling a deletion and the destruction. */
  readonly delay?: number
}

interface DemoRole {
  readonly name: string
  readonly age: number
  /** Absent for a role that exists from the start. */
  readonly body?: Omit<Role, 'id'>
  readonly apiKeys: ReadonlyArray<{ readonly name: string; readonly age: number }>
}

const demoRoles: readonly DemoRole[] = [
  {
    name: 'kms-admin',
    age: 730,
    body: {
      description: 'Makes, rotates and deletes keys; nothing outside of KMS',
      labels: { team: 'platform' },
      policy: { 'default-service-strategy': 'deny', services: { kms: { type: 'allow' } } },
    },
    apiKeys: [{ name: 'ci-terraform', age: 412 }],
  },
  {
    name: 'kms-read',
    age: 540,
    body: {
      description: 'Sees keys and their rotations, uses none',
      policy: {
        'default-service-strategy': 'deny',
        services: {
          kms: {
            type: 'rules',
            rules: [
              {
                action: 'allow',
                expression: "operation in ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations']",
              },
            ],
          },
        },
      },
    },
    apiKeys: [{ name: 'console-readonly', age: 131 }],
  },
  {
    name: 'kms-crypto',
    age: 690,
    apiKeys: [
      { name: 'backup-runner', age: 359 },
      { name: 'invoice-service', age: 208 },
      { name: 'k8s-kms-plugin', age: 333 },
    ],
  },
]

export const demoKeys: readonly ExoscaleDemoKey[] = [
  {
    zone: 'ch-gva-2',
    name: 'app-config',
    description: 'Configuration of all services',
    multiZone: true,
    replicas: ['ch-dk-2', 'de-fra-1'],
    age: 154,
    period: 365,
  },
  {
    zone: 'ch-gva-2',
    name: 'k8s-secrets',
    description: 'Envelope key of etcd',
    multiZone: true,
    replicas: ['at-vie-1'],
    age: 333,
    period: 90,
  },
  { zone: 'ch-gva-2', name: 'postgres-volumes', age: 690, period: 365 },
  { zone: 'ch-gva-2', name: 'old-gateway', age: 610, period: 365, deleted: 2, delay: 7 },
  { zone: 'ch-dk-2', name: 'data-lake', description: 'Raw events', age: 47, period: 180 },
  { zone: 'ch-dk-2', name: 'ml-features', age: 121, period: 365 },
  { zone: 'de-fra-1', name: 'customer-exports', description: 'Files that customers download', age: 116, period: 90 },
  { zone: 'de-fra-1', name: 'crm-sync', age: 240, rotated: [190, 130, 70, 10] },
  { zone: 'at-vie-1', name: 'hr-documents', age: 733, period: 365, disabled: 12 },
  { zone: 'at-vie-1', name: 'mail-archive', age: 504, period: 365, deleted: 12, delay: 30 },
  { zone: 'bg-sof-1', name: 'dr-backups', description: 'Second copy of the backups', age: 359, period: 365 },
  { zone: 'de-muc-1', name: 'iot-telemetry', age: 88, period: 90 },
  {
    zone: 'ch-gva-2',
    name: 'container-images',
    description: 'Signs what the registry serves',
    kind: { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' },
    age: 63,
    used: [61, 47, 33, 26, 19, 12, 8, 5, 2, 0.4],
  },
  {
    zone: 'ch-dk-2',
    name: 'edge-tokens',
    kind: { usage: 'sign-verify', 'key-spec': 'ECC_EDWARDS25519' },
    age: 41,
    used: [6, 5, 4, 3, 2, 1, 0.2],
  },
  {
    zone: 'at-vie-1',
    name: 'bank-statements',
    description: 'The bank encrypts with the public key',
    kind: { usage: 'encrypt-decrypt', 'key-spec': 'RSA_3072' },
    age: 58,
    used: [57],
  },
  {
    zone: 'ch-gva-2',
    name: 'device-boot',
    description: 'Boot images that stay in the field for twenty years',
    kind: { usage: 'sign-verify', 'key-spec': 'ML_DSA_65' },
    age: 29,
    used: [22, 9],
  },
]

type Row = { readonly method: 'POST'; readonly path: string }

/** Automatic rotation of symmetric keys is on from creation, every 365 days; another period means off and on again. */
function rotationRequests(request: (row: Row) => ApiRequest, { kind, period }: ExoscaleDemoKey): readonly ApiRequest[] {
  if (kind || period === 365) return []
  const off = request(endpoints['disable-kms-key-rotation'])
  const on = { ...request(endpoints['enable-kms-key-rotation']), body: { 'rotation-period': period } }
  return period === undefined ? [off] : [off, on]
}

const EXAMPLE = Buffer.from('what was agreed').toString('base64')

function callOf(request: (row: Row) => ApiRequest, kind: NonNullable<ExoscaleDemoKey['kind']>): ApiRequest {
  const [algorithm] = signingAlgorithmsOf(kind['key-spec'])
  return kind.usage === 'sign-verify'
    ? { ...request(endpoints.sign), body: { message: EXAMPLE, 'signing-algorithm': algorithm } }
    : { ...request(endpoints.encrypt), body: { plaintext: EXAMPLE, 'encryption-algorithm': 'RSAES_OAEP_SHA_256' } }
}

function requestsFor(key: ExoscaleDemoKey): KeyRequests {
  const request = ({ method, path }: Row): ApiRequest => ({
    method,
    path: `/zone/${key.zone}${path.replace(':key', '{id}')}`,
  })
  const body = {
    name: key.name,
    description: key.description,
    usage: 'encrypt-decrypt',
    ...key.kind,
    'multi-zone': key.multiZone ?? false,
  }
  return {
    create: [
      { ...request(endpoints['create-kms-key']), body },
      ...rotationRequests(request, key),
      ...(key.replicas ?? []).map((zone) => ({ ...request(endpoints['replicate-kms-key']), body: { zone } })),
    ],
    rotate: request(endpoints['rotate-kms-key']),
    ...(key.kind && { use: callOf(request, key.kind) }),
    disable: request(endpoints['disable-kms-key']),
    remove: { ...request(endpoints['schedule-kms-key-deletion']), body: { 'delay-days': key.delay } },
  }
}

/** Roles are created before the API keys that are bound to them. */
const accessSteps = (end: number): readonly HistoryStep[] =>
  demoRoles.flatMap(({ name, age, body, apiKeys }) => {
    const step = (ago: number, request: ApiRequest) => stepAt(end, `role/${name}`, ago, request)
    const { method, path } = endpoints['create-api-key']
    return [
      ...(body ? [step(age, { ...endpoints['create-iam-role'], body: { name, ...body } })] : []),
      ...apiKeys.map((key) => step(key.age, { method, path, body: { name: key.name, 'role-id': '{id}' } })),
    ]
  })

/** Offset of the ends of the keys' histories, which follow those of the previous provider. */
const FIRST_INDEX = 11

export const demo: DemoProvider = {
  steps: (endOf) => [
    ...accessSteps(endOf(5)),
    ...demoKeys.flatMap((key, index) =>
      stepsOf(`${key.zone}/${key.name}`, key, requestsFor(key), endOf(index + FIRST_INDEX)),
    ),
  ],
  knownIds: new Map([['role/kms-crypto', KMS_CRYPTO]]),
  headers: ({ exoscale }, request, at) => ({
    authorization: signatureHeader(request, exoscale, Math.floor(at / 1000) + 600),
  }),
}
