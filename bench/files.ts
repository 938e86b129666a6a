/**
 * Encryption and decryption of a file in the console's page, beside the browser's own cipher in the same page, and the memory
 * that a large file takes beside a small one. `node bench/files.ts [MEGABYTES] [ROUNDS]`; needs a build.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { start } from '../e2e/server.ts'
import { type FileRun, type Operation, openBrowser, rawRate, runFile } from './file-page.ts'
import { type Figure, type Round, report } from './report/figures.ts'

const MEGABYTE = 1_000_000
/** Megabytes of the file whose memory is told beside a larger one's. */
const SMALL = 100
/** Megabytes of memory beyond the page at rest, at most, whatever the size of the file. */
const MOST_MEMORY = 150
/** Megabytes of the raw cipher before and after each run, at most. */
const MOST_RAW = 500
/** Copies of the file that are on disk at a time: results stay for as long as the browser may still be saving them. */
const COPIES = 12

const operations = ['encrypt', 'decrypt'] as const

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Incompressible bytes. */
async function makeFile(path: string, megabytes: number): Promise<string> {
  const block = randomBytes(MEGABYTE)
  const file = await open(path, 'w')
  for (let written = 0; written < megabytes; written++) {
    block.writeUInt32BE(written)
    await file.write(block)
  }
  await file.close()
  return path
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: MEGABYTE })) hash.update(chunk)
  return hash.digest('hex')
}

async function newKey(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/thalassa/v1/kms/nl-01/keys`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'files', keyType: 'aes256-gcm96' }),
  })
  const key: { identity: string } = await answer.json()
  return key.identity
}

interface Sample {
  readonly path: string
  readonly megabytes: number
  readonly digest: string
}

interface Bench {
  readonly page: Page
  readonly url: string
  /** Decrypts a file in a terminal; resolves with the digest of the result. */
  readonly inTerminal: (file: string) => Promise<string>
}

type Both<Value> = Readonly<Record<Operation, Value>>

/** Encrypts a file and decrypts the result, and does `around` before and after each of the two. */
async function thereAndBack(
  { page, url, inTerminal }: Bench,
  { path, megabytes, digest: expected }: Sample,
  around: (operation: Operation) => Promise<void> = async () => undefined,
): Promise<Both<FileRun>> {
  const run = async (operation: Operation, file: string) => {
    await around(operation)
    const done = await runFile(page, url, operation, file)
    await around(operation)
    return done
  }
  const check = (result: string, by: string) => {
    if (result !== expected) throw new Error(`What ${by} decrypted is not what was encrypted.`)
  }
  const encrypt = await run('encrypt', path)
  const sealed = await encrypt.download.path()
  const decrypt = await run('decrypt', sealed)
  check(await digest(await decrypt.download.path()), 'the page')
  await decrypt.download.delete()
  if (megabytes === SMALL) check(await inTerminal(sealed), 'the terminal')
  await encrypt.download.delete()
  return { encrypt, decrypt }
}

type Rounds = Both<Round[]>

interface Measured {
  readonly speed: Rounds
  readonly memory: Rounds
  readonly smallMemory: Rounds
}

const noRounds = (): Rounds => ({ encrypt: [], decrypt: [] })

/** Adds the memory of a round, where the system tells it. */
function addMemory(rounds: Rounds, runs: Both<FileRun>): void {
  for (const operation of operations) {
    const { memory } = runs[operation]
    if (memory !== undefined) rounds[operation].push({ figure: memory / MEGABYTE })
  }
}

/** Rounds of both files in turn, with the raw cipher before and after each run of the large one. */
async function measure(bench: Bench, large: Sample, small: Sample, count: number): Promise<Measured> {
  const [speed, memory, smallMemory] = [noRounds(), noRounds(), noRounds()]
  const rawBytes = Math.min(large.megabytes, MOST_RAW) * MEGABYTE
  for (let nth = 1; nth <= count; nth += 1) {
    const raw: Both<number[]> = { encrypt: [], decrypt: [] }
    const ofSmall = await thereAndBack(bench, small)
    const ofLarge = await thereAndBack(bench, large, async (operation) => {
      raw[operation].push((await rawRate(bench.page, operation, rawBytes)) / MEGABYTE)
    })
    for (const operation of operations) {
      const figure = (large.megabytes * 1000) / ofLarge[operation].milliseconds
      const [before = Number.NaN, after = Number.NaN] = raw[operation]
      speed[operation].push({ figure, floor: (before + after) / 2 })
      say(
        `files: round ${nth} of ${count}, ${operation} ${figure.toFixed(0)} MB/s, cipher ${((before + after) / 2).toFixed(0)}`,
      )
    }
    addMemory(memory, ofLarge)
    addMemory(smallMemory, ofSmall)
  }
  return { speed, memory, smallMemory }
}

const figuresOf = (megabytes: number, { speed, memory, smallMemory }: Measured): Figure[] =>
  operations.flatMap((operation): Figure[] => [
    {
      name: `File of ${megabytes} MB, ${operation}`,
      unit: 'MB/s',
      floor: 'cipher alone',
      rounds: speed[operation],
      goal: { atLeast: 0.7 },
    },
    {
      name: `File of ${megabytes} MB, ${operation}: memory`,
      unit: 'MB',
      rounds: memory[operation],
      goal: { atMost: MOST_MEMORY },
    },
    { name: `Small file of ${SMALL} MB, ${operation}: memory`, unit: 'MB', rounds: smallMemory[operation] },
  ])

async function run(folder: string, megabytes: number, count: number): Promise<void> {
  const at = (name: string) => join(folder, name)
  const sample = async (name: string, size: number): Promise<Sample> => {
    const path = await makeFile(at(name), size)
    return { path, megabytes: size, digest: await digest(path) }
  }
  const environment = { KMS_DATA_DIR: at('data') }
  const server = await start('console', environment)
  const context = await openBrowser(at('profile'))
  try {
    const bench: Bench = {
      page: await context.newPage(),
      url: `${server.url}/playground?op=file&key=thalassa/nl-01/${await newKey(server.url)}`,
      async inTerminal(file) {
        const child = spawn(process.execPath, ['server/decrypt-file.ts', file, '-o', at('opened'), '--force'], {
          env: { ...process.env, ...environment },
          stdio: 'ignore',
        })
        const [status] = await once(child, 'close')
        if (status !== 0) throw new Error(`decrypt-file ended with ${status}.`)
        return digest(at('opened'))
      },
    }
    const figures = await measure(bench, await sample('large', megabytes), await sample('small', SMALL), count)
    await report(figuresOf(megabytes, figures).filter(({ rounds }) => rounds.length > 0))
  } finally {
    await context.close()
    await server.stop()
  }
}

const { bavail, bsize } = await statfs(tmpdir())
const megabytes = Math.min(Number(process.argv[2] ?? 500), Math.floor((bavail * bsize) / MEGABYTE / COPIES))
const folder = await mkdtemp(join(tmpdir(), 'bench-files-'))
try {
  await run(folder, megabytes, Number(process.argv[3] ?? 5))
} finally {
  await rm(folder, { recursive: true, force: true })
}
