import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import { KmsKey } from '../../../src/clouds/exoscale/wire.ts'
import { runs } from '../../testing/runs.ts'
import { revisions } from './testing/expectations.ts'
import { DAY, openTestServer, type TestServer } from './testing/server.ts'

const targets = ['de-fra-1', 'at-vie-1', 'bg-sof-1'] as const satisfies readonly ZoneName[]
type Target = (typeof targets)[number]

interface Replica {
  dueAt: number | null
  applied: number
  status: string
  version: number
  period: number
  /** Number of cancelled deletions that reached the replica. */
  cancels: number
}

/** Model of a key and its replicas, independent of the server's implementation. */
class Model {
  now: number
  seq = 2
  status = 'enabled'
  deleteAt: number | undefined
  version = 1
  automatic = true
  period = 365
  cancels = 0
  readonly replicas = new Map<Target, Replica>()

  constructor(now: number) {
    this.now = now
  }

  get isGone() {
    return this.deleteAt !== undefined && this.deleteAt <= this.now
  }

  change(what: () => void) {
    what()
    this.seq += 1
    for (const replica of this.replicas.values()) replica.dueAt = Math.min(replica.dueAt ?? Infinity, this.now + 1000)
  }

  register(zone: Target) {
    this.change(() => undefined)
    const fresh = { applied: 0, status: this.status, version: 0, period: 0, cancels: 0 }
    this.replicas.set(zone, { ...fresh, dueAt: this.now + 2000 })
  }

  pass(time: number) {
    this.now += time
    for (const replica of this.replicas.values()) {
      if (replica.dueAt === null || replica.dueAt > this.now) continue
      if (this.status === 'pending-deletion' || replica.applied === 0) replica.status = this.status
      else if (this.cancels > replica.cancels) replica.status = 'disabled'
      const { seq: applied, version, period, cancels } = this
      Object.assign(replica, { dueAt: null, applied, version, period, cancels })
    }
  }
}

type Step =
  | { readonly do: 'rotate' }
  | { readonly do: 'enable' }
  | { readonly do: 'disable' }
  | { readonly do: 'schedule-deletion' }
  | { readonly do: 'cancel-deletion' }
  | { readonly do: 'restart' }
  | { readonly do: 'period'; readonly days: number }
  | { readonly do: 'replicate'; readonly zone: Target }
  | { readonly do: 'enable-there'; readonly zone: Target }
  | { readonly do: 'disable-there'; readonly zone: Target }
  | { readonly do: 'wait'; readonly time: number }

const zone = fc.constantFrom(...targets)
/** Durations, too short for an automatic rotation. */
const wait = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(500, 999, 1000, 2000) },
  { weight: 1, arbitrary: fc.constant(7 * DAY) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('rotate', 'enable', 'disable', 'restart') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('schedule-deletion', 'cancel-deletion') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('period'), days: fc.integer({ min: 400, max: 2560 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('replicate', 'enable-there', 'disable-there'), zone }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), time: wait }) },
)
/** First steps of most histories: a replica. */
const start: readonly Step[] = [
  { do: 'replicate', zone: 'de-fra-1' },
  { do: 'wait', time: 2000 },
]

/** Sends the request and checks that the server accepts it exactly if the model does. */
async function take(server: TestServer, model: Model, key: string, what: Step): Promise<void> {
  const ask = async (allowed: boolean, path: string, body?: object) => {
    const { status } = await server.post(path, body)
    expect({ what, accepted: status === 200 }).toEqual({ what, accepted: allowed })
    return allowed
  }
  const primary = `/v2/kms-key/${key}`
  const isPending = model.status === 'pending-deletion'
  if (what.do === 'wait') {
    server.advance(what.time)
    await server.runDueJobs()
    model.pass(what.time)
  } else if (what.do === 'restart') await server.restart()
  else if (what.do === 'rotate') {
    if (await ask(model.status === 'enabled' && model.version <= 10, `${primary}/rotate`))
      model.change(() => (model.version += 1))
  } else if (what.do === 'enable' || what.do === 'disable') {
    const status = what.do === 'enable' ? 'enabled' : 'disabled'
    const allowed = await ask(!isPending, `${primary}/${what.do}`)
    if (allowed && model.status !== status) model.change(() => (model.status = status))
  } else if (what.do === 'schedule-deletion') {
    await ask(true, `${primary}/schedule-deletion`, { 'delay-days': 7 })
    model.change(() => Object.assign(model, { status: 'pending-deletion', deleteAt: model.now + 7 * DAY }))
  } else if (what.do === 'cancel-deletion') {
    if (!(await ask(isPending, `${primary}/cancel-deletion`))) return
    const cancels = model.cancels + 1
    model.change(() => Object.assign(model, { status: 'disabled', deleteAt: undefined, cancels }))
  } else if (what.do === 'period') {
    if (await ask(model.status === 'enabled' && model.automatic, `${primary}/disable-key-rotation`))
      model.change(() => (model.automatic = false))
    if (await ask(model.status === 'enabled', `${primary}/enable-key-rotation`, { 'rotation-period': what.days }))
      model.change(() => Object.assign(model, { automatic: true, period: what.days }))
  } else if (what.do === 'replicate') {
    if (await ask(!isPending && !model.replicas.has(what.zone), `${primary}/replicate`, { zone: what.zone }))
      model.register(what.zone)
  } else {
    const replica = model.replicas.get(what.zone)
    const action = what.do === 'enable-there' ? 'enable' : 'disable'
    const allowed = replica !== undefined && replica.applied > 0 && replica.status !== 'pending-deletion'
    await ask(allowed, `/zone/${what.zone}${primary}/${action}`)
    if (replica && allowed) replica.status = `${action}d`
  }
}

async function compare(server: TestServer, model: Model, key: string): Promise<void> {
  const path = `/v2/kms-key/${key}`
  const read = async (at: string) => {
    const { status, body } = await server.get(at + path)
    return status === 200 ? KmsKey.parse(body) : undefined
  }
  if (model.isGone) {
    for (const at of [...targets.map((name) => `/zone/${name}`), '']) expect(await read(at)).toBeUndefined()
    return
  }
  const primary = await read('')
  expect(primary).toMatchObject({
    status: model.status,
    revision: { seq: model.seq },
    material: { version: model.version },
  })
  const states = [...model.replicas].map(([name, { applied }]) => ({ zone: name, 'last-applied-watermark': applied }))
  expect(primary?.['replicas-status'] ?? []).toEqual(states)
  for (const name of targets) {
    const replica = model.replicas.get(name)
    const found = await read(`/zone/${name}`)
    if (!replica || replica.applied === 0) expect(found).toBeUndefined()
    else
      expect(found).toMatchObject({
        'origin-zone': 'ch-gva-2',
        status: replica.status,
        material: { version: replica.version },
        rotation: { 'rotation-period': replica.period },
      })
  }
}

const title = 'a key and its replicas follow the model through any history, revision %s'

test.each(revisions)(title, async (revision) => {
  const server = await openTestServer({ revision })
  let nth = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }), async (steps) => {
      nth += 1
      const { body } = await server.post('/v2/kms-key', { name: `key ${nth}`, 'multi-zone': true })
      const key = String(body.id)
      const model = new Model(server.clock.now())
      for (const what of [...start, ...steps]) {
        await take(server, model, key, what)
        await compare(server, model, key)
        if (model.isGone) return
      }
    }),
    { numRuns: runs(15) },
  )
  await server.close()
})
