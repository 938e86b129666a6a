/**
 * The key list with many keys: loading, typing, sorting, selecting and scrolling, beside the least that the same browser
 * does. `node bench/keys.ts [KEYS]`; needs a build.
 */
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'
import { type Watched, watchPage } from './keys/watch.ts'
import { type Figure, type Goal, type Round, report } from './report/figures.ts'

const ROUNDS = 5
const LIST = '/api/thalassa/v1/kms/nl-01/keys'
const TYPED = 'ledger-0'
const COLUMNS = ['Type', 'Name', 'Rotation', 'Status', 'Status'] as const
/** Pixels of a row. */
const ROW = 40

const patience = { timeout: 180_000 }

const say = (text: string) => void process.stderr.write(`${text}\n`)

const share = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

/** Bytes of objects and of array buffers. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage')
  return usedSize + backingStorageSize
}

/** Milliseconds until the list is a plain array, which stays in the page. */
const loadPlain = (page: Page) =>
  page.evaluate(async (path) => {
    const begun = performance.now()
    const keys: unknown[] = await (await fetch(path)).json()
    Object.assign(window, { kept: [...keys] })
    return performance.now() - begun
  }, LIST)

async function watched(page: Page, act: () => Promise<unknown>): Promise<Watched> {
  await page.evaluate(() => window.watch.begin())
  await act()
  return page.evaluate(() => window.watch.end())
}

