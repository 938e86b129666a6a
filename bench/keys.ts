/**
 * Speed of the key list with many keys: loading, search, sorting and scrolling, each relative to a minimum
 * measured in the same browser. `node bench/keys.ts [KEYS]`; needs a build.
 */
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { start } from '../e2e/server.ts'
import { findBrowser } from '../tools/browser.ts'

const patience = { timeout: 180_000 }

const say = (text: string) => void process.stdout.write(`${text}\n`)

interface Watched {
  /** Milliseconds of the longest task that blocked the page; 0 if all took less than 50. */
  readonly longest: number
  readonly longTasks: number
  /** Number of skipped frames. */
  readonly dropped: number
  readonly frames: number
  /** Longest time between two frames in milliseconds. */
  readonly widest: number
}

interface Recorder {
  begin: () => void
  end: () => Watched
}

declare global {
  interface Window {
    recorder: Recorder
  }
}

/** Runs in the page: records long tasks and gaps between frames. */
function record() {
  let tasks: number[] = []
  let gaps: number[] = []
  let last = 0
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'longtask' })
  const frame = (now: number) => {
    if (last > 0) gaps.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.recorder = {
    begin() {
      observer.takeRecords()
      tasks = []
      gaps = []
    },
    end() {
      tasks.push(...observer.takeRecords().map(({ duration }) => duration))
      return {
        longest: Math.max(0, ...tasks),
        longTasks: tasks.length,
        dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0),
        frames: gaps.length,
        widest: Math.max(0, ...gaps),
      }
    },
  }
}

interface Timed extends Watched {
  readonly took: number
}

async function timed(page: Page, act: () => Promise<void>): Promise<Timed> {
  await page.evaluate(() => window.recorder.begin())
  const started = performance.now()
  await act()
  const took = performance.now() - started
  return { took, ...(await page.evaluate(() => window.recorder.end())) }
}

const ms = (value: number) => `${value.toFixed(0)} ms`

function tell(name: string, { took, longest, longTasks, dropped, frames, widest }: Timed, floor?: number) {
  const beside = floor === undefined ? '' : `; ${(took / floor).toFixed(1)} times the floor of ${ms(floor)}`
  say(`  ${name}: ${ms(took)}${beside}`)
  say(
    `    longest task ${longest === 0 ? 'under 50 ms' : ms(longest)}, ${longTasks} over 50 ms; ` +
      `${dropped} of ${frames + dropped} frames dropped, widest gap ${ms(widest)}`,
  )
}

/** Minimum times of the same browser: reading and parsing the list, searching and sorting names. */
const floors = (page: Page) =>
  page.evaluate(async () => {
    const begun = performance.now()
    const keys: { name: string }[] = await (await fetch('/api/thalassa/v1/kms/nl-01/keys')).json()
    const loaded = performance.now()
    const names = keys.map(({ name }) => name)
    const mapped = performance.now()
    const found = names.filter((name) => name.includes('ledger-0'))
    const filtered = performance.now()
    const [first] = names.toSorted()
    const sorted = performance.now()
    return {
      load: loaded - begun,
      filter: filtered - mapped,
      sort: sorted - filtered,
      // The result is used, so that no engine optimises the work away.
      seen: found.length + (first?.length ?? 0),
    }
  })

const idle = (page: Page) =>
  page.waitForFunction(() => document.querySelector('table[aria-label=Keys]:not([aria-busy])') !== null, null, patience)

/** Resolves when all pending changes have been drawn. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(0)} MB`

async function type(page: Page, text: string) {
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await search.click()
  await search.pressSequentially(text, { delay: 60 })
  await idle(page)
  await page
    .getByText(/^[\d,]+ of [\d,]+ keys$/)
    .first()
    .waitFor(patience)
  await drawn(page)
}

async function sortBy(page: Page, column: string) {
  const head = page.getByRole('columnheader', { name: column })
  await head.getByRole('button').click()
  await drawn(page)
  await idle(page)
  await drawn(page)
}

/** Scrolls the window for a number of frames, each by `step` pixels or by its share of the whole list. */
const scroll = (page: Page, frames: number, step?: number) =>
  page.evaluate(
    async ([count, pixels]) => {
      const whole = document.documentElement.scrollHeight
      for (let frame = 1; frame <= count; frame++) {
        if (pixels === undefined) window.scrollTo(0, (whole * frame) / count)
        else window.scrollBy(0, pixels)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    },
    [frames, step] as const,
  )

async function measure(page: Page, session: CDPSession, url: string, keys: number): Promise<void> {
  await page.goto(`${url}/robots.txt`)
  const floor = await floors(page)
  // An empty page as tall as the list.
  await page.evaluate((height) => {
    document.body.style.height = `${height}px`
  }, keys * 40)
  const wheel = await timed(page, () => scroll(page, 120, 240))
  const drag = await timed(page, () => scroll(page, 60))
  await page.goto('about:blank')
  const before = await heap(session)
  const load = await timedLoad(page, url, keys)
  tell('Loading, until every key can be searched', load, floor.load)
  say(`    in memory: ${megabytes((await heap(session)) - before)} of the page’s own objects`)
  const search = 'ledger-0'
  const typing = await timed(page, () => type(page, search))
  tell(
    `Typing “${search}” at 60 ms a letter`,
    { ...typing, took: Math.max(1, typing.took - search.length * 60) },
    floor.filter,
  )
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('')
  await idle(page)
  for (const column of ['Type', 'Name', 'Rotation', 'Status'])
    tell(`Sorting by ${column.toLowerCase()}`, await timed(page, () => sortBy(page, column)), floor.sort)
  await page.evaluate(() => window.scrollTo(0, 0))
  tell('Scrolling 240 pixels in each of 120 frames', await timed(page, () => scroll(page, 120, 240)), wheel.took)
  tell('Dragging the scrollbar over all of it in 60 frames', await timed(page, () => scroll(page, 60)), drag.took)
  await page.evaluate(() => window.scrollTo(0, 0))
  const all = page.getByRole('checkbox', { name: 'Select all keys that are shown' })
  tell(
    'Selecting all',
    await timed(page, async () => {
      await all.click()
      await page.getByRole('toolbar', { name: 'Actions for the selection' }).waitFor(patience)
      await drawn(page)
    }),
  )
}

async function timedLoad(page: Page, url: string, keys: number): Promise<Timed> {
  const started = performance.now()
  await page.goto(`${url}/keys`)
  await page.waitForFunction(
    (wanted) => Number(document.querySelector('table[aria-label=Keys]')?.getAttribute('aria-rowcount')) > wanted,
    keys,
    patience,
  )
  await idle(page)
  const took = performance.now() - started
  return { took, ...(await page.evaluate(() => window.recorder.end())) }
}

export async function run(keys = 100_000): Promise<void> {
  say(`Keys: ${keys.toLocaleString('en')} of them in one region, in Chromium`)
  const begun = performance.now()
  const server = await start('demo', {}, 0, ['--keys', String(keys)])
  say(`  made and started in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  const browser = await chromium.launch({
    ...findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(record)
    await measure(page, await page.context().newCDPSession(page), server.url, keys)
  } finally {
    await browser.close()
    await server.stop()
  }
}

if (import.meta.main) await run(process.argv[2] === undefined ? undefined : Number(process.argv[2]))
