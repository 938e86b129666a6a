import { describe, expect, test } from 'vitest'
import { endpoints as exoscale } from '../exoscale/endpoints.ts'
import { endpoints as thalassa } from '../thalassa/endpoints.ts'
import { allowsByLabels, groupsAllowed, type Need, verdictOf } from './allowed.ts'
import { reachOf, roleFor } from './roles.ts'
import type { Grant } from './wire.ts'

const all: readonly Grant[] = [
  { group: 'admins', role: 'admin' },
  { group: 'sre', role: 'operator', provider: 'exoscale', where: { name: 'env', value: 'staging' } },
  { group: 'dev', role: 'user', provider: 'thalassa', location: 'nl-01' },
  { group: 'zone', role: 'admin', provider: 'exoscale', location: 'ch-gva-2' },
  { group: 'team', role: 'operator', where: { name: 'project', value: 'billing' } },
]

const of = (...groups: readonly string[]) => all.filter(({ group }) => groups.includes(group))

const need = (role: Need['role'], provider: string, more: Partial<Need> = {}): Need => ({
  role,
  reach: 'location',
  provider,
  location: 'nl-01',
  ...more,
})

describe('what grants allow', () => {
  test.each([
    ['admins', need('admin', 'exoscale'), 'allowed'],
    ['sre', need('operator', 'exoscale'), 'labels'],
    ['sre', need('admin', 'exoscale'), 'refused'],
    ['sre', need('operator', 'thalassa'), 'refused'],
    ['dev', need('user', 'thalassa'), 'allowed'],
    ['dev', need('viewer', 'thalassa'), 'allowed'],
    ['dev', need('operator', 'thalassa'), 'refused'],
    ['dev', need('user', 'thalassa', { location: 'nl-02' }), 'refused'],
    ['dev', need('viewer', 'thalassa', { location: undefined }), 'refused'],
    ['dev', need('viewer', 'thalassa', { location: undefined, reach: 'general' }), 'allowed'],
    ['dev', need('viewer', 'exoscale', { reach: 'general' }), 'refused'],
    ['team', need('operator', 'thalassa', { project: 'billing' }), 'allowed'],
    ['team', need('operator', 'thalassa', { project: 'shop' }), 'refused'],
    ['team', need('operator', 'thalassa'), 'refused'],
  ] as const)('%s: %j is %s', (group, wanted, verdict) => {
    expect(verdictOf(of(group), wanted)).toBe(verdict)
  })

  test('a role that is limited to a location makes no API key, which works in all of them', () => {
    const organisation = need('admin', 'exoscale', { reach: 'organisation', location: 'ch-gva-2' })
    expect(verdictOf(of('zone'), organisation)).toBe('refused')
    expect(verdictOf(of('zone'), { ...organisation, reach: 'location' })).toBe('allowed')
    expect(verdictOf(of('sre'), { ...organisation, role: 'operator' })).toBe('refused')
  })

  test('the labels decide where a grant depends on them', () => {
    const wanted = need('operator', 'exoscale')
    expect(allowsByLabels(of('sre'), wanted, { env: 'staging' })).toBe(true)
    expect(allowsByLabels(of('sre'), wanted, { env: 'production' })).toBe(false)
    expect(allowsByLabels(of('sre'), wanted, {})).toBe(false)
  })

  test('names the groups that could', () => {
    expect(groupsAllowed(all, need('operator', 'exoscale'))).toEqual(['admins', 'sre', 'team'])
  })
})

test('the role of each endpoint follows from what it does', () => {
  expect(roleFor(thalassa['list-keys'])).toBe('viewer')
  expect(roleFor(thalassa.verify)).toBe('viewer')
  expect(roleFor(thalassa.encrypt)).toBe('user')
  expect(roleFor(thalassa.decrypt)).toBe('user')
  expect(roleFor(thalassa.rotate)).toBe('operator')
  expect(roleFor(thalassa['schedule-deletion'])).toBe('operator')
  expect(roleFor(thalassa.export)).toBe('admin')
  expect(roleFor(exoscale['create-api-key'])).toBe('admin')
  expect(roleFor(exoscale['update-iam-role-policy'])).toBe('admin')
  expect(roleFor(exoscale['list-api-keys'])).toBe('viewer')
  expect(roleFor(exoscale['generate-data-key'])).toBe('user')
})

test('lists that every page needs are open to any role, API keys hold everywhere', () => {
  expect(reachOf(thalassa['list-regions'])).toBe('general')
  expect(reachOf(thalassa['read-summary'])).toBe('general')
  expect(reachOf(exoscale['list-zones'])).toBe('general')
  expect(reachOf(thalassa['list-keys'])).toBe('location')
  expect(reachOf(thalassa['list-audit'])).toBe('location')
  expect(reachOf(exoscale['create-api-key'])).toBe('organisation')
  expect(reachOf(exoscale['delete-iam-role'])).toBe('organisation')
})
