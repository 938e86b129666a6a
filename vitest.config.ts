import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['server/**/*.test.ts', 'src/**/*.test.ts'],
          environment: 'node',
          pool: 'threads',
        },
      },
    ],
  },
})
