/**
 * Speed of file encryption and decryption in a browser, relative to the browser's own cipher on chunks of the
 * same size in the same page, and memory of the page's process. `node bench/files.ts [MEGABYTES]`; needs a build.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'

const MEGABYTE = 1_000_000
const patience = { timeout: 600_000 }

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Incompressible bytes. */
async function makeFile(path: string, megabytes: number): Promise<void> {
  const block = randomBytes(MEGABYTE)
  const file = await open(path, 'w')
  for (let written = 0; written < megabytes; written++) {
    block.writeUInt32BE(written)
    await file.write(block)
  }
  await file.close()
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

/** Bytes per second that the browser's ChaCha20-Poly1305 encrypts, for a number of parallel 64 KiB chunks. */
const rawRate = (page: Page, inFlight: number): Promise<number> =>
  page.evaluate(async (lanes) => {
    const name = 'ChaCha20-Poly1305'
    const rawSecret: string = 'raw-secret'
    const key = await crypto.subtle.importKey(rawSecret as 'raw', new Uint8Array(32), name, false, ['encrypt'])
    const chunk = new Uint8Array(65_536)
    let left = 4096
    const lane = async () => {
      while (left-- > 0)
        await crypto.subtle.encrypt({ name, iv: crypto.getRandomValues(new Uint8Array(12)) }, key, chunk)
    }
    const started = performance.now()
    await Promise.all(Array.from({ length: lanes }, lane))
    return (4096 * 65_536 * 1000) / (performance.now() - started)
  }, inFlight)

interface Raw {
  readonly one: number
  readonly many: number
}

const rawRates = async (page: Page): Promise<Raw> => ({ one: await rawRate(page, 1), many: await rawRate(page, 16) })

const mean = (one: number, other: number) => (one + other) / 2

/** Memory of the page's process in bytes; undefined if the system doesn't report it. */
async function memoryOf(context: BrowserContext, page: Page): Promise<() => number | undefined> {
  const session = await context
    .browser()
    ?.newBrowserCDPSession()
    .catch(() => undefined)
  const own = session ?? (await context.newCDPSession(page))
  const answer = await own.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }))
  const renderers = answer.processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => `/proc/${id}/status`)
  return () => {
    const sizes = renderers
      .filter((status) => existsSync(status))
      .map((status) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024)
    return sizes.length === 0 ? undefined : Math.max(...sizes)
  }
}

/** Maximum and last of a value that is read four times a second. */
function watch(read: () => number | undefined) {
  const seen: number[] = []
  const look = () => {
    const now = read()
    if (now !== undefined) seen.push(now)
  }
  look()
  const timer = setInterval(look, 250)
  return () => {
    clearInterval(timer)
    return seen
  }
}

const inMegabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(0)

/**
 * Touches several times the memory that the work needs: the host of a virtual machine reclaims
 * idle pages, and faulting them in again can take longer than the work.
 */
function touchMemory(bytes: number): void {
  const gigabytes = Math.floor(Math.min(6 * bytes, freemem() / 2) / 1e9)
  spawnSync(process.execPath, ['--eval', `Array.from({ length: ${gigabytes} }, () => Buffer.alloc(1e9, 1))`])
}

interface Leg {
  readonly name: 'Encrypt' | 'Decrypt'
  readonly page: Page
  readonly from: string
  readonly to: string
  readonly bytes: number
  readonly memory: () => number | undefined
}

/** Encrypts or decrypts: chooses the file, presses the button, waits for the report and for the saved result. */
async function travel({ name, page, from, to, bytes, memory }: Leg, before: Raw) {
  await page.getByLabel(`File to ${name.toLowerCase()}`).setInputFiles(from)
  const act = page.getByRole('button', { name, exact: true })
  await act.and(page.locator(':not([aria-disabled])')).waitFor(patience)
  // Pending writes must not disturb the measurement, and reads must come from memory.
  spawnSync('sync')
  await digest(from)
  touchMemory(bytes)
  const stop = watch(memory)
  const saved = page.waitForEvent('download', patience)
  // Times are taken in the page, to exclude the time of the driver.
  await page.evaluate(() => {
    const { body } = document
    const of = (name: string) => [...body.querySelectorAll('button')].some((button) => button.textContent === name)
    addEventListener('click', () => performance.mark('pressed'), { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (!of('Save again')) return
      performance.mark('done')
      observer.disconnect()
    })
    observer.observe(body, { childList: true, subtree: true })
  })
  await act.click()
  await page.getByRole('button', { name: 'Save again' }).waitFor(patience)
  const milliseconds = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN
    return at('done') - at('pressed')
  })
  const rate = (bytes * 1000) / milliseconds
  const seen = stop()
  await (await saved).saveAs(to)
  const after = await rawRates(page)
  const one = mean(before.one, after.one)
  const many = mean(before.many, after.many)
  say(
    `  ${name}: ${inMegabytes(rate)} MB/s; ${(rate / one).toFixed(2)} of the raw rate with one chunk at a time (${inMegabytes(one)} MB/s), ` +
      `${(rate / many).toFixed(2)} with 16 (${inMegabytes(many)} MB/s)`,
  )
  if (seen.length > 0)
    say(
      `    page’s process: ${inMegabytes(seen[0] ?? 0)} MB before, at most ${inMegabytes(Math.max(...seen))} MB, ${inMegabytes(seen.at(-1) ?? 0)} MB at the end`,
    )
  return after
}

async function inTerminal(file: string, output: string, bytes: number, environment: Record<string, string>) {
  spawnSync('sync')
  const started = performance.now()
  const child = spawn(process.execPath, ['server/decrypt-file.ts', file, '-o', output], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`decrypt-file ended with ${status}`)
  say(`  In a terminal: ${inMegabytes((bytes * 1000) / (performance.now() - started))} MB/s, start and call included`)
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

async function measure(folder: string, megabytes: number): Promise<void> {
  const [plain, sealed, opened] = ['file', 'file.age', 'opened'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const bytes = megabytes * MEGABYTE
  await makeFile(plain, megabytes)
  const environment = { KMS_DATA_DIR: join(folder, 'data') }
  const server = await start('console', environment)
  // A profile on disk, because a private window keeps files in memory.
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}/playground?op=file&key=thalassa/nl-01/${await newKey(server.url)}`)
    const memory = await memoryOf(context, page)
    const leg = { page, bytes, memory }
    const first = await rawRates(page)
    const second = await travel({ ...leg, name: 'Encrypt', from: plain, to: sealed }, first)
    await page.getByRole('radio', { name: 'Decrypt a file' }).click()
    await travel({ ...leg, name: 'Decrypt', from: sealed, to: opened }, second)
  } finally {
    await context.close()
    await server.stop()
  }
  const expected = await digest(plain)
  if ((await digest(opened)) !== expected) throw new Error('What came back is not what went in.')
  await rm(opened)
  await inTerminal(sealed, opened, bytes, environment)
  if ((await digest(opened)) !== expected) throw new Error('What the terminal made is not what went in.')
  say('  All the same bytes (SHA-256).')
}

/** Number of copies on disk: original, results, and the browser's copies. */
const COPIES = 5

/** @param wanted megabytes; reduced if the disk is too full */
export async function run(wanted = 1074): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir())
  const megabytes = Math.min(wanted, Math.floor((bavail * bsize) / MEGABYTE / (COPIES + 1)))
  say(`Files: ${megabytes} MB there and back, in Chromium`)
  const folder = await mkdtemp(join(tmpdir(), 'bench-files-'))
  try {
    await measure(folder, megabytes)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
