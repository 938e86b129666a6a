import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Region } from '../../../src/clouds/thalassa/wire.ts'
import type { CloudApi, CloudParts } from '../cloud.ts'
import type { KeySpace } from '../engine/store.ts'
import { CLOUD, type Organisation, openAuthentication, type ThalassaCredential } from './authentication.ts'
import { createKey } from './create.ts'
import { decrypt, encrypt } from './encryption.ts'
import { type Answer, ApiError } from './errors.ts'
import { findKey, type KeyOperation, keyAnswer, toWire } from './keys.ts'
import {
  cancelDeletion,
  disable,
  enable,
  rotate,
  rotateWhenDue,
  scheduleDeletion,
  updateRotation,
} from './lifecycle.ts'
import { type RegionInfo, regionNamed, regions } from './regions.ts'
import { readBody } from './validation.ts'

export interface ThalassaApi extends CloudApi {
  readonly credential: ThalassaCredential
}

const send = (c: Context, { status, body }: Answer): Response => c.json(body, status)

const spaceOf = (region: RegionInfo, organisation: Organisation): KeySpace => ({
  cloud: CLOUD,
  location: region.slug,
  scope: organisation.identity,
})

/** Organisation-wide keys only: no project exists yet, so a call that names one is in nobody's scope. */
function refuseProject(c: Context): void {
  if (c.req.header('x-project-identity') || c.req.query('project')) throw new ApiError(404, 'project not found')
}

/** Thalassa Cloud's KMS API below `/v1/kms`, over the engine. Makes one organisation and one token at the first start. */
export async function openThalassa(parts: CloudParts): Promise<ThalassaApi> {
  const { keyring } = parts
  const authentication = await openAuthentication(parts)

  const authenticate = (c: Context) =>
    authentication.authenticate({
      authorization: c.req.header('authorization'),
      organisation: c.req.header('x-organisation-identity'),
    })

  /** The checks that come before any key: credential, organisation, feature, region, project. */
  function enter(c: Context): KeySpace {
    const organisation = authenticate(c)
    if (!organisation.features.includes('kms')) throw new ApiError(403, 'KMS is not enabled for this organisation')
    const region = regionNamed(c.req.param('region') ?? '')
    refuseProject(c)
    return spaceOf(region, organisation)
  }

  async function summaryOf(region: RegionInfo, organisation: Organisation): Promise<Region> {
    const counts = await keyring.countByStatus(spaceOf(region, organisation))
    const number = (status: string) => counts.get(status) ?? 0
    return {
      ...region,
      totalKeys: counts.values().reduce((sum, one) => sum + one, 0),
      activeKeys: number('active'),
      disabledKeys: number('disabled'),
      pendingDeletionKeys: number('pending_deletion'),
    }
  }

  const onKey = (operation: KeyOperation, how: { reads: 'json' | 'nothing' }) => async (c: Context) => {
    const key = await findKey(keyring, enter(c), c.req.param('id') ?? '')
    const body = how.reads === 'json' ? await readBody(c.req.raw) : {}
    return send(c, await operation({ keyring, key }, body))
  }
  const json = { reads: 'json' } as const
  const nothing = { reads: 'nothing' } as const

  const app = new Hono()
  app.use(async (c, next) => {
    c.header('x-request-id', randomUUID())
    await next()
  })
  app.notFound((c) => send(c, new ApiError(404, 'not found').answer))
  app.onError((error, c) => {
    if (error instanceof ApiError) return send(c, error.answer)
    parts.report?.(error)
    return send(c, new ApiError(500, 'internal server error').answer)
  })

  app.get('/v1/kms/summary', async (c) => {
    const organisation = authenticate(c)
    if (!organisation.features.includes('kms')) return c.json({ featureEnabled: false })
    refuseProject(c)
    return c.json({
      featureEnabled: true,
      regions: await Promise.all(regions.map((region) => summaryOf(region, organisation))),
    })
  })

  app.get('/v1/kms/:region/keys', async (c) => {
    const keys = (await keyring.list(enter(c))).map(toWire)
    const asked = (['identity', 'name', 'slug'] as const).flatMap((member) =>
      (c.req.queries(member) ?? []).map((value) => ({ member, value })),
    )
    return c.json(keys.filter((key) => asked.every(({ member, value }) => key[member] === value)))
  })
  app.post('/v1/kms/:region/keys', async (c) => {
    const space = enter(c)
    return send(c, await createKey(parts, space, await readBody(c.req.raw)))
  })

  const KEY = '/v1/kms/:region/keys/:id'
  app.get(
    KEY,
    onKey(({ key }) => keyAnswer(keyring, key), nothing),
  )
  app.post(`${KEY}/encrypt`, onKey(encrypt, json))
  app.post(`${KEY}/decrypt`, onKey(decrypt, json))
  app.post(`${KEY}/rotate`, onKey(rotate, nothing))
  app.patch(`${KEY}/rotation`, onKey(updateRotation, json))
  app.post(`${KEY}/disable`, onKey(disable, nothing))
  app.post(`${KEY}/enable`, onKey(enable, nothing))
  app.delete(KEY, onKey(scheduleDeletion, nothing))
  app.delete(`${KEY}/cancel-deletion`, onKey(cancelDeletion, nothing))

  return {
    cloud: CLOUD,
    credential: authentication.credential,
    rotate: rotateWhenDue,
    fetch: async (request) => app.fetch(request),
  }
}
