import { describe, expect, test } from 'vitest'
import { providers } from '../gateway/registry.ts'
import { readGrants } from './roles.ts'

function grants(text: string) {
  const mistakes: string[] = []
  const found = readGrants(text, providers, mistakes)
  expect(mistakes).toEqual([])
  return found
}

describe('the setting', () => {
  test('names groups, roles and what they hold for', () => {
    expect(
      grants(`kms-admins: admin; sre: operator on thalassa where env=staging
        # comments are left out
        everyone@example.com : user on thalassa/nl-01; *: viewer`),
    ).toEqual([
      { group: 'kms-admins', role: 'admin' },
      { group: 'sre', role: 'operator', provider: 'thalassa', where: { name: 'env', value: 'staging' } },
      { group: 'everyone@example.com', role: 'user', provider: 'thalassa', location: 'nl-01' },
      { group: '*', role: 'viewer' },
    ])
  })

  test.each([
    ['admins', '“admins” must be GROUP: ROLE'],
    ['admins: root', '“root” is no role: viewer, user, operator, admin'],
    ['admins: admin on aws', '“aws” is no cloud: thalassa, exoscale'],
    ['all: viewer where env=staging', 'who may list keys sees those with other labels too'],
    ['sre: operator on exoscale where env=staging', 'keys of Exoscale have no labels and no projects'],
    ['admins: admin on exoscale, thalassa', 'must be GROUP: ROLE'],
  ])('%s is refused', (text, why) => {
    const mistakes: string[] = []
    expect(readGrants(text, providers, mistakes)).toEqual([])
    expect(mistakes.join()).toContain(why)
  })
})
