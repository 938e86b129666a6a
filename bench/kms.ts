/**
 * Costs of the local KMS: time to start, idle memory, and how long a list of many keys delays another
 * request, at the KMS and at the console's gateway. `node bench/kms.ts [KEYS]`; needs a build.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { seedManyKeys } from '../server/kms/thalassa/bulk-seed.ts'
import { consoleAddress, found, kmsAddress, lightAddress, type Server, startServer, stopServer } from './server.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Memory of a process in megabytes on Linux; undefined elsewhere. */
function memory({ child }: Server, which: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const kilobytes = new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
    return kilobytes ? Number(kilobytes[1]) / 1000 : undefined
  } catch {
    return undefined
  }
}

const megabytes = (value: number | undefined) => (value === undefined ? 'not known here' : `${value.toFixed(0)} MB`)
const ms = (value: number) => `${value.toFixed(0)} ms`
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

interface Ask {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** Repeats a request while `work` runs; returns the longest wait in milliseconds. */
async function longestWait(url: string, work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let ended = false
  const pings = async () => {
    while (!ended) {
      const began = performance.now()
      await (await fetch(url)).arrayBuffer()
      longest = Math.max(longest, performance.now() - began)
      await pause(2)
    }
  }
  const pinging = pings()
  await work()
  ended = true
  await pinging
  return longest
}

/** Runs in a thread of its own, so that receiving the answer does not block the measurement. */
const list = (ask: Ask) =>
  new Promise<{ bytes: number; took: number }>((done, failed) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: ask })
    worker.once('message', done)
    worker.once('error', failed)
  })

async function takeList({ url, headers }: Ask) {
  const { parentPort } = await import('node:worker_threads')
  const began = performance.now()
  const response = await fetch(url, { headers })
  let bytes = 0
  for await (const chunk of response.body ?? []) bytes += chunk.length
  if (!response.ok) throw new Error(`the list answered ${response.status}`)
  parentPort?.postMessage({ bytes, took: performance.now() - began })
}

async function measureList(mode: 'kms' | 'console', dataDir: string): Promise<void> {
  const server = await startServer(mode, dataDir)
  try {
    const { output } = server
    const ask: Ask =
      mode === 'kms'
        ? {
            url: `${kmsAddress(output)}/v1/kms/nl-01/keys`,
            headers: {
              authorization: `Token ${found(output, /^export THALASSA_PERSONAL_ACCESS_TOKEN=(.*)$/m)}`,
              'x-organisation-identity': found(output, /^export THALASSA_ORGANISATION_ID=(.*)$/m),
            },
          }
        : { url: `${consoleAddress(output)}/api/thalassa/v1/kms/nl-01/keys`, headers: { 'accept-encoding': 'gzip' } }
    const light = lightAddress(mode, output)
    const floor = await longestWait(light, () => pause(1000))
    let listed = { bytes: 0, took: 0 }
    const wait = await longestWait(light, async () => {
      listed = await list(ask)
    })
    say(`  from the ${mode === 'kms' ? 'KMS' : 'console’s gateway'}:`)
    say(`    ${(listed.bytes / 1e6).toFixed(1)} MB in ${ms(listed.took)}`)
    say(`    longest wait of another request: ${ms(wait)}; without the list ${ms(floor)}`)
    say(`    memory at its peak: ${megabytes(memory(server, 'VmHWM'))}`)
  } finally {
    await stopServer(server)
  }
}

async function measureStart(): Promise<void> {
  const starts: number[] = []
  const rests: number[] = []
  for (let round = 0; round < 5; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'kms-bench-'))
    const server = await startServer('kms', dataDir)
    starts.push(server.ready)
    await pause(2000)
    const rest = memory(server, 'VmRSS')
    if (rest !== undefined) rests.push(rest)
    await stopServer(server)
    rmSync(dataDir, { recursive: true })
  }
  const floors: number[] = []
  for (let round = 0; round < 5; round++) {
    const began = performance.now()
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
    await new Promise((done) => child.once('exit', done))
    floors.push(performance.now() - began)
  }
  const [start, floor] = [median(starts), median(floors)]
  say(
    `  cold start, an empty data folder: ${ms(start)}; ${(start / floor).toFixed(1)} times an empty program’s ${ms(floor)}`,
  )
  say(`  memory at rest: ${megabytes(rests.length > 0 ? median(rests) : undefined)}`)
}

async function run(keys = 100_000): Promise<void> {
  say(`Local KMS, alone and with ${keys.toLocaleString('en')} keys in one region`)
  await measureStart()
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-bench-'))
  try {
    await seedManyKeys({ dataDir, exoscaleApi: 'reference', now: Date.now(), count: keys, onProgress: () => undefined })
    for (const mode of ['kms', 'console'] as const) await measureList(mode, dataDir)
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

if (!isMainThread) await takeList(workerData)
else if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
