import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'
import { type RunningKms, type StartKmsOptions, startKms } from './start-kms.ts'

const start = async (options: StartKmsOptions = {}) => {
  const kms = await startKms(options)
  onTestFinished(kms.stop)
  return kms
}

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-kms-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Call of a program that uses only the variables. */
const call = ({ env }: RunningKms, method: string, path: string, body?: object) =>
  fetch(`${env.THALASSA_API_ENDPOINT}/v1/kms/nl-01/keys${path}`, {
    method,
    headers: {
      authorization: `Token ${env.THALASSA_API_TOKEN}`,
      'x-organisation-identity': env.THALASSA_ORGANISATION_ID,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })

const Names = z.array(z.object({ name: z.string() }))
const namesIn = async (kms: RunningKms) =>
  Names.parse(await (await call(kms, 'GET', '')).json())
    .map(({ name }) => name)
    .sort()

const make = async (kms: RunningKms, name: string) =>
  expect((await call(kms, 'POST', '', { name, keyType: 'aes256-gcm96' })).status).toBe(201)

const seed = { thalassa: { keys: [{ name: 'app', identity: 'kms-app' }] } }

test('encrypts and decrypts with its variables, and is closed after its block', async () => {
  let url = ''
  {
    await using kms = await startKms({ seed })
    url = kms.url
    const plaintext = Buffer.from('hello').toString('base64')
    const encrypted = await call(kms, 'POST', '/app/encrypt', { plaintext })
    const { ciphertext } = z.object({ ciphertext: z.string() }).parse(await encrypted.json())
    const decrypted = await call(kms, 'POST', '/app/decrypt', { ciphertext })
    expect(await decrypted.json()).toMatchObject({ plaintext })
    const zones = await fetch(`${kms.env.EXOSCALE_API_ENDPOINT}/zone`)
    expect(JSON.stringify(await zones.json())).toContain(`${url}/`)
  }
  await expect(fetch(url)).rejects.toThrow()
})

test('resets to its seed, or to a snapshot', async () => {
  const kms = await start({ seed })
  await make(kms, 'one')
  const one = await kms.snapshot()
  await make(kms, 'two')
  expect(await namesIn(kms)).toEqual(['app', 'one', 'two'])
  await kms.restore(one)
  expect(await namesIn(kms)).toEqual(['app', 'one'])
  await kms.reset()
  expect(await namesIn(kms)).toEqual(['app'])
  await expect(kms.restore('unknown')).rejects.toThrow('There is no snapshot of that id.')
})

test('has faults until a reset', async () => {
  const kms = await start({ seed })
  await kms.faults([{ method: 'GET', status: 503 }])
  expect((await call(kms, 'GET', '/app')).status).toBe(503)
  await kms.reset()
  expect((await call(kms, 'GET', '/app')).status).toBe(200)
  await expect(kms.faults([{}])).rejects.toThrow('rules[0].status: is missing')
})

test('moves its clock', async () => {
  const kms = await start({ seed })
  const before = await kms.clock.now()
  expect((await call(kms, 'DELETE', '/app')).status).toBe(200)
  const after = await kms.clock.forward(31)
  expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(31 * 86_400_000)
  expect(await namesIn(kms)).toEqual([])
})

test('keeps a data folder, and reads a seed from a file', async () => {
  const dataDir = newFolder()
  const file = join(dataDir, 'seed.json')
  writeFileSync(file, JSON.stringify(seed))
  const first = await startKms({ dataDir, seed: file })
  await make(first, 'kept')
  await first.stop()
  await first.stop()
  const second = await start({ dataDir })
  expect(await namesIn(second)).toEqual(['app', 'kept'])
  expect(second.env).toEqual({
    ...first.env,
    THALASSA_API_ENDPOINT: second.url,
    EXOSCALE_API_ENDPOINT: `${second.url}/v2`,
  })
  expect(existsSync(join(dataDir, 'kms.sqlite'))).toBe(true)
})

test('reports invalid options', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(startKms({ port })).rejects.toThrow(
    `Can't listen on port ${port} of 127.0.0.1: it is in use. Set port (0 for any free port) or HOST.`,
  )
  await expect(startKms({ seed: { thalassa: { keys: [{ name: '' }] } } })).rejects.toThrow('thalassa.keys[0].name')
  const plain = await start({ test: false })
  await expect(plain.reset()).rejects.toThrow('The test API is off.')
})

test('can be imported by the package’s name in a project that links to it', async () => {
  const project = newFolder()
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(resolve(import.meta.dirname, '..'), join(project, 'node_modules/kms-console'))
  const program = `import { startKms } from 'kms-console/start-kms'
await using kms = await startKms()
console.log((await fetch(kms.env.EXOSCALE_API_ENDPOINT + '/zone')).status)`
  writeFileSync(join(project, 'program.mjs'), program)
  const { stdout } = await promisify(execFile)(process.execPath, [join(project, 'program.mjs')])
  expect(stdout).toBe('200\n')
})
