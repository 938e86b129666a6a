import type { KmsKey } from '../model.ts'
import { inDays } from '../period.ts'
import { cloudOf } from '../registry.ts'

/** A key as tests need it: Thalassa's, active, able to do everything, version 3, rotated every 90 days. */
export const keyWith = (members: Partial<KmsKey> = {}): KmsKey => ({
  cloud: 'thalassa',
  location: 'nl-01',
  id: 'kms-1',
  name: 'billing',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt', 'sign', 'mac'],
  // Providers list the status of a key that works first.
  status: cloudOf(members.cloud ?? 'thalassa').capabilities.statuses[0]?.id ?? '',
  rotation: { automatic: true, period: inDays(90) },
  latestVersion: 3,
  createdAt: 0,
  traits: ['exportable'],
  ...members,
})
