import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Launch options: a path, or none for Playwright's own browser. */
export type Browser = { executablePath: string } | Record<never, never>

/** Headless shell of Chromium: a test takes a third less work than with the full browser. */
const HEADLESS_SHELL = 'chromium-headless-shell'

const systemBrowsers = [
  HEADLESS_SHELL,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]

const runs = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0

const shows = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'inherit' }).status === 0

function onPath(name: string): Browser {
  const path = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()
  return { executablePath: path || name }
}

const isAptRoot = () => process.platform === 'linux' && process.getuid?.() === 0 && runs('apt-get', '--version')

const install = (name: string) =>
  shows('apt-get', 'update', '-qq') && shows('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name)

/**
 * Chromium for tests: from CHROMIUM_PATH, Playwright's own, or on the PATH. As root on Linux with
 * apt, a missing headless shell is installed, also beside a full Chromium; elsewhere Playwright's download
 * is, if there is no browser. Throws an error with one clear message without any browser.
 */
export function findBrowser(): Browser {
  const named = process.env.CHROMIUM_PATH
  if (named) return { executablePath: named }
  if (existsSync(chromium.executablePath())) return {}
  const found = systemBrowsers.find((name) => runs(name, '--version'))
  if (found === HEADLESS_SHELL) return onPath(found)
  if (isAptRoot()) {
    console.log(`Installing ${HEADLESS_SHELL} for the browser tests.`)
    if (install(HEADLESS_SHELL)) return onPath(HEADLESS_SHELL)
  }
  if (found) return onPath(found)
  console.log('No browser found; installing one for the browser tests.')
  if (shows('npx', 'playwright', 'install', 'chromium')) return {}
  if (isAptRoot() && install('chromium')) return onPath('chromium')
  throw new Error(
    'The browser tests need a Chromium and could not install one. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  )
}
