import { describe, expect, test } from 'vitest'
import { matchPath } from '../router/location.ts'
import { type Links, linksIn } from './paths.ts'
import { patterns } from './patterns.ts'

const address = { cloud: 'thalassa', location: 'nl-01', key: 'kms-a b/c' } as const
const elsewhere = { cloud: 'exoscale', location: 'ch-gva-2', key: 'a' } as const

const samples = ({
  overview,
  keys,
  createKey,
  key,
  activity,
  apiKeys,
  approvals,
  connections,
  files,
  playground,
}: Links) =>
  ({
    overview: overview(),
    keys: keys({ status: 'pending' }),
    createKey: createKey(),
    key: key(elsewhere, { tab: 'rotation' }),
    activity: activity(),
    apiKeys: apiKeys(),
    approvals: approvals(),
    connections: connections(),
    files: files(elsewhere, { tab: 'decrypt' }),
    playground: playground(elsewhere, { op: 'decrypt' }),
  }) satisfies Record<keyof Links, string>

const routesOf = (pathname: string) =>
  Object.entries(patterns).flatMap(([name, pattern]) => (matchPath(pattern, pathname) ? [name] : []))
const read = (link: string) => new URL(link, 'http://localhost')
const projectOf = (link: string) => read(link).searchParams.get('project')

describe('every link', () => {
  test.each(Object.entries(samples(linksIn())))('leads to its own route: %s', (name, link) => {
    expect(routesOf(read(link).pathname)).toEqual([name === 'files' ? 'playground' : name])
    expect(projectOf(link)).toBeNull()
  })

  test.each(Object.entries(samples(linksIn('payments'))))('keeps the chosen project: %s', (_name, link) => {
    expect(projectOf(link)).toBe('payments')
  })
})

describe('a link to a key', () => {
  test('keeps its address', () => {
    const { pathname, searchParams } = read(linksIn().key(address, { tab: 'rotation' }))
    expect(matchPath(patterns.key, pathname)).toEqual(address)
    expect(searchParams.get('tab')).toBe('rotation')
  })

  test('names the key’s own project where its cloud has projects', () => {
    const { key, files, playground } = linksIn('payments')
    for (const link of [key, files, playground]) {
      expect(projectOf(link(address))).toBeNull()
      expect(projectOf(link({ ...address, project: 'platform' }))).toBe('platform')
    }
  })
})
