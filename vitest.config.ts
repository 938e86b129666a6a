import { existsSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './tools/browser.ts'

// Dates are shown in the zone of the machine; tests read them in one zone everywhere.
process.env.TZ = 'UTC'

/** Tells a test that hangs from one that is slow on a busy machine; no test is about time. */
const timeouts = { testTimeout: 900_000, hookTimeout: 900_000 }

const longTests = ['**/*.long.test.ts']

/** Tests that speak HTTP to a server of their own or start a program. */
const contractTests = [
  'server/*.test.ts',
  'server/{access,commands,files,records}/**/*.test.ts',
  'server/kms/*.test.ts',
  'server/kms/shared/*.test.ts',
].concat('server/kms/{exoscale,thalassa,test-api}/**/*.test.ts')

/** Tests that `npm test` runs in part and the project `long` in full: those that use `runs` or `sample`. */
const repeated = [
  'server/kms/**/*{fuzz,model}.test.ts',
  'server/kms/crypto/{prehashed,weak-import}.test.ts',
  'server/kms/durability.test.ts',
  'server/kms/thalassa/{bring-your-own-key,properties}.test.ts',
  'server/kms/exoscale/contract/violations.test.ts',
]

/** A run of all tests begins with `npm test`, and would run these files twice. */
const runInFullLater = process.env.KMS_TEST_RUNS === 'all' ? repeated : []

const MEMORY = '/dev/shm'
const ENOUGH_BYTES = 2 ** 30

/** Files of tests are kept in memory where Linux has room for them: a test server syncs each change to its disk. */
const hasMemory = existsSync(MEMORY) && statfsSync(MEMORY).bavail * statfsSync(MEMORY).bsize > ENOUGH_BYTES
const temporaryFolder = hasMemory ? { TMPDIR: MEMORY } : {}

const onNode = { environment: 'node', pool: 'threads', ...timeouts } as const

/** Starts a PostgreSQL once a test asks for one. */
const withPostgres = { globalSetup: ['server/testing/shared-postgres.ts'] }

const inNpmTest = {
  ...onNode,
  // Each file would load the same modules again, which takes longer than most of them run.
  isolate: false,
  env: { ...temporaryFolder, KMS_TEST_RUNS: 'few' },
} as const

export default defineConfig({
  test: {
    // On two cores the default is one worker, and much of a test's time is spent waiting for answers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The provider of tests warns that it keeps what it has in memory.
    onConsoleLog: (text) => !text.includes('oidc-provider WARNING'),
    projects: [
      {
        test: {
          ...inNpmTest,
          name: 'unit',
          include: ['server/**/*.test.ts', 'src/**/*.test.ts', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...contractTests, ...longTests, ...runInFullLater],
        },
      },
      {
        test: {
          ...inNpmTest,
          ...withPostgres,
          name: 'contract',
          include: contractTests,
          exclude: [...longTests, ...runInFullLater],
        },
      },
      { test: { ...onNode, name: 'long', include: [...longTests, ...repeated] } },
      {
        plugins: [react(), tailwindcss()],
        // Found at the start: a package that is found later makes Vite load the page again in the middle of a test.
        optimizeDeps: {
          entries: ['src/main.tsx', 'src/testing/*.ts*', 'src/lib/age/worker.ts'],
          // The search through the entries misses it.
          include: ['@bufbuild/cel'],
        },
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
            commands: {
              signedSamples: async () =>
                (await import('./server/kms/crypto/testing/signed-samples.ts')).signedSamples(),
            },
            provider: playwright({
              // A getter: a run without browser tests needs no browser.
              get launchOptions() {
                return { ...findBrowser(), args: ['--no-sandbox', '--js-flags=--no-opt,--no-maglev'] }
              },
              contextOptions: {
                locale: 'en-GB',
                timezoneId: 'UTC',
                reducedMotion: 'reduce',
                permissions: ['clipboard-write'],
              },
              actionTimeout: 30_000,
            }),
          },
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
