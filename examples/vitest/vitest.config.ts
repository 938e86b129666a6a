import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'global-setup.ts',
    // All files share one KMS, which each test puts back to its seed.
    fileParallelism: false,
  },
})
