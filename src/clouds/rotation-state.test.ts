import { describe, expect, test } from 'vitest'
import { addDays } from '../lib/dates.ts'
import type { KmsKey } from './model.ts'
import { inDays } from './period.ts'
import { rotationState, rotationsIn } from './rotation-state.ts'

const now = Date.UTC(2026, 10, 22)

const key = (rotation: KmsKey['rotation'], status: KmsKey['status'] = 'active'): KmsKey => ({
  cloud: 'thalassa',
  location: 'nl-01',
  id: 'kms-1',
  name: 'a key',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  purpose: 'encrypt',
  can: ['encrypt'],
  status,
  rotation,
  latestVersion: 1,
  createdAt: addDays(now, -100),
  traits: [],
})

describe('where a key stands between two rotations', () => {
  test('manual', () => {
    expect(rotationState(key({ automatic: false, period: inDays(90) }), now)).toEqual({ kind: 'manual' })
  })

  test('never, whatever else the provider says of it', () => {
    const never = 'This key has one version for life.'
    const answered = key({ automatic: true, never, period: inDays(365), nextAt: addDays(now, 365) })
    expect(rotationState(answered, now)).toEqual({ kind: 'never' })
    expect([...rotationsIn(answered, now, addDays(now, 730))]).toEqual([])
  })

  test('stopped while its deletion is pending', () => {
    expect(rotationState(key({ automatic: true, period: inDays(90), nextAt: now }, 'pending_deletion'), now).kind).toBe(
      'stopped',
    )
  })

  test('planned, a third through its period', () => {
    const state = rotationState(key({ automatic: true, period: inDays(90), nextAt: addDays(now, 60) }), now)
    expect(state).toMatchObject({ kind: 'planned', days: 60, soon: false })
    expect(state.kind === 'planned' && state.progress).toBeCloseTo(1 / 3)
  })

  test('soon within 30 days', () => {
    expect(rotationState(key({ automatic: true, period: inDays(90), nextAt: addDays(now, 29) }), now)).toMatchObject({
      soon: true,
    })
  })

  test('due, not overdue, in the hour after the date', () => {
    expect(rotationState(key({ automatic: true, period: inDays(90), nextAt: now - 59 * 60_000 }), now).kind).toBe('due')
    expect(rotationState(key({ automatic: true, period: inDays(90), nextAt: now - 61 * 60_000 }), now)).toEqual({
      kind: 'overdue',
      days: 0,
    })
  })
})
