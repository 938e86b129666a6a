import type { KeyVersion, KmsKey } from '../../../clouds/model.ts'
import { inDays } from '../../../clouds/period.ts'
import { keyWith as anyKey } from '../../../clouds/testing/key.ts'
import { addDays } from '../../../lib/dates.ts'

export const NOW = Date.parse('2026-11-22T12:00:00Z')

/** Active key with version 3, rotated every 90 days, the next time in 12 days. */
export const keyWith = (members: Partial<KmsKey> = {}): KmsKey =>
  anyKey({
    can: ['encrypt'],
    rotation: { automatic: true, period: inDays(90), nextAt: addDays(NOW, 12) },
    createdAt: addDays(NOW, -258),
    traits: [],
    ...members,
  })

/** Versions created the given numbers of days ago, the latest first. */
export const versionsCreated = (...daysAgo: number[]): readonly KeyVersion[] =>
  daysAgo.map((days, index) => ({ version: daysAgo.length - index, createdAt: addDays(NOW, -days) }))
