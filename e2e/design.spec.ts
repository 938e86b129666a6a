import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'

test('the page of all components is for development only', async ({ page }) => {
  await page.goto('/design')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  const source = await readFile('src/pages/design/actions.tsx', 'utf8')
  const words = 'it opens in the window’s theme'
  expect(source).toContain(words)
  const scripts = (await readdir('dist/assets')).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  for (const name of scripts) expect(await readFile(`dist/assets/${name}`, 'utf8')).not.toContain(words)
})
