import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { base64, DAY, type Json, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(() => kms.close())
beforeEach(() => {
  kms.clock.time = START
})

const DISABLED = 'kms key is disabled'
const PENDING = 'kms key is pending deletion'
const NOT_PENDING = 'kms key is not pending deletion'

const statuses = ['active', 'disabled', 'pending_deletion'] as const
type Status = (typeof statuses)[number]

/** Published table: the resulting status, or the message of the refusal. */
const table: readonly {
  readonly name: string
  readonly call: readonly [method: string, path: string, body?: unknown]
  readonly outcome: Readonly<Record<Status, string>>
}[] = [
  {
    name: 'get',
    call: ['GET', ''],
    outcome: { active: 'active', disabled: 'disabled', pending_deletion: 'pending_deletion' },
  },
  {
    name: 'encrypt',
    call: ['POST', '/encrypt', { plaintext: base64('x') }],
    outcome: { active: 'active', disabled: DISABLED, pending_deletion: PENDING },
  },
  {
    name: 'decrypt',
    call: ['POST', '/decrypt', {}],
    outcome: { active: 'active', disabled: DISABLED, pending_deletion: PENDING },
  },
  {
    name: 'rotate',
    call: ['POST', '/rotate'],
    outcome: { active: 'active', disabled: DISABLED, pending_deletion: PENDING },
  },
  {
    name: 'PATCH rotation',
    call: ['PATCH', '/rotation', { rotationPeriodInDays: 12 }],
    outcome: { active: 'active', disabled: 'disabled', pending_deletion: PENDING },
  },
  {
    name: 'disable',
    call: ['POST', '/disable'],
    outcome: { active: 'disabled', disabled: 'disabled', pending_deletion: PENDING },
  },
  {
    name: 'enable',
    call: ['POST', '/enable'],
    outcome: { active: 'active', disabled: 'active', pending_deletion: PENDING },
  },
  {
    name: 'delete',
    call: ['DELETE', ''],
    outcome: { active: 'pending_deletion', disabled: 'pending_deletion', pending_deletion: 'pending_deletion' },
  },
  {
    name: 'cancel-deletion',
    call: ['DELETE', '/cancel-deletion'],
    outcome: { active: NOT_PENDING, disabled: NOT_PENDING, pending_deletion: 'active' },
  },
]

const ways: Readonly<Record<Status, readonly (readonly [method: string, path: string])[]>> = {
  active: [],
  disabled: [['POST', '/disable']],
  pending_deletion: [['DELETE', '']],
}

/** Key in a status, with one of its ciphertexts. */
async function keyIn(status: Status): Promise<{ id: string; ciphertext: Json | undefined }> {
  const id = await kms.create()
  const sealed = await kms.on(id, 'POST', '/encrypt', { plaintext: base64('x') })
  for (const [method, path] of ways[status]) await kms.on(id, method, path)
  return { id, ciphertext: sealed.body.ciphertext }
}

const cases = table.flatMap(({ name, call, outcome }) =>
  statuses.map((from) => ({ name, call, from, outcome: outcome[from] })),
)

describe('the status machine', () => {
  it.each(cases)('$name on a key that is $from: $outcome', async ({ name, call, from, outcome }) => {
    const { id, ciphertext } = await keyIn(from)
    const before = (await kms.on(id, 'GET')).body
    const [method, path, body] = call
    const reply = await kms.on(id, method, path, name === 'decrypt' ? { ciphertext } : body)
    const after = (await kms.on(id, 'GET')).body
    if (statuses.some((status) => status === outcome)) {
      expect(reply.status).toBe(200)
      expect(after.status).toBe(outcome)
      if (outcome === from && name !== 'rotate' && name !== 'PATCH rotation') expect(after).toEqual(before)
    } else {
      expect(reply).toMatchObject({ status: 400, body: { message: outcome } })
      expect(after).toEqual(before)
    }
  })

  it('checks the body before the status, and the status before type and fields', async () => {
    const id = await kms.create({ keyType: 'ed25519' })
    const url = `/v1/kms/nl-01/keys/${id}/encrypt`
    const unsupported = 'operation encrypt is not supported for key type ed25519'
    expect((await kms.on(id, 'POST', '/encrypt', {})).body.message).toBe(unsupported)
    await kms.on(id, 'POST', '/disable')
    expect((await kms.on(id, 'POST', '/encrypt', {})).body.message).toBe(DISABLED)
    const broken = await kms.call('POST', url, { raw: '{' })
    expect(broken.body.message).toBe('request body must be a JSON object')
  })

  it('activates a disabled key when its deletion is cancelled', async () => {
    const id = await kms.create()
    await kms.on(id, 'POST', '/disable')
    await kms.on(id, 'DELETE')
    expect((await kms.on(id, 'DELETE', '/cancel-deletion')).body.status).toBe('active')
  })

  it('refuses the period before any other check of a rotation, except for a key pending deletion', async () => {
    const { id } = await keyIn('pending_deletion')
    expect((await kms.on(id, 'PATCH', '/rotation', { rotationPeriodInDays: 0 })).body.message).toBe(PENDING)
  })
})

describe('rotation settings', () => {
  const REQUIRED = 'rotationPeriodInDays is required when keyRotationEnabled is true'
  const patch = (id: string, body: unknown) => kms.on(id, 'PATCH', '/rotation', body)

  it.each([
    [{ rotationPeriodInDays: 0 }, 'rotationPeriodInDays must be between 1 and 3650'],
    [{ rotationPeriodInDays: 3651 }, 'rotationPeriodInDays must be between 1 and 3650'],
    [{ rotationPeriodInDays: 0.5 }, 'rotationPeriodInDays must be an integer'],
    [{ rotationPeriodInDays: '30' }, 'rotationPeriodInDays must be an integer'],
    [{ keyRotationEnabled: 'on' }, 'keyRotationEnabled must be a boolean'],
    [{ keyRotationEnabled: true }, REQUIRED],
  ])('refuses %j', async (body, message) => {
    const id = await kms.create()
    expect(await patch(id, body)).toMatchObject({ status: 400, body: { message } })
    expect((await kms.on(id, 'GET')).body.objectVersion).toBe(1)
  })

  it('keeps the period while rotation is off, and reuses it', async () => {
    const id = await kms.create({ keyRotationEnabled: true, rotationPeriodInDays: 30 })
    const off = await patch(id, { keyRotationEnabled: false })
    expect(off.body).toMatchObject({ keyRotationEnabled: false, rotationPeriodInDays: 30 })
    const on = await patch(id, { keyRotationEnabled: true })
    expect(on.body).toMatchObject({ keyRotationEnabled: true, rotationPeriodInDays: 30 })
  })

  it('stores a period without enabling rotation', async () => {
    const id = await kms.create()
    const { body } = await patch(id, { rotationPeriodInDays: 7 })
    expect(body).toMatchObject({ keyRotationEnabled: false, rotationPeriodInDays: 7 })
    kms.clock.time = START + 8 * DAY
    expect(await kms.runDueJobs()).toEqual({ rotated: 0, destroyed: 0 })
  })

  it('does not count an empty change', async () => {
    const id = await kms.create({ keyRotationEnabled: true, rotationPeriodInDays: 30 })
    kms.clock.time += DAY
    const before = (await kms.on(id, 'GET')).body
    for (const body of [{}, { keyRotationEnabled: true }, { rotationPeriodInDays: 30 }])
      expect(await patch(id, body)).toMatchObject({ status: 200, body: before })
    expect((await kms.on(id, 'GET')).body).toEqual(before)
  })
})
