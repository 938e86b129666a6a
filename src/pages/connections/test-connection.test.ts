import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { queries } from '../../clouds/queries.ts'
import { testConnection } from './test-connection.ts'

const region = {
  identity: 'r-1',
  name: 'nl-01',
  slug: 'nl-01',
  kmsAvailable: true,
  totalKeys: 0,
  activeKeys: 0,
  disabledKeys: 0,
  pendingDeletionKeys: 0,
}

afterEach(() => vi.unstubAllGlobals())

test('what empty lists and refusals leave open is unclear or refused', async () => {
  const forbidden = () => Response.json({ message: 'not found' }, { status: 404 })
  const answers = (path: string) => {
    if (path.endsWith('/summary')) return Response.json({ featureEnabled: true, regions: [region] })
    return path.includes('/keys') ? Response.json([]) : forbidden()
  }
  vi.stubGlobal('fetch', async (path: string) => answers(path))
  const client = new QueryClient()
  const connection = { id: 'thalassa', mode: 'live' } as const
  client.setQueryData(queries.session().queryKey, { version: '1.0.0', readOnly: false, clouds: [connection] })
  const { locations, probes, untested } = await testConnection({
    client,
    connection,
    project: undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  client.clear()
  expect(locations).toMatchObject([{ state: 'answers' }])
  expect(probes.map(({ label, state }) => [label, state])).toEqual([
    ['List keys', 'unclear'],
    ['Read a key', 'untested'],
    ['List projects', 'refused'],
    ['Read the audit log', 'refused'],
  ])
  expect(untested).toContain('create keys')
})
