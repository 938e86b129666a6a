import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** What Playwright is told: a path, or nothing for the browser of its own. */
export type Browser = { executablePath: string } | Record<never, never>

/** Without windows first: a test takes it a quarter less work. */
const systemBrowsers = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const packages = ['chromium-headless-shell', 'chromium']

const runs = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0

const shows = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'inherit' }).status === 0

function installed(): Browser | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) return { executablePath: named }
  if (existsSync(chromium.executablePath())) return {}
  const found = systemBrowsers.find((name) => runs(name, '--version'))
  if (!found) return undefined
  const path = spawnSync('sh', ['-c', `command -v ${found}`], { encoding: 'utf8' }).stdout.trim()
  return { executablePath: path || found }
}

/**
 * A Chromium to test with: the one named by CHROMIUM_PATH, Playwright's own, one on the PATH; else Playwright's download;
 * else, as root on a Linux with apt, the distribution's package. Throws with one clear message when there is none.
 */
export function findBrowser(): Browser {
  const found = installed()
  if (found) return found
  console.log('No browser found; installing one for the browser tests.')
  if (shows('npx', 'playwright', 'install', 'chromium')) return {}
  const root = process.platform === 'linux' && process.getuid?.() === 0
  const install = (name: string) => shows('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name)
  if (root && shows('apt-get', 'update', '-qq') && packages.some(install)) return installed() ?? {}
  throw new Error(
    'The browser tests need a Chromium and could not install one. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  )
}
