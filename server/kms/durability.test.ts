import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { main } from '../testing/program.ts'
import { runs } from '../testing/runs.ts'
import { assertContract } from './exoscale/contract/testing/answers.ts'
import { sign } from './exoscale/testing/server.ts'
import { killRepeatedly } from './testing/kills.ts'
import { base64, type Json, temporaryFolder } from './testing/thalassa-server.ts'

let dataDir: string
const children: ChildProcess[] = []
beforeEach(() => {
  dataDir = temporaryFolder()
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  rmSync(dataDir, { recursive: true })
})

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

interface RunningKms {
  readonly child: ChildProcess
  /** Printed values: `kms` is the address, the others are the variables to export. */
  readonly printed: Readonly<Record<string, string>>
}

/** The program in its own process, in a folder without configuration. */
async function startKms(): Promise<RunningKms> {
  const child = spawn(process.execPath, [main, 'kms', '--port', '0'], {
    cwd: dataDir,
    env: { KMS_DATA_DIR: dataDir, KMS_ENV_FILE: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const printed: Record<string, string> = {}
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^(?:export )?(\w+)(?:: |=)(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) printed[name] = value
    if (name === 'EXOSCALE_API_SECRET') break
  }
  return { child, printed }
}

/** Sends one request and returns its body; throws unless it succeeded. */
type Client = (method: string, path: string, body?: object) => Promise<Json>

async function send(url: string, method: string, headers: Record<string, string>, body: string): Promise<Json> {
  const type = { 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers: { ...headers, ...type }, ...(body !== '' && { body }) })
  const text = await response.text()
  if (url.includes('/v2/')) {
    const { pathname: target } = new URL(url)
    const type = response.headers.get('content-type') ?? undefined
    assertContract({ method, target, status: response.status, type, text }, '2026-11')
  }
  const answer = JSON.parse(text) as Json
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}

const clouds = {
  thalassa: {
    keys: '/v1/kms/nl-01/keys',
    id: 'identity',
    client:
      ({ printed }: RunningKms): Client =>
      (method, path, body) => {
        const headers = {
          authorization: `Token ${printed.THALASSA_PERSONAL_ACCESS_TOKEN}`,
          'x-organisation-identity': `${printed.THALASSA_ORGANISATION_ID}`,
        }
        return send(`${printed.kms}${path}`, method, headers, body ? JSON.stringify(body) : '')
      },
  },
  exoscale: {
    keys: '/v2/kms-key',
    id: 'id',
    client:
      ({ printed }: RunningKms): Client =>
      async (method, path, body) => {
        const text = body ? JSON.stringify(body) : ''
        const credential = { key: `${printed.EXOSCALE_API_KEY}`, secret: `${printed.EXOSCALE_API_SECRET}` }
        const expires = Math.floor(Date.now() / 1000) + 600
        const authorization = await sign({ method, target: path, body: text, credential, expires })
        return send(`${printed.kms}${path}`, method, { authorization }, text)
      },
  },
} as const
type Cloud = keyof typeof clouds

/** Changes that the server acknowledged. */
interface Acknowledged {
  readonly cloud: Cloud
  readonly key: string
  version: number
  readonly sealed: { readonly ciphertext: Json | undefined; readonly plaintext: string }[]
}

/** Creates keys and rotates each once, recording acknowledgements, until all are created or the server ends. */
async function work(
  cloud: Cloud,
  client: Client,
  { worker, keys, done, acknowledge }: { worker: string; keys: number; done: Acknowledged[]; acknowledge: () => void },
): Promise<void> {
  const { keys: path, id } = clouds[cloud]
  const encrypt = async (known: Acknowledged) => {
    const plaintext = base64(`${known.key} version ${known.version}`)
    const { ciphertext } = await client('POST', `${path}/${known.key}/encrypt`, { plaintext })
    known.sealed.push({ ciphertext, plaintext })
  }
  for (let nth = 0; nth < keys; nth += 1) {
    const made = await client('POST', path, { name: `${worker} ${nth}` })
    const known: Acknowledged = { cloud, key: String(made[id]), version: 1, sealed: [] }
    done.push(known)
    acknowledge()
    await encrypt(known)
    await client('POST', `${path}/${known.key}/rotate`)
    known.version = 2
    acknowledge()
    await encrypt(known)
  }
}

async function check(running: RunningKms, { cloud, key, version, sealed }: Acknowledged): Promise<void> {
  const client = clouds[cloud].client(running)
  const path = `${clouds[cloud].keys}/${key}`
  const found = await client('GET', path)
  expect(found[clouds[cloud].id]).toBe(key)
  if (cloud === 'thalassa') expect(Number(found.latestVersion)).toBeGreaterThanOrEqual(version)
  for (const { ciphertext, plaintext } of sealed)
    expect((await client('POST', `${path}/decrypt`, { ciphertext })).plaintext).toBe(plaintext)
}

it('keeps all acknowledged changes when it is killed repeatedly during 200 creations and rotations', async () => {
  const all: Acknowledged[] = []
  const kills = fc.sample(fc.integer({ min: 10, max: 190 }), { seed: 20261122, numRuns: runs(3) })
  const credentials: object[] = []
  for (const [round, after] of kills.entries()) {
    const running = await startKms()
    const { kms, THALASSA_API_ENDPOINT, EXOSCALE_API_ENDPOINT, ...kept } = running.printed
    credentials.push(kept)
    let acknowledged = 0
    const acknowledge = () => {
      acknowledged += 1
      if (acknowledged === after) running.child.kill('SIGKILL')
    }
    const workers = (['thalassa', 'exoscale'] as const).flatMap((cloud) =>
      ['a', 'b'].map((worker) =>
        work(cloud, clouds[cloud].client(running), {
          worker: `round ${round} worker ${worker}`,
          keys: 25,
          done: all,
          acknowledge,
        }),
      ),
    )
    const ends = await Promise.allSettled(workers)
    const failures = ends.filter((end) => end.status === 'rejected')
    expect(failures.length).toBeGreaterThan(0)
    // Error that `fetch` throws for a cut connection; an answer with an error status is another kind.
    for (const { reason } of failures) expect(reason).toBeInstanceOf(TypeError)
    expect(acknowledged).toBeGreaterThanOrEqual(after)
    await kill(running.child)
    expect(running.child.signalCode).toBe('SIGKILL')
  }
  const running = await startKms()
  expect(credentials).toEqual(credentials.map(() => credentials[0]))
  expect(all.length).toBeGreaterThan(16 * kills.length)
  for (const known of all) await check(running, known)
})

it('verifies with the keys of each kind that were created before a kill', async () => {
  const kinds = [
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
    ['ECC_EDWARDS25519', 'EDDSA_ED25519'],
    ['RSA_3072', 'RSASSA_PSS_SHA_256'],
    ['ML_DSA_65', 'ML_DSA_SHAKE_256'],
  ] as const
  const { keys } = clouds.exoscale
  const running = await startKms()
  const before = clouds.exoscale.client(running)
  const signed: { readonly path: string; readonly body: object }[] = []
  for (const [spec, algorithm] of kinds) {
    const { id } = await before('POST', keys, { name: spec, usage: 'sign-verify', 'key-spec': spec })
    const asked = { message: base64(spec), 'signing-algorithm': algorithm }
    const { signature } = await before('POST', `${keys}/${id}/sign`, asked)
    signed.push({ path: `${keys}/${id}/verify`, body: { ...asked, signature } })
  }
  await kill(running.child)
  const after = clouds.exoscale.client(await startKms())
  for (const { path, body } of signed)
    expect(await after('POST', path, body)).toMatchObject({ 'signature-valid': true })
})

it('has an audit row for each change, and a change for each row, when it is killed under 12 writers', async () => {
  const tally = await killRepeatedly({ program: main, dataDir }, { kills: runs(20), writers: 12 })
  expect(tally).toMatchObject({ lost: 0, withoutAudit: 0, auditWithoutChange: 0, findings: 0 })
  expect(tally.stored).toBeGreaterThanOrEqual(tally.acknowledged)
})
