import { readdir, readFile } from 'node:fs/promises'
import { expect, leavePage, test } from './fixtures.ts'
import { startFresh } from './server.ts'

test('the build has no page of all components', async ({ page }) => {
  expect((await page.goto('/design'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'No page at /design' })).toBeVisible()
  const source = await readFile('src/pages/design/feedback.tsx', 'utf8')
  const words = 'Busy, refuses to close'
  expect(source).toContain(words)
  const scripts = (await readdir('dist/assets')).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  for (const name of scripts) expect(await readFile(`dist/assets/${name}`, 'utf8')).not.toContain(words)
})

test('the development server shows that page', async ({ page }) => {
  const development = await startFresh('development')
  try {
    // The first load compiles every module: on a busy machine it takes more than the usual limits.
    const compiling = { timeout: 120_000 }
    await page.goto(`${development.url}/design`, compiling)
    await expect(page.getByRole('heading', { name: 'Feedback', exact: true })).toBeVisible(compiling)
    await expect(page.getByRole('progressbar', { name: 'Rotating keys' })).toBeVisible()
  } finally {
    // The page goes first, or it would complain of a server that is gone.
    await leavePage(page)
    await development.stop()
  }
})
