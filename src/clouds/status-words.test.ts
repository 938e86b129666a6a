import { expect, test } from 'vitest'
import { statusLabels } from './capabilities.ts'
import { clouds } from './registry.ts'

const sources: Readonly<Record<string, string>> = import.meta.glob(
  ['/src/**/*.{ts,tsx}', '!/src/**/*.test.*', '!/src/**/testing/**', '!/src/pages/design/**'],
  { query: '?raw', import: 'default', eager: true },
)

const labels: readonly string[] = Object.values(statusLabels)

test('the statuses of all providers have the one word of their group', () => {
  for (const { capabilities } of clouds)
    for (const { label, group } of capabilities.statuses) expect(label).toBe(statusLabels[group])
})

test('these words stand in one place: no screen spells a status itself', () => {
  const spelled = new RegExp(`['"\`>](${labels.join('|')})['"\`<]`, 'g')
  const places = Object.entries(sources).flatMap(([file, source]) =>
    [...source.matchAll(spelled)].map(([, label]) => `${file}: ${label}`),
  )
  expect(places.toSorted()).toEqual([
    ...labels.map((label) => `/src/clouds/capabilities.ts: ${label}`),
    // What was done to the keys, not their status.
    '/src/pages/shared/key-actions/bulk-labels.ts: Disabled',
  ])
})
