/** Multi-zone key and its replicas, for tests of replication. */
import { expect } from 'vitest'
import type { ApiRevision } from '../../../../src/clouds/exoscale/revisions.ts'
import { KmsKey } from '../../../../src/clouds/exoscale/wire.ts'
import { answered } from './expectations.ts'
import { openTestServer } from './server.ts'

export async function openWithKey(revision: ApiRevision) {
  const server = await openTestServer({ revision })
  const { body } = await server.post('/v2/kms-key', { name: 'app', description: 'payments', 'multi-zone': true })
  server.advance(10_000)
  /** Path of the primary in ch-gva-2. */
  const primary = `/v2/kms-key/${body.id}`
  const frankfurt = `/zone/de-fra-1${primary}`

  const read = async (path: string) => answered(await server.get(path), 200, KmsKey)

  const replicate = async (zone: string) =>
    expect(await server.post(`${primary}/replicate`, { zone })).toMatchObject({
      status: 200,
      body: { status: 'target-registered' },
    })

  return {
    server,
    primary,
    frankfurt,
    munich: `/zone/de-muc-1${primary}`,
    read,
    replicate,
    /** Key with an up-to-date replica in Frankfurt. */
    async replicated() {
      await replicate('de-fra-1')
      server.advance(2000)
      return read(frankfurt)
    },
    stateIn: async (zone: string) => (await read(primary))['replicas-status']?.find((state) => state.zone === zone),
  }
}
