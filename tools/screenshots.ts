/**
 * Takes pictures of the demo console; needs a build and Chromium. `npm run screenshots` creates those of README and docs,
 * and the recording; `npm run screenshots -- --only NAME,NAME` some of them; `npm run screenshots -- --all FOLDER`
 * every screen, wide and narrow, for review.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContextOptions } from '@playwright/test'
import { type Demo, openBrowser, openPage, shoot, startDemo } from './pictures/demo.ts'
import { pictures } from './pictures/pictures.ts'
import { smallPng } from './pictures/pixels.ts'
import { screens } from './pictures/screens.ts'
import { recordTour } from './pictures/tour.ts'

const images = 'docs/images'
const themes = ['light', 'dark'] as const

const { values } = parseArgs({
  options: { all: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
if (values.help) {
  console.log(`Usage: npm run screenshots -- [--only NAME,NAME] [--all FOLDER]

Takes the pictures and the recording of README and docs from the demo console.

  --only NAME,NAME  some of them
  --all FOLDER      every screen, wide and narrow, into a folder
  -h, --help        prints this help`)
  process.exit()
}
const wanted = (name: string) => (values.only ?? name).split(',').includes(name)
let failed = 0

async function take(browser: Browser, demo: Demo, screen: string, path: string, options: BrowserContextOptions) {
  const lead = screens.find(({ name }) => name === screen)?.lead
  if (lead === undefined) throw new Error(`there is no screen ${screen}`)
  const page = await openPage(browser, demo, options)
  try {
    await lead(page)
    // Moves the mouse away from the last click, to avoid its hover state.
    await page.mouse.move(0, 0)
    await writeFile(path, smallPng(await shoot(page)))
    console.log(path)
  } catch (error) {
    failed += 1
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  await page.close()
}

/** Starts a demo for each picture, so that changes for one don't appear in the next. */
async function takePictures(browser: Browser) {
  for (const { name, screen, width, height } of pictures.filter(({ name }) => wanted(name))) {
    const demo = await startDemo()
    for (const colorScheme of themes)
      await take(browser, demo, screen, `${images}/${name}-${colorScheme}.png`, {
        viewport: { width, height },
        deviceScaleFactor: 2,
        colorScheme,
      })
    await demo.stop()
  }
  if (!wanted('tour')) return
  const demo = await startDemo()
  await writeFile(`${images}/tour.gif`, await recordTour(browser, demo))
  console.log(`${images}/tour.gif`)
  await demo.stop()
}

async function takeAll(browser: Browser, folder: string) {
  await mkdir(folder, { recursive: true })
  const demo = await startDemo()
  for (const { name } of screens.filter(({ name }) => wanted(name)))
    for (const colorScheme of themes) {
      const path = `${folder}/${name}-${colorScheme}`
      await take(browser, demo, name, `${path}.png`, { viewport: { width: 1440, height: 900 }, colorScheme })
      await take(browser, demo, name, `${path}-390.png`, { viewport: { width: 390, height: 844 }, colorScheme })
    }
  await demo.stop()
}

const browser = await openBrowser()
await (values.all === undefined ? takePictures(browser) : takeAll(browser, values.all))
await browser.close()
process.exitCode = failed > 0 ? 1 : 0
