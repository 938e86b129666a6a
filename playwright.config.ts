import { defineConfig } from '@playwright/test'
import { findBrowser } from './tools/browser.ts'

// Each worker loads this file again; only the first process may look for a browser and install one.
if (process.env.TEST_WORKER_INDEX === undefined) {
  const browser = findBrowser()
  if ('executablePath' in browser) process.env.CHROMIUM_PATH = browser.executablePath
}
const executablePath = process.env.CHROMIUM_PATH

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    // Loading the console in a fresh context takes twice the work; `fixtures.ts` removes what Playwright leaves.
    reuseContext: true,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // A page lives for seconds here: making its code fast takes longer than it saves.
      args: ['--no-sandbox', '--disable-background-networking', '--js-flags=--no-opt,--no-maglev'],
    },
  },
})
