/** The demonstration's keys, roles and API keys in Exoscale. Ages are in days. */
import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
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
]

type Row = { readonly method: 'POST'; readonly path: string }

/** Automatic rotation is on from creation, every 365 days; another period means off and on again. */
function rotationRequests(request: (row: Row) => ApiRequest, period: number | undefined): readonly ApiRequest[] {
  if (period === 365) return []
  const off = request(endpoints['disable-kms-key-rotation'])
  const on = { ...request(endpoints['enable-kms-key-rotation']), body: { 'rotation-period': period } }
  return period === undefined ? [off] : [off, on]
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
    'multi-zone': key.multiZone ?? false,
  }
  return {
    create: [
      { ...request(endpoints['create-kms-key']), body },
      ...rotationRequests(request, key.period),
      ...(key.replicas ?? []).map((zone) => ({ ...request(endpoints['replicate-kms-key']), body: { zone } })),
    ],
    rotate: request(endpoints['rotate-kms-key']),
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
