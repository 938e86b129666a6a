import { afterEach, beforeEach, expect, test } from 'vitest'
import { base64 } from '../testing/thalassa-server.ts'
import { createSnapshots } from './snapshots.ts'
import { listIn, startTestKms, type TestKms } from './testing/server.ts'

let running: TestKms
beforeEach(async () => {
  running = await startTestKms()
})
afterEach(() => running.stop())

const newKey = async (name: string) => String((await running.thalassa('POST', '/keys', { name })).body.identity)

async function snapshot(name?: string): Promise<string> {
  const { status, body } = await running.api('POST', '/snapshot', name === undefined ? undefined : { name })
  expect(status).toBe(201)
  return String(body.id)
}

const restore = (id: string) => running.api('POST', '/restore', { snapshot: id })

const now = async () => (await running.api('GET', '/clock')).body.daysAhead

test('a snapshot restores keys and their material any number of times', async () => {
  const key = await newKey('kept')
  const plaintext = base64('to be had back')
  const { ciphertext } = (await running.thalassa('POST', `/keys/${key}/encrypt`, { plaintext })).body
  const id = await snapshot('with one key')
  for (let round = 0; round < 2; round += 1) {
    await running.thalassa('POST', `/keys/${key}/rotate`)
    await newKey('not kept')
    expect(await restore(id)).toMatchObject({ status: 200, body: { snapshot: id } })
    const keys = listIn((await running.thalassa('GET', '/keys')).body)
    expect(keys.map(({ name, latestVersion }) => [name, latestVersion])).toEqual([['kept', 1]])
    expect((await running.thalassa('POST', `/keys/${key}/decrypt`, { ciphertext })).body.plaintext).toBe(plaintext)
  }
  expect((await running.api('POST', '/reset')).status).toBe(200)
  expect((await running.thalassa('GET', '/keys')).body).toEqual([])
  expect((await restore(id)).status).toBe(200)
  expect((await running.thalassa('GET', `/keys/${key}`)).status).toBe(200)
})

test('restoring turns the clock back and undoes due rotations and deletions', async () => {
  await running.api('POST', '/clock', { days: 3 })
  const key = await newKey('to be destroyed')
  await running.thalassa('DELETE', `/keys/${key}`)
  const id = await snapshot()
  await running.api('POST', '/clock', { days: 31 })
  expect((await running.thalassa('GET', `/keys/${key}`)).status).toBe(404)
  await restore(id)
  expect(await now()).toBe(3)
  expect((await running.thalassa('GET', `/keys/${key}`)).body).toMatchObject({ status: 'pending_deletion' })
  await running.api('POST', '/clock', { days: 31 })
  expect((await running.thalassa('GET', `/keys/${key}`)).status).toBe(404)
  await running.api('POST', '/reset')
  expect(await now()).toBe(0)
})

test('a replica that was pending at the snapshot is pending again', async () => {
  const wide = { name: 'wide', description: '', usage: 'encrypt-decrypt', 'multi-zone': true }
  const { body: key } = await running.exoscale('POST', '/v2/kms-key', wide)
  await running.exoscale('POST', `/v2/kms-key/${key.id}/replicate`, { zone: 'de-muc-1' })
  const id = await snapshot()
  await running.api('POST', '/clock', { days: 1 })
  const there = () => running.exoscale('GET', `/zone/de-muc-1/v2/kms-key/${key.id}`)
  expect((await there()).status).toBe(200)
  await running.api('POST', '/reset')
  expect((await there()).status).toBe(400)
  await restore(id)
  await running.api('POST', '/clock', { days: 1 })
  expect((await there()).status).toBe(200)
})

test('snapshots are listed by id and removed together; an unknown one is 404', async () => {
  const id = await snapshot('first')
  expect((await running.api('GET', '/snapshot')).body).toMatchObject({ snapshots: [{ id, name: 'first', keys: 1 }] })
  expect((await running.api('DELETE', '/snapshot')).body).toEqual({ snapshots: [] })
  expect(await restore(id)).toMatchObject({ status: 404, body: { message: /There is no snapshot of that id/ } })
})

test('at most twenty snapshots exist, and the refusal names the remedy', async () => {
  for (let nth = 0; nth < 20; nth += 1) await snapshot()
  const refused = await running.api('POST', '/snapshot')
  expect(refused).toMatchObject({ status: 409, body: { message: /20 snapshots already.*DELETE \/_kms\/snapshot/ } })
  await running.api('DELETE', '/snapshot')
  await snapshot()
})

test('the total size is limited, and the refusal names the remedy', async () => {
  const snapshots = createSnapshots()
  const half = { tables: new Map(), bytes: 33 * 1_048_576 }
  expect(snapshots.add(half).status).toBe(201)
  const refused = snapshots.add(half)
  expect(refused.status).toBe(413)
  expect(refused.body).toMatch(/together they may take 67108864\. DELETE \/_kms\/snapshot/)
  expect(snapshots.list()).toHaveLength(1)
})

test.each([
  ['/snapshot', { name: 7 }, 'name: must be a text'],
  ['/snapshot', { name: '' }, 'name: must not be empty'],
  ['/snapshot', { name: 'x'.repeat(101) }, 'name: must have at most 100 characters'],
  ['/snapshot', { nam: 'x' }, 'The body: nam is not known here'],
  ['/restore', {}, 'snapshot: must be the id of a snapshot'],
  ['/restore', [], 'The body: '],
])('%s refuses %j by the name of the field', async (path, body, message) => {
  const reply = await running.api('POST', path, body)
  expect(reply.status).toBe(400)
  expect(reply.body.message).toContain(message)
})

test('a body that is not JSON or too long is refused with a message', async () => {
  const send = async (body: string) => {
    const reply = await fetch(`${running.url}/_kms/restore`, { method: 'POST', body })
    return { status: reply.status, body: await reply.json() }
  }
  expect(await send('{')).toEqual({ status: 400, body: { message: 'The body must be JSON.' } })
  expect(await send(' '.repeat(8_388_609))).toMatchObject({ status: 400, body: { message: /at most 8388608 bytes/ } })
})
