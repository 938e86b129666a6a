import { readdir, readFile } from 'node:fs/promises'
import { expect, expectAccessible, test } from './fixtures.ts'
import { startFresh } from './server.ts'

const sourcesIn = async (folder: string): Promise<readonly (readonly [name: string, text: string])[]> => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.tsx?$/.test(name))
  return Promise.all(files.map(async (name) => [name, await readFile(`${folder}/${name}`, 'utf8')] as const))
}

/** Which components of `src/ui` a source draws; types alone draw nothing. */
const drawnBy = (source: string): readonly string[] =>
  [...source.matchAll(/import (?!type )[^']* from '(?:\.\.\/)+ui\/(\w+\.tsx)'/g)].map(([, name = '']) => name)

test('the page of all components is for development only', async ({ page }) => {
  expect((await page.goto('/design'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await expectAccessible(page)
  const source = await readFile('src/pages/design/dialogs.tsx', 'utf8')
  const words = 'they open in the window’s theme'
  expect(source).toContain(words)
  const scripts = (await readdir('dist/assets')).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  for (const name of scripts) expect(await readFile(`dist/assets/${name}`, 'utf8')).not.toContain(words)
})

test('every component that a screen draws stands on that page', async () => {
  const screens = await sourcesIn('src')
  const onScreens = new Set(screens.flatMap(([name, text]) => (name.startsWith('pages/design/') ? [] : drawnBy(text))))
  const onPage = new Set((await sourcesIn('src/pages/design')).flatMap(([, text]) => drawnBy(text)))
  expect(onScreens.size).toBeGreaterThan(30)
  expect([...onScreens.difference(onPage)]).toEqual([])
})

test('in development that page opens, accessible in both themes', async ({ page }) => {
  const development = await startFresh('development')
  try {
    await page.goto(`${development.url}/design`)
    await expect(page.getByRole('heading', { name: 'Feedback', exact: true })).toBeVisible()
    await expect(page.getByRole('progressbar', { name: 'Rotating keys' })).toHaveCount(6)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Busy, refuses to close' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Disable app-config' })
    await expect(dialog.getByRole('button', { name: 'Disabling' })).toHaveAttribute('aria-busy', 'true')
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Let it answer' }).click()
    await expect(dialog).toBeHidden()
  } finally {
    // The page goes first, or it would complain of a server that is gone.
    await page.close()
    await development.stop()
  }
})
