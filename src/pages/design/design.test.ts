import { expect, test } from 'vitest'

type Sources = Readonly<Record<string, string>>

const screens: Sources = import.meta.glob(['../../**/*.tsx', '!../design/**', '!../../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const design: Sources = import.meta.glob(['./*.tsx', '!./*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Names of the components of `src/ui` that the sources import; types alone don't count. */
const importedBy = (sources: Sources) =>
  new Set(
    Object.values(sources).flatMap((source) =>
      [...source.matchAll(/import (?!type )[^']* from '(?:\.\.\/)+ui\/(\w+\.tsx)'/g)].map(([, name = '']) => name),
    ),
  )

test('the design page shows every component that a screen uses', () => {
  const onScreens = importedBy(screens)
  expect(onScreens.size).toBeGreaterThan(30)
  expect([...onScreens.difference(importedBy(design))]).toEqual([])
})
