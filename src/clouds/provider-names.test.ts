import { expect, test } from 'vitest'
import { clouds } from './registry.ts'

const sources: Readonly<Record<string, string>> = import.meta.glob('/src/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const folders = clouds.map(({ id }) => `/src/clouds/${id}/`)
const names = new RegExp(clouds.map(({ id }) => id).join('|'), 'i')

/** Tests, and the page that shows the design system, use providers as samples. */
const isSample = (file: string) => /\.test\.tsx?$|\/(testing\/|test-keys)|^\/src\/pages\/design\//.test(file)

test('only the registries name a provider; what differs between providers is data of their folders', () => {
  const shared = Object.keys(sources).filter(
    (file) => !isSample(file) && !folders.some((folder) => file.startsWith(folder)),
  )
  expect(shared.length).toBeGreaterThan(300)
  expect(shared.filter((file) => names.test(sources[file] ?? ''))).toEqual([
    '/src/clouds/code-registry.ts',
    '/src/clouds/operations-registry.ts',
    '/src/clouds/registry.ts',
  ])
})
