import { describe, expect, test } from 'vitest'
import { endpoints as exoscale } from '../../src/clouds/exoscale/endpoints.ts'
import { endpoints as thalassa } from '../../src/clouds/thalassa/endpoints.ts'
import { allowListOf } from './allow-list.ts'

const allowed = (list: ReturnType<typeof allowListOf>, method: string, path: string) =>
  list.some((row) => row.method === method && row.pattern.test(path))

describe('the allow-list of the gateway', () => {
  test('contains the console’s calls, below the base URL', () => {
    const list = allowListOf(exoscale, '/v2')
    expect(allowed(list, 'GET', '/zone')).toBe(true)
    expect(allowed(list, 'POST', '/kms-key/0197-a/encrypt')).toBe(true)
    expect(allowed(list, 'DELETE', '/api-key/EXO1')).toBe(true)
    expect(allowed(list, 'POST', '/iam-role')).toBe(true)
    expect(allowed(list, 'PUT', '/iam-role/a')).toBe(true)
    expect(allowed(list, 'PUT', '/iam-role/a:policy')).toBe(true)
    expect(allowed(list, 'DELETE', '/iam-role/a')).toBe(true)
    expect(allowed(list, 'PUT', '/iam-role/a:assume-role-policy')).toBe(false)
    expect(allowed(list, 'GET', '/iam-organization-policy')).toBe(true)
    expect(allowed(allowListOf(thalassa), 'DELETE', '/v1/kms/nl-01/keys/kms-1/cancel-deletion')).toBe(true)
  })

  test('omits endpoints that only the local KMS serves', () => {
    const list = [...allowListOf(exoscale, '/v2'), ...allowListOf(thalassa)]
    for (const [method, path] of [
      ['PUT', '/iam-organization-policy'],
      ['POST', '/iam-organization-policy:reset'],
      ['GET', '/quota'],
      ['POST', '/oidc/token'],
      ['GET', '/v1/projects/a'],
    ] as const)
      expect(allowed(list, method, path), `${method} ${path}`).toBe(false)
  })

  test('a parameter is one segment without percent signs', () => {
    const list = allowListOf(thalassa)
    for (const key of ['', 'a/b', 'a%2fb', '..', 'a'.repeat(256)])
      expect(allowed(list, 'POST', `/v1/kms/nl-01/keys/${key}/encrypt`)).toBe(false)
  })

  test('only answers with a list may be long', () => {
    const long = [...allowListOf(exoscale, '/v2'), ...allowListOf(thalassa)].filter(
      ({ limits }) => limits.bytes > 8 << 20,
    )
    expect(long.map(({ path }) => path)).toEqual([
      '/v2/zone',
      '/v2/kms-key',
      '/v2/kms-key/:key/list-key-rotations',
      '/v2/key-store',
      '/v2/api-key',
      '/v2/iam-role',
      '/v2/event',
      '/v1/me/organisation-memberships',
      '/v1/regions',
      '/v1/projects',
      '/v1/audit',
      '/v1/kms/:location/keys',
    ])
  })
})
