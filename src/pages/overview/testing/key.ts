import type { KmsKey } from '../../../clouds/model.ts'
import { inDays } from '../../../clouds/period.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { addDays } from '../../../lib/dates.ts'

export const now = Date.UTC(2026, 10, 22, 14, 32)

/** An active key of one location, half a year old, whose rotation is off. */
export const keyOf = (name: string, members: Partial<KmsKey> = {}): KmsKey =>
  keyWith({
    cloud: 'exoscale',
    location: 'ch-gva-2',
    id: `id of ${name}`,
    name,
    type: 'AES_256',
    can: ['encrypt'],
    rotation: { automatic: false },
    latestVersion: 1,
    createdAt: addDays(now, -180),
    traits: [],
    originZone: 'ch-gva-2',
    ...members,
  })

export const primaryOf = (name: string, members: Partial<KmsKey> = {}): KmsKey =>
  keyOf(name, { traits: ['multi-zone'], replicas: ['bg-sof-1', 'de-fra-1'], ...members })

export const replicaOf = (name: string, location: string, members: Partial<KmsKey> = {}): KmsKey =>
  keyOf(name, { traits: ['replica'], location, ...members })

export const rotatesIn = (days: number, period = 90): KmsKey['rotation'] => ({
  automatic: true,
  period: inDays(period),
  nextAt: addDays(now, days),
})
