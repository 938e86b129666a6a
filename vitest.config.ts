import { availableParallelism } from 'node:os'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './tools/browser.ts'

/** Tells a test that hangs from one that is slow on a busy machine; no test is about time. */
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    // On two cores the default is one worker, and much of a test's time is spent waiting for answers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'node',
          include: ['server/**/*.test.ts', 'src/**/*.test.ts', 'tools/**/*.test.ts'],
          environment: 'node',
          pool: 'threads',
          ...timeouts,
        },
      },
      {
        plugins: [react(), tailwindcss()],
        // Found at the start: a package that is found later makes Vite load the page again in the middle of a test.
        optimizeDeps: { entries: ['src/main.tsx', 'src/testing/*.ts*'] },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
          ...timeouts,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            testerHtmlPath: 'src/testing/tester.html',
            viewport: { width: 1280, height: 720 },
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              // A getter: a run without browser tests needs no browser.
              get launchOptions() {
                return { ...findBrowser(), args: ['--no-sandbox', '--js-flags=--no-opt,--no-maglev'] }
              },
              contextOptions: { locale: 'en-GB', reducedMotion: 'reduce' },
              actionTimeout: 15_000,
            }),
          },
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
