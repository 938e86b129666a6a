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
  providerStatus: 'active',
  latestVersion: 7,
}

const own = { ...common, cloud: 'thalassa', location: 'nl-01', providerStatus: 'active', latestVersion: 2 } as const

export const rsaKey: KmsKey = { ...own, id: 'kms-2', name: 'jwt', type: 'rsa-2048', can: ['encrypt', 'sign'] }
export const ed25519Key: KmsKey = {
  ...own,
  id: 'kms-3',
  name: 'notes',
  type: 'ed25519',
  purpose: 'sign',
  can: ['sign'],
}
export const macKey = (type: 'hmac' | 'hmac-sha512'): KmsKey => ({
  ...own,
  id: 'kms-4',
  name: 'hooks',
  type,
  purpose: 'mac',
  can: ['mac'],
})

export const opaqueKey: KmsKey = {
  ...common,
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: '0198b1c4-0000-7000-8000-000000000000',
  name: 'app-config',
  type: 'encrypt-decrypt',
  providerStatus: 'enabled',
  latestVersion: 2,
}
