/** Pictures in `docs/images`: all are used, exist for each theme, and are small together. */
import { readdirSync, statSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { expect, test } from 'vitest'
import { linksOf, pages } from './testing/pages.ts'

const folder = 'docs/images'
const files = readdirSync(folder).map((file) => `${folder}/${file}`)
const targets = new Set(pages.flatMap((page) => linksOf(page).map((link) => posix.join(dirname(page.file), link))))

test('every picture is shown on a page', () => {
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((file) => !targets.has(file))).toEqual([])
})

test('every screen exists in light and dark', () => {
  const inTheme = (theme: string) => files.filter((file) => file.endsWith(`-${theme}.png`))
  expect(inTheme('light').map((file) => file.replace(/light\.png$/, 'dark.png'))).toEqual(inTheme('dark'))
})

test('all together are under 3 MB', () => {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  expect(bytes).toBeLessThan(3_000_000)
})