/** Scrolls the window for a number of frames, each by `step` pixels or by its share of the whole. Milliseconds. */
const scroll = (page: Page, frames: number, step?: number) =>
  page.evaluate(
    async ([count, pixels]) => {
      window.scrollTo(0, 0)
      const begun = performance.now()
      const whole = document.documentElement.scrollHeight
      for (let frame = 1; frame <= count; frame++) {
        if (pixels === undefined) window.scrollTo(0, (whole * frame) / count)
        else window.scrollBy(0, pixels)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      return performance.now() - begun
    },
    [frames, step] as const,
  )

const byWheel = (page: Page) => scroll(page, 120, 240)
const byScrollbar = (page: Page) => scroll(page, 60)

async function type(page: Page): Promise<readonly number[]> {
  const { next } = await watched(page, () => page.keyboard.type(TYPED, { delay: 120 }))
  return next
}

/** A bare page: its array, a field on it, and a height as of the list. */
async function measureFloor(page: Page, session: CDPSession, url: string, keys: number) {
  await page.goto(`${url}/robots.txt`)
  const empty = await heap(session)
  const load = await loadPlain(page)
  const bytes = ((await heap(session)) - empty) / keys
  await page.goto(`${url}/robots.txt`)
  await page.evaluate((height) => {
    const field = document.createElement('input')
    const table = document.createElement('table')
    table.setAttribute('aria-label', 'Keys')
    document.body.replaceChildren(field, table)
    document.body.style.height = `${height}px`
    field.focus()
  }, keys * ROW)
  return { load, bytes, next: share(await type(page), 0.95), wheel: await byWheel(page), drag: await byScrollbar(page) }
}

/** Bytes of the page without a key of the region. */
async function measureEmpty(page: Page, session: CDPSession, url: string): Promise<number> {
  await page.route(`${url}${LIST}`, (route) => route.fulfill({ json: [] }))
  await page.goto(`${url}/keys`)
  await page.evaluate(() => window.watch.loaded(0))
  await page.evaluate(() => window.watch.end())
  const bytes = await heap(session)
  await page.unrouteAll()
  return bytes
}

async function measureList(page: Page, session: CDPSession, url: string, keys: number) {
  const empty = await measureEmpty(page, session, url)
  await page.goto(`${url}/keys`)
  const load = await page.evaluate((rows) => window.watch.loaded(rows), keys)
  await page.evaluate(() => window.watch.end())
  // With what the list makes ahead, for sorting and selecting.
  await page.evaluate(() => window.watch.rest())
  const bytes = ((await heap(session)) - empty) / keys

  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await search.click()
  const typed: Watched[] = []
  for (const letter of TYPED) typed.push(await watched(page, () => page.keyboard.press(letter)))
  const found = typed.map(({ settled }) => settled)
  const next = await watched(page, () => search.fill('')).then(() => type(page))
  await watched(page, () => search.fill(''))

  const sorted: Watched[] = []
  for (const column of COLUMNS) {
    const head = page.getByRole('columnheader', { name: column, exact: true }).getByRole('button')
    sorted.push(await watched(page, () => head.click()))
  }

  const selectAll = page.getByRole('checkbox', { name: 'Select all keys that are shown' })
  const toolbar = page.getByRole('toolbar', { name: 'Actions for the selection' })
  // The toolbar’s code comes with the first selection.
  await selectAll.click()
  await toolbar.waitFor(patience)
  await watched(page, () => page.keyboard.press('Escape'))
  const selected = await watched(page, () => selectAll.click())
  await watched(page, () => page.keyboard.press('Escape'))

  const scrolled = async (how: (page: Page) => Promise<number>) => {
    let took = 0
    const { long } = await watched(page, async () => {
      took = await how(page)
    })
    return { took, long }
  }
  return {
    load,
    bytes,
    next,
    found,
    typed,
    sorted,
    selected,
    wheel: await scrolled(byWheel),
    drag: await scrolled(byScrollbar),
  }
}

const longTasks = (all: readonly Watched[]) => all.reduce((sum, { long }) => sum + long, 0)

async function measureRound(context: BrowserContext, url: string, keys: number) {
  const page = await context.newPage()
  page.setDefaultTimeout(patience.timeout)
  try {
    await page.addInitScript(watchPage)
    const session = await context.newCDPSession(page)
    const floor = await measureFloor(page, session, url, keys)
    return { floor, list: await measureList(page, session, url, keys) }
  } finally {
    await page.close()
  }
}

type Measured = Awaited<ReturnType<typeof measureRound>>

const slowest = (all: readonly Watched[]) => Math.max(...all.map(({ settled }) => settled))

function figuresOf(measured: readonly Measured[], keys: number): readonly Figure[] {
  const figure = (
    name: string,
    unit: Figure['unit'],
    read: (round: Measured) => number,
    more: { readonly goal?: Goal; readonly floor?: readonly [string, (floor: Measured['floor']) => number] } = {},
  ): Figure => {
    const { goal, floor } = more
    const rounds = measured.map(
      (round): Round => ({ figure: read(round), ...(floor && { floor: floor[1](round.floor) }) }),
    )
    return { name: `${keys} keys: ${name}`, unit, rounds, ...(floor && { floor: floor[0] }), ...(goal && { goal }) }
  }
  const atMost = (most: number) => ({ goal: { atMost: most } })
  const array = 'the same answer as a plain array'
  const tall = 'an empty page of that height'
  return [
    figure('loaded', 'ms', ({ list }) => list.load, { ...atMost(1.5), floor: [array, ({ load }) => load] }),
    figure('memory of a key', 'bytes', ({ list }) => list.bytes, { floor: [array, ({ bytes }) => bytes] }),
    figure('keystroke to paint, p95', 'ms', ({ list }) => share(list.next, 0.95), atMost(50)),
    figure('keystroke to paint in a bare field, p95', 'ms', ({ floor }) => floor.next),
    figure('keystroke to what is found, p95', 'ms', ({ list }) => share(list.found, 0.95)),
    figure('tasks over 50 ms in typing', 'tasks', ({ list }) => longTasks(list.typed), atMost(0)),
    figure('sorted, slowest column', 'ms', ({ list }) => slowest(list.sorted), atMost(50)),
    figure('tasks over 50 ms in sorting', 'tasks', ({ list }) => longTasks(list.sorted), atMost(0)),
    figure('all selected', 'ms', ({ list }) => list.selected.settled, atMost(100)),
    figure('scrolled by wheel, 120 frames', 'ms', ({ list }) => list.wheel.took, {
      floor: [tall, ({ wheel }) => wheel],
    }),
    figure('tasks over 50 ms by wheel', 'tasks', ({ list }) => list.wheel.long, atMost(0)),
    figure('scrollbar dragged, 60 frames', 'ms', ({ list }) => list.drag.took, { floor: [tall, ({ drag }) => drag] }),
    figure('tasks over 50 ms by scrollbar', 'tasks', ({ list }) => list.drag.long, atMost(0)),
  ]
}

export async function run(keys = 100_000): Promise<void> {
  const server = await start('demo', {}, 0, ['--keys', String(keys)])
  say(`keys: a demo with ${keys.toLocaleString('en')} keys is up`)
  const browser = await chromium.launch({
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const rounds: Measured[] = []
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    for (let round = 1; round <= ROUNDS; round++) {
      rounds.push(await measureRound(context, server.url, keys))
      say(`keys: round ${round} of ${ROUNDS}`)
    }
  } finally {
    await browser.close()
    await server.stop()
  }
  await report(figuresOf(rounds, keys))
}

if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
