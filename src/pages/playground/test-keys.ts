import type { KmsKey } from '../../clouds/model.ts'

const common = {
  labels: {},
  annotations: {},
  purpose: 'encrypt',
  can: ['encrypt'],
  status: 'active',
  rotation: { automatic: false },
  createdAt: 0,
  traits: [],
} as const

export const versionedKey: KmsKey = {
  ...common,
  cloud: 'thalassa',
  location: 'nl-01',
  id: 'kms-1',
  name: 'billing archive',
  slug: 'billing-archive',
  type: 'aes256-gcm96',
  statusWord: 'active',
  latestVersion: 7,
}

export const opaqueKey: KmsKey = {
  ...common,
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: '0198b1c4-0000-7000-8000-000000000000',
  name: 'app-config',
  type: 'encrypt-decrypt',
  statusWord: 'enabled',
  latestVersion: 2,
}
