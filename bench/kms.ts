/**
 * Costs of the local KMS, alone and within the console: time to start, memory at rest, and how long a list of many keys
 * takes and delays another request. `node bench/kms.ts [KEYS]`; needs a build.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { seedManyKeys } from '../server/kms/thalassa/bulk-seed.ts'
import { type Figure, type Round, report } from './report/figures.ts'
import { consoleAddress, found, kmsAddress, lightAddress, type Server, startServer, stopServer } from './server.ts'

const ROUNDS = 5
/** Milliseconds of rest before memory is measured. */
const REST = 2_000

type Mode = 'kms' | 'console'

const names = { kms: 'the local KMS', console: 'the console with a local KMS' } as const
/** Milliseconds from the start of the program to the first answer, on a core of its own. */
const LONGEST_START = { kms: 500, console: 1_000 } as const
/** Megabytes at rest. */
const MOST_MEMORY = 90

/** Memory of a process in megabytes on Linux; undefined elsewhere. */
function memory({ child }: Server, which: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const kilobytes = new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
    return kilobytes ? Number(kilobytes[1]) / 1000 : undefined
  } catch {
    return undefined
  }
}

const measured = (values: readonly (number | undefined)[]): Round[] =>
  values.flatMap((figure) => (figure === undefined ? [] : [{ figure }]))

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

/** Lists of a server: their times, the waits of other requests meanwhile, and the most memory. */
async function measureLists(mode: Mode, dataDir: string, keys: number): Promise<Figure[]> {
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
    const took: Round[] = []
    const waits: Round[] = []
    for (let nth = 0; nth < ROUNDS; nth++) {
      const floor = await longestWait(light, () => pause(1000))
      const figure = await longestWait(light, async () => {
        took.push({ figure: (await list(ask)).took })
      })
      waits.push({ figure, floor })
    }
    const what = `list of ${keys.toLocaleString('en')} keys from ${names[mode]}`
    return [
      { name: what, unit: 'ms', rounds: took },
      { name: `longest wait beside a ${what}`, unit: 'ms', floor: 'without the list', rounds: waits },
      { name: `most memory with a ${what}`, unit: 'MB', rounds: measured([memory(server, 'VmHWM')]) },
    ]
  } finally {
    await stopServer(server)
  }
}

/** Milliseconds of a Node program that does nothing. */
async function emptyProgram(): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
  await new Promise((done) => child.once('exit', done))
  return performance.now() - began
}

/** Starts on an empty data folder and on one with content, and memory at rest. */
async function measureStarts(mode: Mode): Promise<Figure[]> {
  const [first, later]: [Round[], Round[]] = [[], []]
  const rests: (number | undefined)[] = []
  // The first round is not counted: code is compiled and kept on disk.
  for (let nth = 0; nth <= ROUNDS; nth++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'kms-bench-'))
    for (const rounds of [first, later]) {
      const floor = await emptyProgram()
      const server = await startServer(mode, dataDir)
      if (nth > 0) rounds.push({ figure: server.ready, floor })
      if (nth > 0 && rounds === later) {
        await pause(REST)
        rests.push(memory(server, 'VmRSS'))
      }
      await stopServer(server)
    }
    rmSync(dataDir, { recursive: true })
  }
  const floor = 'an empty Node program'
  return [
    { name: `first start of ${names[mode]}`, unit: 'ms', floor, rounds: first },
    { name: `later start of ${names[mode]}`, unit: 'ms', floor, rounds: later },
    {
      name: `start of ${names[mode]} by the clock`,
      unit: 'ms',
      rounds: later.map(({ figure }) => ({ figure })),
      goal: { atMost: LONGEST_START[mode] },
    },
    { name: `memory of ${names[mode]} at rest`, unit: 'MB', rounds: measured(rests), goal: { atMost: MOST_MEMORY } },
  ]
}

async function run(keys = 100_000): Promise<void> {
  const figures = [...(await measureStarts('kms')), ...(await measureStarts('console'))]
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-bench-'))
  try {
    await seedManyKeys({ dataDir, exoscaleApi: 'reference', now: Date.now(), count: keys, onProgress: () => undefined })
    for (const mode of ['kms', 'console'] as const) figures.push(...(await measureLists(mode, dataDir, keys)))
  } finally {
    rmSync(dataDir, { recursive: true })
  }
  await report(figures.filter(({ rounds }) => rounds.length > 0))
}

if (!isMainThread) await takeList(workerData)
else if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
