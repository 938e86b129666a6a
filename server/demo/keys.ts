/** The keys of the demonstration: what a company of some years' standing might keep in two clouds. Ages are in days. */
import type { AlgorithmName } from '../../src/clouds/algorithms.ts'
import type { ZoneName } from '../../src/clouds/exoscale/rules.ts'

interface DemoKey {
  readonly name: string
  readonly description?: string
  /** Since its creation. */
  readonly age: number
  /** Period of automatic rotation; absent for none. A key with one isn't also rotated by hand. */
  readonly period?: number
  /** Rotations by hand: how long ago. */
  readonly rotated?: readonly number[]
  readonly disabled?: number
  /** Deletion scheduled so long ago. */
  readonly deleted?: number
}

export interface ThalassaDemoKey extends DemoKey {
  readonly type: AlgorithmName
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly exportable?: true
}

export interface ExoscaleDemoKey extends DemoKey {
  readonly zone: ZoneName
  readonly multiZone?: true
  /** Where it is replicated, from its creation. */
  readonly replicas?: readonly ZoneName[]
  /** Days between scheduling a deletion and the destruction. */
  readonly delay?: number
}

const prod = { env: 'prod' }

export const thalassaRegion = 'nl-01'

export const thalassaKeys: readonly ThalassaDemoKey[] = [
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

export const exoscaleKeys: readonly ExoscaleDemoKey[] = [
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
