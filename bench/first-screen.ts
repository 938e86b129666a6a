/**
 * The first screen, cold and at a fourth of the processor's speed: the list of keys beside another console's list.
 * `node bench/first-screen.ts [ROUNDS]`; needs a build. `BENCH_PEER_DIR` names the folder of that console's build, with its
 * API mocked, and `BENCH_PEER_PATH` its list, `/projects` by default; without it the other page is React alone.
 */
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'
import { buildBarePage } from './bare-page.ts'
import { type Figure, type Goal, report } from './report/figures.ts'
import { serveFolder } from './static-server.ts'

const SLOW_DOWN = 4
const COUNTS = [42, 10_000]

interface Screen {
  /** kB, gzip. */
  readonly script: number
  readonly requests: number
  readonly elements: number
  /** Milliseconds since the navigation began. */
  readonly firstPaint: number
  readonly largestPaint: number
  /** Milliseconds of tasks beyond their first 50. */
  readonly blocking: number
}

type Timings = Pick<Screen, 'firstPaint' | 'largestPaint' | 'blocking'>

declare global {
  interface Window {
    /** `busyAt`: end of the last long task or request. */
    timings: { -readonly [Name in keyof Timings]: number } & { busyAt: number }
  }
}

/** Runs in the page, before its own code. */
function record() {
  const timings = { firstPaint: 0, largestPaint: 0, blocking: 0, busyAt: 0 }
  window.timings = timings
  const watch = (type: string, seen: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(seen)).observe({ type, buffered: true })
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') timings.firstPaint = startTime
  })
  watch('largest-contentful-paint', ({ startTime }) => {
    timings.largestPaint = startTime
  })
  watch('longtask', ({ startTime, duration }) => {
    timings.blocking += duration - 50
    timings.busyAt = Math.max(timings.busyAt, startTime + duration)
  })
  watch('resource', ({ startTime, duration }) => {
    timings.busyAt = Math.max(timings.busyAt, startTime + duration)
  })
}

const hasRows = () =>
  document.querySelectorAll('tbody td').length > 0 && document.querySelector('[aria-busy="true"]') === null

/** Milliseconds without a request and a long task, after which a page is at rest. */
const REST = 1_000

async function rest(page: Page): Promise<void> {
  await page.waitForFunction(hasRows, null, { timeout: 120_000 })
  await page.waitForLoadState('networkidle')
  await page.waitForFunction((span) => performance.now() - window.timings.busyAt > span, REST, { timeout: 120_000 })
}

async function open(browser: Browser, url: string): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(record)
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
    const sizes: Promise<number>[] = []
    let requests = 0
    let isAtRest = false
    page.on('response', (response) => {
      if (isAtRest) return
      requests += 1
      if (!response.headers()['content-type']?.includes('javascript')) return
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length))
    })
    await page.goto(url, { waitUntil: 'commit' })
    await rest(page)
    isAtRest = true
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    const elements = await page.evaluate(() => document.querySelectorAll('*').length)
    return { script: bytes / 1000, requests, elements, ...(await page.evaluate(() => window.timings)) }
  } finally {
    await context.close()
  }
}

interface Other {
  readonly name: string
  readonly url: string
  readonly isPeer: boolean
  readonly close: () => Promise<void>
}

async function openOther(answer: string): Promise<Other> {
  const { BENCH_PEER_DIR: folder, BENCH_PEER_PATH: path = '/projects' } = process.env
  if (folder) {
    const { url, close } = await serveFolder(folder)
    return { name: `${path} of the console in ${folder}`, url: `${url}${path}`, isPeer: true, close }
  }
  const bare = await buildBarePage(answer)
  const { url, close } = await serveFolder(bare.folder)
  return {
    name: 'React alone with as many rows of the same answer',
    url,
    isPeer: false,
    async close() {
      await close()
      await bare.remove()
    },
  }
}

interface Pair {
  readonly ours: Screen
  readonly other: Timings
}

/** Of the rounds before and after, which are on either side of what is measured. */
const meanOf = (before: Timings, after: Timings): Timings => ({
  firstPaint: (before.firstPaint + after.firstPaint) / 2,
  largestPaint: (before.largestPaint + after.largestPaint) / 2,
  blocking: (before.blocking + after.blocking) / 2,
})

async function measure(browser: Browser, count: number, rounds: number): Promise<readonly Figure[]> {
  process.stderr.write(`First screen with ${count} keys\n`)
  const server = await start('demo', {}, 0, ['--keys', String(count)])
  try {
    const answer = await (await fetch(`${server.url}/api/thalassa/v1/kms/nl-01/keys`)).text()
    const other = await openOther(answer)
    try {
      const pairs: Pair[] = []
      let before = await open(browser, other.url)
      for (let round = 0; round < rounds; round++) {
        const ours = await open(browser, `${server.url}/keys`)
        const after = await open(browser, other.url)
        pairs.push({ ours, other: meanOf(before, after) })
        before = after
      }
      return figuresOf(count, other, pairs)
    } finally {
      await other.close()
    }
  } finally {
    await server.stop()
  }
}

function figuresOf(count: number, other: Other, pairs: readonly Pair[]): readonly Figure[] {
  const of = `list of ${count.toLocaleString('en')} keys`
  const size = (name: keyof Screen, words: string, unit: Figure['unit'], goal: Goal): Figure => ({
    name: `${words}, ${of}`,
    unit,
    rounds: pairs.map(({ ours }) => ({ figure: ours[name] })),
    goal,
  })
  const time = (name: keyof Timings, words: string, atMost: number): Figure => ({
    name: `${words}, ${of}`,
    unit: 'ms',
    floor: other.name,
    rounds: pairs.map(({ ours, other: { [name]: floor } }) => ({ figure: ours[name], floor: Math.max(1, floor) })),
    ...(other.isPeer ? { goal: { atMost } } : {}),
  })
  return [
    size('script', 'JavaScript that travels, gzip', 'kB', { atMost: 150 }),
    size('requests', 'Requests until rest', 'requests', { atMost: 25 }),
    size('elements', 'Elements on the page', 'elements', { atMost: 900 }),
    time('firstPaint', 'First paint', 0.4),
    time('largestPaint', 'Largest paint', 0.6),
    time('blocking', 'Blocking time', 0.4),
  ]
}

const rounds = Math.max(5, Number(process.argv[2] ?? 5))
const browser = await chromium.launch({
  ...findBrowser(),
  args: ['--no-sandbox', '--disable-background-networking'],
})
try {
  const figures: Figure[] = []
  for (const count of COUNTS) figures.push(...(await measure(browser, count, rounds)))
  await report(figures)
} finally {
  await browser.close()
}
