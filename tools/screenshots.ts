/**
 * Takes pictures of the demo console; needs a build and a Chromium. `npm run screenshots` makes those that README and docs
 * show, `npm run screenshots -- --all FOLDER` every screen, wide and narrow, to look at.
 */
import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.ts'
import { screens } from './screens.ts'

const { values } = parseArgs({ options: { all: { type: 'string' }, only: { type: 'string' } } })
const folder = values.all ?? 'docs/images'

const wide = { suffix: '', viewport: { width: 1440, height: 900 } }
const narrow = { suffix: '-390', viewport: { width: 390, height: 844 } }
const sizes = values.all === undefined ? [wide] : [wide, narrow]

async function startDemo() {
  const child = spawn(process.execPath, ['server/main.ts', 'demo', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const address = /^console: (http:\S+)$/m.exec(output)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  })
  return { url, stop: () => child.kill('SIGTERM') }
}

const demo = await startDemo()
// Without windows a browser rounds the width of letters unless told, and no person's browser does.
const args = ['--no-sandbox', '--disable-background-networking', '--font-render-hinting=none']
const browser = await chromium.launch({ ...findBrowser(), args })
await mkdir(folder, { recursive: true })
const taken = screens.filter(
  ({ name, shown = false }) => (values.all !== undefined || shown) && (values.only ?? name).split(',').includes(name),
)
let failed = 0
for (const { name, lead } of taken)
  for (const colorScheme of ['light', 'dark'] as const)
    for (const { suffix, viewport } of sizes) {
      const page = await browser.newPage({ baseURL: demo.url, viewport, colorScheme, reducedMotion: 'reduce' })
      page.setDefaultTimeout(10_000)
      const path = `${folder}/${name}-${colorScheme}${suffix}.png`
      try {
        await lead(page)
        await page.waitForLoadState('networkidle')
        await page.screenshot({ path })
        console.log(path)
      } catch (error) {
        failed += 1
        console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await page.close()
    }
await browser.close()
demo.stop()
process.exitCode = failed > 0 ? 1 : 0
