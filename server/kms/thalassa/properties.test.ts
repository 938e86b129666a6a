import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, DAY, type Json, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { openEnvelope, sealEnvelope } from './ciphertext.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(() => kms.close())

describe('ciphertext envelope', () => {
  it('gives back what was put in', () => {
    const version = fc.integer({ min: 1, max: 2 ** 31 })
    fc.assert(
      fc.property(version, fc.uint8Array({ maxLength: 300 }), (number, bytes) => {
        const body = Buffer.from(bytes)
        const text = sealEnvelope(number, body)
        expect(openEnvelope(text)).toEqual({ version: number, body })
        expect(openEnvelope(text.replace('thalassa', 'vault'))).toEqual({ version: number, body })
      }),
    )
  })

  it('takes any text, and reads none that it would not write', () => {
    const part = fc.oneof(fc.constantFrom('thalassa', 'vault', 'v1', 'v01', ':', 'AAAA', '='), fc.string())
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const read = openEnvelope(text)
        if (read) expect(sealEnvelope(read.version, read.body).split(':')[2]).toBe(text.split(':')[2])
      }),
    )
  })
})

/** What is known of a key, kept beside the server and compared with it after each step. */
interface Model {
  status: 'active' | 'disabled' | 'pending_deletion' | 'destroyed'
  version: number
  latestAt: number
  automatic: boolean
  period: number | undefined
  nextAt: number
  destroyAt: number
  sealed: { ciphertext: Json | undefined; plaintext: string }[]
}

type Step =
  | { do: 'rotate' | 'disable' | 'enable' | 'delete' | 'cancel' | 'encrypt' | 'tick' }
  | { do: 'wait'; days: number }
  | { do: 'settings'; on: boolean | undefined; period: number | undefined }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('rotate', 'disable', 'enable', 'delete', 'cancel', 'encrypt', 'tick') }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    do: fc.constant('settings' as const),
    on: fc.option(fc.boolean(), { nil: undefined }),
    period: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  }),
)

/** What the key becomes, and the status code that the caller gets. */
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
    case 'encrypt':
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
  encrypt: ['POST', '/encrypt'],
} as const

async function take(id: string, model: Model, taken: Step): Promise<void> {
  const now = kms.clock.time
  if (taken.do === 'wait') {
    kms.clock.time += taken.days * DAY
  } else if (taken.do === 'tick') {
    const due = model.status === 'active' && model.automatic && model.nextAt <= now
    const done = await kms.runDueJobs()
    expect(done.rotated).toBe(due ? 1 : 0)
    if (due) predict(model, { do: 'rotate', now })
  } else {
    const [method, path] = calls[taken.do]
    const plaintext = base64(`text ${model.sealed.length}`)
    const settings = taken.do === 'settings' && { keyRotationEnabled: taken.on, rotationPeriodInDays: taken.period }
    const reply = await kms.on(id, method, path, { plaintext, ...settings })
    expect([taken, reply.status]).toEqual([taken, predict(model, { ...taken, now })])
    if (taken.do === 'encrypt' && reply.status === 200)
      model.sealed.push({ ciphertext: reply.body.ciphertext, plaintext })
  }
  if (model.status === 'pending_deletion' && model.destroyAt <= kms.clock.time) model.status = 'destroyed'
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

describe('lifecycle', () => {
  it('follows the model through any sequence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
        kms.clock.time = START
        const id = await kms.create()
        const model: Model = {
          status: 'active',
          version: 1,
          latestAt: START,
          automatic: false,
          period: undefined,
          nextAt: 0,
          destroyAt: 0,
          sealed: [],
        }
        for (const taken of steps) {
          await take(id, model, taken)
          await compare(id, model)
        }
        for (const { ciphertext, plaintext } of model.sealed) {
          const reply = await kms.on(id, 'POST', '/decrypt', { ciphertext })
          if (model.status === 'active') expect(reply.body.plaintext).toBe(plaintext)
          else expect(reply.status).toBe(model.status === 'destroyed' ? 404 : 400)
        }
        // Keys of one run must not fall due in the next.
        if (model.status !== 'destroyed') {
          await kms.on(id, 'DELETE')
          kms.clock.time += 31 * DAY
          await kms.runDueJobs()
        }
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})

describe('any input', () => {
  const members = [
    'name',
    'keyType',
    'description',
    'labels',
    'annotations',
    'exportAllowed',
    'keyRotationEnabled',
    'rotationPeriodInDays',
    'importKeyMaterial',
    'plaintext',
    'ciphertext',
    'keyVersion',
    '__proto__',
    'constructor',
  ]
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.constantFrom('0', '-1', '\ud800', '\0'))
  const value = fc.oneof(text, fc.jsonValue(), fc.double(), fc.dictionary(text, text))
  const body = fc.dictionary(fc.constantFrom(...members), value)
  const raw = fc.oneof(
    fc.json(),
    body.map((one) => JSON.stringify(one)),
    fc.tuple(body, fc.string()).map(([one, more]) => JSON.stringify({ ...one, name: more || 'x' })),
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
  )
  const segment = fc.oneof(
    fc.constantFrom('nl-01', 'keys', 'key', 'encrypt', 'rotate', '%00', '%ff', '%', '..', '%2e%2e', '*', ':id'),
    fc.string().map(encodeSegment),
  )
  const path = fc.oneof(
    fc
      .constantFrom('', '/key', '/key/encrypt', '/key/decrypt', '/key/rotation')
      .map((end) => `/v1/kms/nl-01/keys${end}`),
    fc.array(segment, { maxLength: 5 }).map((parts) => `/v1/kms/${parts.join('/')}`),
  )

  it('is answered with JSON, and never with a failure of the server', async () => {
    await kms.create({ name: 'key' })
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS')
    await fc.assert(
      fc.asyncProperty(method, path, raw, fc.boolean(), async (verb, where, content, enable) => {
        if (enable) await kms.on('key', 'DELETE', '/cancel-deletion')
        const reply = await kms.call(verb, where, verb === 'GET' ? {} : { raw: content })
        expect([200, 201, 204, 400, 404, 409, 503]).toContain(reply.status)
        if (reply.status >= 400) expect(reply.body).toEqual({ message: expect.any(String) })
        expect(reply.headers.get('x-request-id')).not.toBeNull()
      }),
      { numRuns: 600 },
    )
    expect(kms.failures).toEqual([])
  }, 60_000)
})

/** Lone surrogates have no percent-encoding. */
function encodeSegment(part: string): string {
  return encodeURIComponent(part.toWellFormed())
}
