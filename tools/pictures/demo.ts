/** A demo to take pictures of, and pages of it that are the same to the last pixel at each run. */
import { spawn } from 'node:child_process'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { chromium } from '@playwright/test'
import { findBrowser } from '../browser.ts'
import { pictureTime } from './time.ts'

export interface Demo {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Without credentials, whatever the environment has: a demonstration reads none. */
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
      // A browser without windows rounds the width of letters unless told, and no person's browser does.
      '--font-render-hinting=none',
      // Drawn piece by piece, a rounded corner differs by one step of a colour from run to run.
      '--disable-partial-raster',
      '--num-raster-threads=1',
    ],
  })

/** A page whose clock stands at the demo's time, and whose requests are answered one after the other. */
export async function openPage(browser: Browser, demo: Demo, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage({ baseURL: demo.url, reducedMotion: 'reduce', locale: 'en-GB', ...options })
  page.setDefaultTimeout(10_000)
  await page.clock.setFixedTime(pictureTime)
  let last: Promise<unknown> = Promise.resolve()
  await page.route('**/api/**', (route) => {
    last = last.then(async () => route.fulfill({ response: await route.fetch() })).catch(() => undefined)
    return last
  })
  return page
}

/** Milliseconds in place of every measured duration. */
const DURATION = '12'

/** Waits until nothing on the page is about to change, and puts one figure in place of measured durations. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async (duration) => {
    await document.fonts.ready
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode
      node.nodeValue = (node.nodeValue ?? '').replace(/\d[\d,]*(?= ms$)/, duration)
    }
  }, DURATION)
}
