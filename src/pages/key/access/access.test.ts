import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../clouds/gateway/wire.ts'
import type { AccessDecision } from '../../../clouds/key-access.ts'
import { keyWith } from '../../../clouds/testing/key.ts'
import { activitiesOn } from './activities.ts'
import { consoleRoles } from './console-roles.ts'
import { keysByRole } from './role-keys.ts'
import { reasonsOf } from './words.ts'

describe('what can be done with a key', () => {
  test('is what its kind offers, in the order of the screens', () => {
    expect(activitiesOn(keyWith({ can: ['encrypt'], traits: [] }))).toEqual([
      'readKey',
      'readVersions',
      'encrypt',
      'decrypt',
      'rotate',
      'setRotation',
      'disable',
      'enable',
      'scheduleDeletion',
      'cancelDeletion',
    ])
    expect(activitiesOn(keyWith({ traits: ['exportable'] }))).toContain('export')
    expect(activitiesOn(keyWith({ type: 'ed25519', purpose: 'sign', can: ['sign'] }))).toEqual(
      expect.arrayContaining(['readPublicKey', 'sign', 'verify']),
    )
    const exoscale = { cloud: 'exoscale', location: 'ch-gva-2', type: 'AES_256', can: ['encrypt'] } as const
    expect(activitiesOn(keyWith({ ...exoscale, traits: ['multi-zone'] }))).toContain('replicate')
    const never = activitiesOn(keyWith({ ...exoscale, rotation: { automatic: false, never: 'It never rotates.' } }))
    for (const activity of ['rotate', 'setRotation', 'replicate']) expect(never).not.toContain(activity)
  })
})

describe('the roles of this console', () => {
  const needs = { readKey: 'viewer', encrypt: 'user', rotate: 'operator', export: 'admin' } as const
  const grants: readonly Grant[] = [
    { group: 'kms-admins', role: 'admin' },
    { group: 'sre', role: 'operator', where: { name: 'env', value: 'staging' } },
    { group: 'zurich', role: 'operator', provider: 'exoscale' },
    { group: '*', role: 'viewer' },
  ]
  const [admin, sre, , everybody] = grants
  const session = (...held: readonly (Grant | undefined)[]) => ({
    person: { subject: 'ada', name: 'Ada', grants: held.filter((grant) => grant !== undefined), canSignOut: true },
    grants: [...grants],
    needs,
  })
  const rows = (of: ReturnType<typeof session>, labels = {}) =>
    consoleRoles(of, keyWith({ labels }), ['readKey', 'encrypt', 'rotate']).map(
      ({ role, activities, groups, isOwn }) => `${role} ${activities}: ${groups} ${isOwn}`,
    )

  test('have what needs each, the groups that hold for the key, and whether the person has it', () => {
    expect(rows(session(everybody))).toEqual([
      'viewer readKey: kms-admins,* true',
      'user encrypt: kms-admins false',
      'operator rotate: kms-admins false',
    ])
    expect(rows(session(admin))).toContain('operator rotate: kms-admins true')
  })

  test('labels of the key decide where a role depends on them', () => {
    expect(rows(session(sre), { env: 'staging' })).toContain('operator rotate: kms-admins,sre true')
    expect(rows(session(sre), { env: 'production' })).toContain('operator rotate: kms-admins false')
  })
})

test('what is decided alike stands together, what is allowed first', () => {
  const refused: AccessDecision = { verdict: 'refused', because: 'by rule 1' }
  const decisions = new Map<'rotate' | 'encrypt' | 'decrypt' | 'disable', AccessDecision>([
    ['rotate', refused],
    ['encrypt', { verdict: 'allowed', because: 'by rule 2' }],
    ['decrypt', { verdict: 'depends', because: 'on source_ip (rule 3)' }],
    ['disable', refused],
  ])
  expect(reasonsOf(decisions).map(({ text, activities }) => `${text}: ${activities}`)).toEqual([
    'Allowed by rule 2: encrypt',
    'Depends on source_ip (rule 3): decrypt',
    'Refused by rule 1: rotate,disable',
  ])
})

test('API keys stand by their role, and the console’s own says so', () => {
  const key = (name: string, roleId: string) => ({ key: `EXO-${name}`, name, roleId })
  const keys = keysByRole([key('web', 'r-1'), key('console', 'r-1'), key('ci', 'r-2')], 'EXO-console')
  expect([...keys]).toEqual([
    ['r-1', ['console (this console)', 'web']],
    ['r-2', ['ci']],
  ])
})
