import { defineConfig } from '@playwright/test'
import { findBrowser } from './tools/browser.ts'

// Each worker loads this file again; only the first process may look for a browser and install one.
if (process.env.TEST_WORKER_INDEX === undefined) {
  const browser = findBrowser()
  if ('executablePath' in browser) process.env.CHROMIUM_PATH = browser.executablePath
}
const executablePath = process.env.CHROMIUM_PATH

/** What a release stands on: `npm test` runs these files, `npm run test:all` the others too. */
const core = [
  'accessibility',
  'code-runs',
  'faults-*',
  'keyboard-tasks',
  'main-path',
  'playground-memory',
  'read-only',
  'secrets',
  'sign-in',
].map((name) => `**/e2e/${name}.spec.ts`)

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'core', testMatch: core },
    { name: 'more', testIgnore: core },
  ],
  fullyParallel: false,
  // A test waits for a third of its time.
  workers: '150%',
  forbidOnly: true,
  retries: 0,
  // Each bounds what hangs; a busy machine takes many times as long as a quiet one.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Loading the console in a fresh context takes twice the work; `fixtures.ts` removes what Playwright leaves.
    reuseContext: true,
    // Tests of motion itself ask for it.
    reducedMotion: 'reduce',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // A page lives for seconds here: making its code fast takes longer than it saves.
      args: ['--no-sandbox', '--disable-background-networking', '--js-flags=--no-opt,--no-maglev'],
    },
  },
})
