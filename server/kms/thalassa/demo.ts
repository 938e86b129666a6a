/** The demonstration's keys in Thalassa, of a company that has used it for years. Ages are in days. */

import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import type { KeyType } from '../../../src/clouds/thalassa/rules.ts'
import { type ApiRequest, type DemoKey, type DemoProvider, type KeyRequests, stepsOf } from '../../demo/key-history.ts'

interface ThalassaDemoKey extends DemoKey {
  readonly type: KeyType
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly exportable?: true
}

export const demoRegion = 'nl-01'

const prod = { env: 'prod' }

export const demoKeys: readonly ThalassaDemoKey[] = [
  {
    name: 'audit-log-hmac',
    type: 'hmac-sha256',
    description: 'Chains the lines of the audit log',
    labels: { ...prod, team: 'security' },
    age: 499,
    period: 180,
  },
  { name: 'backup-envelope', type: 'aes256-gcm96', labels: prod, age: 633, period: 365 },
  {
    name: 'billing archive',
    type: 'aes256-gcm96',
    description: 'Invoices older than a year',
    labels: { ...prod, team: 'billing' },
    annotations: { runbook: 'https://wiki.acme.example/billing-archive' },
    age: 618,
    period: 90,
  },
  { name: 'card-vault', type: 'aes256-gcm96', labels: { ...prod, 'pci-dss': 'in-scope' }, age: 447, period: 90 },
  { name: 'checkout-api', type: 'chacha20-poly1305', labels: prod, age: 311, period: 30 },
  {
    name: 'DNSSEC acme.example',
    type: 'ecdsa-p256',
    description: 'Zone signing key, published by hand',
    labels: { 'managed-by': 'dns' },
    age: 208,
  },
  {
    name: 'firmware-signing',
    type: 'ecdsa-p384',
    labels: { ...prod, team: 'devices' },
    annotations: { ceremony: '2025-09-30' },
    age: 418,
  },
  { name: 'jwt-sessions', type: 'ed25519', labels: { ...prod, team: 'identity' }, age: 472, period: 30 },
  { name: 'ledger-2023', type: 'aes256-gcm96', labels: prod, age: 1164, rotated: [800, 440, 75], deleted: 21 },
  {
    name: 'legacy-erp',
    type: 'rsa-2048',
    description: 'Only for restoring exports of the former ERP',
    labels: { team: 'finance' },
    exportable: true,
    age: 581,
    period: 180,
    disabled: 55,
  },
  { name: 'license-tokens', type: 'rsa-3072', labels: { team: 'sales' }, age: 556, period: 365 },
  { name: 'mail-dkim', type: 'rsa-2048', labels: prod, age: 284, period: 180 },
  { name: 'metrics-ingest', type: 'aes128-gcm96', labels: { env: 'staging' }, age: 96, period: 180 },
  { name: 'mobile-push', type: 'aes256-gcm96', labels: prod, age: 151, period: 90 },
  { name: 'object-storage', type: 'aes256-gcm96', labels: { ...prod, team: 'platform' }, age: 724, period: 365 },
  { name: 'order-events', type: 'chacha20-poly1305', labels: prod, age: 260, period: 90 },
  { name: 'partner-exchange', type: 'rsa-4096', labels: { team: 'sales' }, age: 402, rotated: [37] },
  {
    name: 'payments-hsm-mirror',
    type: 'aes256-gcm96',
    labels: { ...prod, 'pci-dss': 'in-scope' },
    age: 58,
    period: 90,
  },
  { name: 'payroll', type: 'aes256-gcm96', labels: { team: 'finance' }, age: 688, period: 365 },
  { name: 'release-artifacts', type: 'ecdsa-p521', labels: { team: 'platform' }, age: 330, rotated: [14] },
  { name: 'sandbox', type: 'aes256-gcm96', labels: { env: 'dev' }, age: 5 },
  { name: 'search-index', type: 'aes256-gcm96', labels: { env: 'staging' }, age: 213, disabled: 30 },
  { name: 'support-attachments', type: 'aes256-gcm96', labels: prod, age: 389, period: 180 },
  {
    name: 'terraform-state',
    type: 'aes256-gcm96',
    labels: { team: 'platform' },
    exportable: true,
    age: 540,
    period: 180,
  },
  { name: 'tmp-migration-2026', type: 'aes256-gcm96', labels: { env: 'dev' }, age: 74, deleted: 4 },
  { name: 'webhook-signatures', type: 'hmac-sha512', labels: prod, age: 176, rotated: [120, 60] },
]

const pathOf = (path: string) => path.replace(':location', demoRegion).replace(':key', '{id}')

function requestsFor(key: ThalassaDemoKey): KeyRequests {
  const body = {
    name: key.name,
    keyType: key.type,
    description: key.description,
    labels: key.labels,
    annotations: key.annotations,
    exportAllowed: key.exportable,
    ...(key.period === undefined ? {} : { keyRotationEnabled: true, rotationPeriodInDays: key.period }),
  }
  const request = ({ method, path }: ApiRequest): ApiRequest => ({ method, path: pathOf(path) })
  return {
    create: [{ ...request(endpoints['create-key']), body }],
    rotate: request(endpoints.rotate),
    disable: request(endpoints.disable),
    remove: request(endpoints['schedule-deletion']),
  }
}

export const demo: DemoProvider = {
  steps: (endOf) => demoKeys.flatMap((key, index) => stepsOf(key.name, key, requestsFor(key), endOf(index))),
  knownIds: new Map(),
  headers: ({ thalassa }) => ({
    authorization: `Token ${thalassa.token}`,
    'x-organisation-identity': thalassa.organisation,
  }),
}
