import { rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { CreatedApiKey, Operation } from '../../../src/clouds/exoscale/wire-organisation.ts'
import { requestOf, responseOf } from '../../http/over-fetch.ts'
import { base64, temporaryFolder } from '../testing/thalassa-server.ts'
import { everything, listIn, startTestKms, type TestKms } from './testing/server.ts'

let running: TestKms
beforeEach(async () => {
  running = await startTestKms()
})
afterEach(() => running.stop())

const denied = { 'default-service-strategy': 'deny', services: {} }

const reset = async () => expect((await running.api('POST', '/reset')).status).toBe(200)

const newKey = async (name: string) => String((await running.thalassa('POST', '/keys', { name })).body.identity)

const multiZone = { name: 'wide', description: '', usage: 'encrypt-decrypt', 'multi-zone': true }

/** One change of each kind. */
const changes: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  thalassaKey: newKey,
  exoscaleKey: (name) => running.exoscale('POST', '/v2/kms-key', { ...multiZone, name }),
  rotation: async (name) => running.thalassa('POST', `/keys/${await newKey(name)}/rotate`),
  deletion: async (name) => running.thalassa('DELETE', `/keys/${await newKey(name)}`),
  role: (name) => running.exoscale('POST', '/v2/iam-role', { name }),
  async apiKey(name) {
    const { body } = await running.exoscale('POST', '/v2/iam-role', { name })
    await running.exoscale('POST', '/v2/api-key', { name, 'role-id': Operation.parse(body).reference?.id })
  },
  policy: () => running.exoscale('PUT', '/v2/iam-organization-policy', denied),
  ownApiKey: () => running.exoscale('DELETE', `/v2/api-key/${running.kms.credentials.exoscale.key}`),
  defaultKey: async () => {
    const [key] = listIn((await running.exoscale('GET', '/v2/kms-key')).body['kms-keys'])
    if (key) await running.exoscale('POST', `/v2/kms-key/${key.id}/rotate`)
  },
  clock: () => running.api('POST', '/clock', { days: 2 }),
  reset: () => running.api('POST', '/reset'),
}

test('a reset restores the initial content after any changes, concurrent ones and resets in between', async () => {
  const before = await everything(running)
  const plans = fc.array(fc.array(fc.constantFrom(...Object.keys(changes)), { maxLength: 8 }), {
    minLength: 1,
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(plans, async (workers) => {
      await Promise.all(
        workers.map(async (plan, worker) => {
          for (const [nth, change] of plan.entries()) await changes[change]?.(`key ${worker}-${nth}`)
        }),
      )
      await reset()
      expect(await everything(running)).toEqual(before)
    }),
    { numRuns: 12, seed: 20261129, examples: [[[Object.keys(changes)]]] },
  )
})

test('a reset during many encryptions: each succeeds or finds no key, and none fails', async () => {
  const plaintext = base64('under way')
  const statuses: number[] = []
  const key = await newKey('busy')
  let resetting: Promise<void> | undefined
  const client = async () => {
    for (let nth = 0; nth < 15; nth += 1) {
      statuses.push((await running.thalassa('POST', `/keys/${key}/encrypt`, { plaintext })).status)
      if (statuses.length >= 20) resetting ??= reset()
    }
  }
  await Promise.all(Array.from({ length: 8 }, client))
  await resetting
  const gone = statuses.indexOf(404)
  expect(statuses).toHaveLength(120)
  expect(new Set(statuses)).toEqual(new Set([200, 404]))
  expect(gone).toBeGreaterThanOrEqual(20)
  expect((await running.thalassa('GET', '/keys')).body).toEqual([])
})

test('a long list that is being sent during a reset shows the content before it', async () => {
  const path = '/v1/kms/nl-01/keys'
  const { token, organisation } = running.kms.credentials.thalassa
  const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
  for (let nth = 0; nth < 260; nth += 20)
    await Promise.all(Array.from({ length: 20 }, (_, more) => newKey(`long list ${nth + more}`)))
  const { promise: answered, resolve: sent } = Promise.withResolvers<void>()
  const { signal: closed } = new AbortController()
  const connection = { closed, answered, reset: () => undefined, cut: () => undefined }
  const asked = requestOf(new Request(running.url + path, { headers }), path, '127.0.0.1')
  const list = responseOf((await running.kms.answer(asked, connection)) ?? { status: 0, headers: {} })
  const resetting = running.kms.fetch(new Request(`${running.url}/_kms/reset`, { method: 'POST' }))
  await setImmediate()
  const later = running.thalassa('GET', '/keys')
  expect(await list.json()).toHaveLength(260)
  sent()
  expect((await resetting).status).toBe(200)
  expect((await later).body).toEqual([])
})

test('no cached data survives a reset', async () => {
  const { body } = await running.exoscale('POST', '/v2/iam-role', { name: 'for a while' })
  const { reference, id: operation } = Operation.parse(body)
  const made = await running.exoscale('POST', '/v2/api-key', { name: 'k', 'role-id': reference?.id })
  const other = CreatedApiKey.parse(made.body)
  expect((await running.exoscale('GET', '/v2/kms-key', undefined, other)).status).toBe(200)
  await running.exoscale('PUT', '/v2/iam-organization-policy', denied)
  expect((await running.exoscale('GET', '/v2/kms-key')).status).toBe(403)
  await reset()
  expect((await running.exoscale('GET', '/v2/kms-key', undefined, other)).body).toEqual({ message: 'Invalid API key' })
  expect((await running.exoscale('GET', '/v2/kms-key')).status).toBe(200)
  expect((await running.exoscale('GET', `/v2/operation/${operation}`)).status).toBe(404)
  expect((await running.exoscale('GET', `/v2/iam-role/${reference?.id}`)).status).toBe(404)
})

test('material that was wrapped before a reset can be imported after it', async () => {
  const before = await running.thalassa('GET', '/wrapping-key')
  await reset()
  expect((await running.thalassa('GET', '/wrapping-key')).body).toEqual(before.body)
})

/** Rows without the values that differ between data folders: ids, times, key ids. */
const withoutIds = ({ read }: Awaited<ReturnType<typeof everything>>) =>
  JSON.stringify(read).replaceAll(/[0-9a-f-]{36}|\d{4}-\d\d-[^"]+|[a-z]+-[a-z0-9]{20,}|EXO\w+/g, '')

test('a reset of a used data folder restores the content of a new one with its credentials', async () => {
  const fresh = withoutIds(await everything(running))
  await running.stop()
  const dataDir = temporaryFolder()
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  running = await startTestKms({ dataDir, test: undefined })
  const { credentials } = running.kms
  await newKey('of long ago')
  await running.exoscale('POST', '/v2/iam-role', { name: 'of long ago' })
  await running.stop()
  running = await startTestKms({ dataDir })
  expect(running.kms.credentials).toEqual(credentials)
  expect((await running.thalassa('GET', '/keys')).body).toHaveLength(1)
  await reset()
  expect(withoutIds(await everything(running))).toEqual(fresh)
  await running.stop()
  running = await startTestKms({ dataDir, test: undefined })
  expect(running.kms.credentials).toEqual(credentials)
  expect(withoutIds({ ...(await everything(running)) })).toEqual(fresh)
})
