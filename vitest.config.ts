import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

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
          // Tells a test that hangs from one that is slow on a busy machine; no test is about time.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
