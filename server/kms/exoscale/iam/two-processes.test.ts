import { rmSync } from 'node:fs'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CreatedApiKey, Operation } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { type LocalKms, openKms } from '../../kms.ts'
import { temporaryFolder } from '../../testing/thalassa-server.ts'
import { type Credential, sign } from '../testing/server.ts'

/** Two servers on one data folder, each with its own cache, like concurrent `npm start` and `npm run kms`. */
let dataDir: string
let here: LocalKms
let there: LocalKms
beforeAll(async () => {
  dataDir = temporaryFolder()
  const options = { dataDir, exoscaleApi: '2026-07', log: pino({ level: 'silent' }), address: () => undefined } as const
  here = await openKms(options)
  there = await openKms(options)
})
afterAll(async () => {
  await Promise.all([here.close(), there.close()])
  rmSync(dataDir, { recursive: true })
})

async function call(kms: LocalKms, credential: Credential, method: string, target: string, content?: object) {
  const body = content === undefined ? undefined : JSON.stringify(content)
  const signed = { method, target, ...(body === undefined ? {} : { body }), credential }
  const authorization = await sign({ ...signed, expires: Math.floor(Date.now() / 1000) + 600 })
  const headers = { authorization, 'content-type': 'application/json' }
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const response = await kms.fetch(new Request(`http://kms.test${target}`, init), target)
  return { status: response.status, body: await response.json() }
}

const owner = () => here.credentials.exoscale

async function newRole(kms: LocalKms): Promise<string> {
  const { body } = await call(kms, owner(), 'POST', '/v2/iam-role', { name: 'a role' })
  return Operation.parse(body).reference?.id ?? ''
}

async function newApiKey(kms: LocalKms, roleId: string): Promise<CreatedApiKey> {
  return CreatedApiKey.parse((await call(kms, owner(), 'POST', '/v2/api-key', { name: 'k', 'role-id': roleId })).body)
}

test('creating or deleting an API key at one takes effect at the other at once', async () => {
  const made = await newApiKey(here, await newRole(here))
  expect(await call(there, made, 'GET', '/v2/kms-key')).toMatchObject({ status: 200 })
  await call(here, owner(), 'DELETE', `/v2/api-key/${made.key}`)
  expect(await call(there, made, 'GET', '/v2/kms-key')).toMatchObject({
    status: 403,
    body: { message: 'Invalid API key' },
  })
})

test('a policy change at one takes effect at the other at once', async () => {
  const roleId = await newRole(here)
  const made = await newApiKey(there, roleId)
  expect((await call(there, made, 'GET', '/v2/kms-key')).status).toBe(200)
  const denied = { 'default-service-strategy': 'deny', services: {} }
  await call(here, owner(), 'PUT', `/v2/iam-role/${roleId}:policy`, denied)
  expect((await call(there, made, 'GET', '/v2/kms-key')).status).toBe(403)

  const other = await newApiKey(there, await newRole(there))
  await call(here, owner(), 'PUT', '/v2/iam-organization-policy', denied)
  expect((await call(there, other, 'GET', '/v2/kms-key')).status).toBe(403)
  await call(there, owner(), 'POST', '/v2/iam-organization-policy:reset')
  expect((await call(here, other, 'GET', '/v2/kms-key')).status).toBe(200)
})

test('concurrent changes at both lose nothing', async () => {
  const roleId = await newRole(here)
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, nth) => newApiKey(nth % 2 === 0 ? here : there, roleId)),
  )
  for (const one of made)
    for (const kms of [here, there]) expect((await call(kms, one, 'GET', '/v2/kms-key')).status).toBe(200)
})
