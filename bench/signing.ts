/**
 * Wait of light requests at the local KMS, alone and while 16 clients of another credential sign with RSA-4096.
 * `node bench/signing.ts [CLIENTS]`; needs a build.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { type Figure, type Round, report } from './report/figures.ts'
import { found, kmsAddress, startServer, stopServer } from './server.ts'

/** Rounds of idle and loaded time in turn, so that what else the machine does meets both alike. */
const ROUNDS = 8
/** Milliseconds of each part of a round, and of the pause before it in which running work ends or begins. */
const SPAN = 2500
const SETTLE = 500

const Answer = z.record(z.string(), z.unknown())

interface Caller {
  readonly address: string
  readonly token: string
  readonly organisation: string
}

async function call(caller: Caller, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${caller.address}/v1/kms/nl-01/keys${path}`, {
    method,
    headers: {
      authorization: `Token ${caller.token}`,
      'x-organisation-identity': caller.organisation,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = Answer.parse(await response.json())
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

interface Load {
  readonly caller: Caller
  readonly key: string
  readonly clients: number
  /** Its first number is 1 while the clients sign. */
  readonly isOn: Int32Array
}

/** Signs without pause until the thread is ended, and reports each signature. Runs in a thread of its own. */
async function signOn({ caller, key, clients, isOn }: Load): Promise<void> {
  const client = async () => {
    for (;;) {
      while (Atomics.load(isOn, 0) === 0) await pause(10)
      await call(caller, 'POST', `/${key}/sign`, { input: Buffer.from('what was agreed').toString('base64') })
      parentPort?.postMessage('signed')
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

const share = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

type Requests = Readonly<Record<string, () => Promise<unknown>>>

/** Sends light requests in turn for a while; their times in milliseconds. */
async function probe(requests: Requests): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map(Object.keys(requests).map((name) => [name, [] as number[]]))
  const end = performance.now() + SPAN
  while (performance.now() < end)
    for (const [name, send] of Object.entries(requests)) {
      const began = performance.now()
      await send()
      times.get(name)?.push(performance.now() - began)
      await pause(5)
    }
  return times
}

async function measure(dataDir: string, clients: number): Promise<void> {
  const server = await startServer('kms', dataDir)
  try {
    const exported = (name: string) => found(server.output, new RegExp(`^export ${name}=(.*)$`, 'm'))
    const as = (variable: string): Caller => ({
      address: kmsAddress(server.output),
      token: exported(variable),
      organisation: exported('THALASSA_ORGANISATION_ID'),
    })
    const owner = as('THALASSA_API_TOKEN')
    const create = async (keyType: string) => String((await call(owner, 'POST', '', { name: keyType, keyType })).slug)
    const [light, quick, heavy] = [await create('aes256-gcm96'), await create('ed25519'), await create('rsa-4096')]
    const requests = {
      'read a key': () => call(owner, 'GET', `/${light}`),
      'encrypt with AES': () => call(owner, 'POST', `/${light}/encrypt`, { plaintext: 'aGVsbG8=' }),
      'sign with Ed25519': () => call(owner, 'POST', `/${quick}/sign`, { input: 'aGVsbG8=' }),
    }
    const isOn = new Int32Array(new SharedArrayBuffer(4))
    const load: Load = { caller: as('THALASSA_CRYPTO_TOKEN'), key: heavy, clients, isOn }
    const worker = new Worker(new URL(import.meta.url), { workerData: load })
    let signed = 0
    worker.on('message', () => {
      signed += 1
    })
    const failed = new Promise<never>((_resolve, reject) => void worker.once('error', reject))
    const signatures: Round[] = []
    const waits = new Map<string, Round[]>()
    const rounds = async () => {
      await probe(requests)
      for (let round = 0; round < ROUNDS; round++) {
        const times = []
        for (const on of [0, 1]) {
          Atomics.store(isOn, 0, on)
          await pause(SETTLE)
          const [before, began] = [signed, performance.now()]
          times.push(await probe(requests))
          if (on === 1) signatures.push({ figure: ((signed - before) * 1000) / (performance.now() - began) })
        }
        const [idle, loaded] = times
        for (const name of Object.keys(requests))
          for (const [label, part] of [['p50', 0.5] as const, ['p99', 0.99] as const]) {
            const full = `${name} while others sign, ${label}`
            const [floor, figure] = [idle, loaded].map((one) => share(one?.get(name) ?? [], part))
            waits.set(full, [...(waits.get(full) ?? []), { figure: figure ?? Number.NaN, floor: floor ?? Number.NaN }])
          }
      }
    }
    await Promise.race([failed, rounds()])
    await worker.terminate()
    const ofWaits = [...waits].map(([name, rounds]): Figure => ({ name, unit: 'ms', floor: 'idle', rounds }))
    await report([{ name: `RSA-4096 signatures of ${clients} clients`, unit: '/s', rounds: signatures }, ...ofWaits])
  } finally {
    await stopServer(server)
  }
}

async function run(clients = 16): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-bench-'))
  try {
    await measure(dataDir, clients)
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

if (!isMainThread) await signOn(workerData)
else if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
