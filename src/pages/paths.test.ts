import { matchRoutes } from 'react-router'
import { describe, expect, test } from 'vitest'
import { paths } from './paths.ts'

const address = { cloud: 'thalassa', location: 'nl-01', key: 'kms-a b/c' } as const

const samples: readonly [keyof typeof paths, string][] = [
  ['overview', paths.overview.to()],
  ['keys', paths.keys.to(undefined, { status: 'pending' })],
  ['createKey', paths.createKey.to()],
  ['key', paths.key.to(address, { tab: 'rotation' })],
  ['activity', paths.activity.to(address)],
  ['apiKeys', paths.apiKeys.to({ tab: 'roles', role: '0198-a' })],
  ['connections', paths.connections.to('payments')],
  ['files', paths.files.to(address, { tab: 'decrypt' })],
  ['playground', paths.playground.to(address, { op: 'decrypt' })],
]

const routes = Object.entries(paths).map(([id, { pattern }]) => ({ id, path: pattern }))

describe('every link leads to its own route', () => {
  test.each(samples)('%s', (name, link) => {
    const { pathname } = new URL(link, 'http://localhost')
    expect(matchRoutes(routes, pathname)?.map(({ route }) => route.id)).toEqual([name])
  })

  test('a key’s address survives', () => {
    const { pathname, searchParams } = new URL(paths.key.to(address, { tab: 'rotation' }), 'http://localhost')
    expect(matchRoutes(routes, pathname)?.[0]?.params).toEqual(address)
    expect(searchParams.get('tab')).toBe('rotation')
  })
})
