import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runs } from '../../testing/runs.ts'
import { base64, DAY, type Json, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa({ light: true })
})
afterAll(() => kms.close())

/** Model of a key, compared with the server after each step. */
interface Model {
  status: 'active' | 'disabled' | 'pending_deletion' | 'destroyed'
  version: number
  latestAt: number
  automatic: boolean
  period: number | undefined
  nextAt: number
  destroyAt: number
  /** Outputs of the key so far, with their input. */
  made: { output: Json | undefined; text: string }[]
}

type Step =
  | { do: 'rotate' | 'disable' | 'enable' | 'delete' | 'cancel' | 'make' | 'check' | 'tick' }
  | { do: 'wait'; days: number }
  | { do: 'settings'; on: boolean | undefined; period: number | undefined }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('rotate', 'disable', 'enable', 'delete', 'cancel', 'make', 'make', 'check', 'tick'),
  }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    do: fc.constant('settings' as const),
    on: fc.option(fc.boolean(), { nil: undefined }),
    period: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  }),
)

/** Resulting key, and the status code of the answer. */
function predict(model: Model, { now, ...taken }: Step & { now: number }): number {
  if (model.status === 'destroyed') return 404
  const { status } = model
  const pending = status === 'pending_deletion'
  switch (taken.do) {
    case 'rotate':
      if (status !== 'active') return 400
      model.version += 1
      model.latestAt = now
      model.nextAt = now + (model.period ?? 0) * DAY
      return 200
    case 'disable':
    case 'enable':
      if (pending) return 400
      model.status = taken.do === 'disable' ? 'disabled' : 'active'
      return 200
    case 'delete':
      if (!pending) model.destroyAt = now + 30 * DAY
      model.status = 'pending_deletion'
      return 200
    case 'cancel':
      if (!pending) return 400
      model.status = 'active'
      return 200
    case 'settings': {
      const period = taken.period ?? model.period
      const automatic = taken.on ?? model.automatic
      if (pending || taken.period === 0 || (automatic && period === undefined)) return 400
      if (automatic !== model.automatic || period !== model.period) model.nextAt = model.latestAt + (period ?? 0) * DAY
      Object.assign(model, { period, automatic })
      return 200
    }
    case 'make':
    case 'check':
    case 'tick':
    case 'wait':
      return status === 'active' ? 200 : 400
  }
}

const calls = {
  rotate: ['POST', '/rotate'],
  disable: ['POST', '/disable'],
  enable: ['POST', '/enable'],
  delete: ['DELETE', ''],
  cancel: ['DELETE', '/cancel-deletion'],
  settings: ['PATCH', '/rotation'],
} as const

/** Operations by key type with their checks; outputs must stay valid after every rotation. */
interface Craft {
  readonly keyType: string
  readonly make: (text: string) => readonly [path: string, body: Record<string, unknown>, output: string]
  readonly check: (text: string, output: Json | undefined) => readonly [path: string, body: Record<string, unknown>]
  readonly right: (text: string) => Record<string, unknown>
}

const crafts: readonly Craft[] = [
  {
    keyType: 'chacha20-poly1305',
    make: (text) => ['/encrypt', { plaintext: text }, 'ciphertext'],
    check: (_text, ciphertext) => ['/decrypt', { ciphertext }],
    right: (plaintext) => ({ plaintext }),
  },
  {
    keyType: 'ed25519',
    make: (input) => ['/sign', { input }, 'signature'],
    check: (input, signature) => ['/verify', { input, signature }],
    right: () => ({ valid: true }),
  },
  {
    keyType: 'hmac',
    make: (input) => ['/hmac', { input }, 'hmac'],
    check: (input, hmac) => ['/verify-hmac', { input, hmac }],
    right: () => ({ valid: true }),
  },
]

async function checkAll(id: string, craft: Craft, model: Model): Promise<void> {
  for (const { text, output } of model.made) {
    const [path, body] = craft.check(text, output)
    const reply = await kms.on(id, 'POST', path, body)
    if (model.status === 'active') expect(reply.body).toMatchObject(craft.right(text))
    else expect(reply.status).toBe(model.status === 'destroyed' ? 404 : 400)
  }
}

async function make(id: string, craft: Craft, model: Model, expected: number): Promise<void> {
  const text = base64(`text ${model.made.length}`)
  const [path, body, output] = craft.make(text)
  const reply = await kms.on(id, 'POST', path, body)
  expect(reply.status).toBe(expected)
  if (reply.status === 200) model.made.push({ output: reply.body[output], text })
}

async function tick(model: Model, now: number): Promise<void> {
  const due = model.status === 'active' && model.automatic && model.nextAt <= now
  const done = await kms.runDueJobs()
  expect(done.rotated).toBe(due ? 1 : 0)
  if (due) predict(model, { do: 'rotate', now })
  const isOver = model.status === 'pending_deletion' && model.destroyAt <= now
  expect(done.destroyed).toBe(isOver ? 1 : 0)
  if (isOver) model.status = 'destroyed'
}

async function take(id: string, craft: Craft, model: Model, taken: Step): Promise<void> {
  const now = kms.clock.time
  if (taken.do === 'wait') kms.clock.time += taken.days * DAY
  else if (taken.do === 'tick') await tick(model, now)
  else if (taken.do === 'check') await checkAll(id, craft, model)
  else if (taken.do === 'make') await make(id, craft, model, predict(model, { ...taken, now }))
  else {
    const [method, path] = calls[taken.do]
    const settings = taken.do === 'settings' && { keyRotationEnabled: taken.on, rotationPeriodInDays: taken.period }
    const reply = await kms.on(id, method, path, settings || undefined)
    expect([taken, reply.status]).toEqual([taken, predict(model, { ...taken, now })])
  }
}

async function compare(id: string, model: Model): Promise<void> {
  const { status, body } = await kms.on(id, 'GET')
  expect(status).toBe(model.status === 'destroyed' ? 404 : 200)
  if (model.status === 'destroyed') return
  expect(body).toMatchObject({
    status: model.status,
    latestVersion: model.version,
    keyRotationEnabled: model.automatic,
    ...(model.period !== undefined && { rotationPeriodInDays: model.period }),
  })
  expect(body.versions).toHaveLength(model.version)
  const scheduled = model.status === 'pending_deletion' ? new Date(model.destroyAt).toISOString() : undefined
  expect(body.deletionScheduledAt).toBe(scheduled)
}

describe('lifecycle, rotation and cryptography', () => {
  it('follows the model through any sequence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...crafts), fc.array(step, { maxLength: 16 }), async (craft, steps) => {
        kms.clock.time = START
        const id = await kms.create({ keyType: craft.keyType })
        const model: Model = {
          status: 'active',
          version: 1,
          latestAt: START,
          automatic: false,
          period: undefined,
          nextAt: 0,
          destroyAt: 0,
          made: [],
        }
        for (const taken of steps) {
          await take(id, craft, model, taken)
          await compare(id, model)
        }
        await checkAll(id, craft, model)
        // Keys of one run must not become due in the next.
        if (model.status !== 'destroyed') {
          await kms.on(id, 'DELETE')
          kms.clock.time += 31 * DAY
          await kms.runDueJobs()
        }
      }),
      { numRuns: runs(1000) },
    )
  })
})
