/** Demo server for pictures, with pages that are identical to the pixel in each run. */
import { spawn } from 'node:child_process'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { chromium } from '@playwright/test'
import { findBrowser } from '../browser.ts'
import { pictureTime } from './time.ts'

export interface Demo {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Environment without credentials. */
export async function startDemo(): Promise<Demo> {
  const args = ['--import', './tools/pictures/repeatable.ts', 'server/main.ts', 'demo', '--port', '0']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const address = /^console: (http:\S+)$/m.exec(output)?.[1]
      if (address) resolve(address)
    })
    void ended.then((code) => reject(new Error(`the demo ended with ${code}`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      // Headless browsers round glyph widths by default, other browsers don't.
      '--font-render-hinting=none',
      // Partial drawing changes rounded corners by one colour step between runs.
      '--disable-partial-raster',
      '--num-raster-threads=1',
    ],
  })

/** Page whose clock is fixed at the demo's time, and whose requests are answered one after the other. */
export async function openPage(browser: Browser, demo: Demo, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage({
    baseURL: demo.url,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Playwright hides the caret and stops animations with a style sheet, which the page's policy refuses.
    bypassCSP: true,
    ...options,
  })
  page.setDefaultTimeout(10_000)
  await page.clock.setFixedTime(pictureTime)
  let last: Promise<unknown> = Promise.resolve()
  await page.route('**/api/**', (route) => {
    last = last.then(async () => route.fulfill({ response: await route.fetch() })).catch(() => undefined)
    return last
  })
  return page
}

/** Milliseconds that replace every measured duration. */
const DURATION = '12'

/** Replaces measured durations by a constant. */
const fixDurations = (page: Page) =>
  page.evaluate(async (duration) => {
    await document.fonts.ready
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode
      node.nodeValue = (node.nodeValue ?? '').replace(/\d[\d,]*(?= ms$)/, duration)
    }
  }, DURATION)

/** Maximum number of screenshots until a page is stable. */
const TRIES = 20

/** Screenshot of the stable page, as PNG. @throws Error if it keeps changing */
export async function shoot(page: Page): Promise<Uint8Array> {
  await page.waitForLoadState('networkidle')
  let last: Buffer | undefined
  for (let tries = 0; tries < TRIES; tries += 1) {
    await fixDurations(page)
    const png = await page.screenshot({ animations: 'disabled' })
    if (last?.equals(png)) return png
    last = png
    await page.waitForTimeout(200)
  }
  throw new Error('the screen does not come to rest')
}
