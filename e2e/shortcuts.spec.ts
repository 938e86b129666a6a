import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { goOffline, goOnline } from './offline.ts'
import { newKey, playground, thalassaUrl } from './playground-page.ts'

const help = (page: Page) => page.getByRole('dialog', { name: 'Help and shortcuts' })

async function type(page: Page, ...keys: readonly string[]) {
  for (const key of keys) await page.keyboard.press(key)
}

test('shortcuts go to screens, create, search, and leave other keys alone', async ({ page, api }) => {
  await test.step('g and a letter', async () => {
    await page.goto('/keys')
    await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
    for (const [letter, path] of [
      ['p', /\/playground$/],
      ['a', /\/api-keys$/],
      ['v', /\/activity$/],
      ['o', /:\d+\/$/],
      ['k', /\/keys$/],
    ] as const) {
      await type(page, 'g', letter)
      await expect(page).toHaveURL(path)
    }
  })

  await test.step('c', async () => {
    await page.goto('/api-keys')
    await expect(page.getByRole('button', { name: 'Create API key' }).first()).toBeVisible()
    await type(page, 'c')
    const dialog = page.getByRole('dialog', { name: 'Create an API key' })
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('')
    await type(page, 'Escape')
    await expect(dialog).toBeHidden()
    await type(page, 'g', 'v')
    await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible()
    await type(page, 'c')
    await expect(page).toHaveURL(/\/keys\/new$/)
  })

  await test.step('/', async () => {
    await page.goto('/keys')
    const search = page.getByRole('searchbox', { name: 'Search keys' })
    await expect(search).toBeVisible()
    await type(page, '/')
    await expect(search).toBeFocused()
    await type(page, 'g', 'p', 'c', '?')
    await expect(search).toHaveValue('gpc?')
    await expect(help(page)).toBeHidden()
    await expect(page).toHaveURL(/\/keys\?q=/)
  })

  await test.step('modifiers and menus', async () => {
    const name = uniqueName('shortcut menu')
    await api.thalassa.create({ name })
    await page.goto(`/keys?q=${encodeURIComponent(name)}`)
    await expect(page.getByRole('link', { name })).toBeVisible()
    await type(page, 'Control+c', 'Alt+c', 'g', 'Control+p')
    await expect(page).toHaveURL(/\/keys\?q=/)
    await page.getByRole('button', { name: `Actions for ${name}` }).press('Enter')
    const menu = page.getByRole('menu')
    await expect(menu).toBeVisible()
    await type(page, 'c')
    await expect(menu.getByRole('menuitem', { name: 'Copy id' })).toBeFocused()
    await expect(page).toHaveURL(/\/keys\?q=/)
  })

  await test.step('beside a notification', async () => {
    const name = uniqueName('shortcut toast')
    const { identity } = await api.thalassa.create({ name })
    await page.goto(`/keys/thalassa/nl-01/${identity}`)
    await page.getByRole('button', { name: 'Rotate now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
    await expect(page.getByRole('dialog', { name: `Rotate ${name} now` })).toBeHidden()
    await type(page, 'g', 'k')
    await expect(page).toHaveURL(/\/keys$/)
  })
})

test('the list of shortcuts, the switch that turns them off, and a chunk that is missing', async ({
  page,
  api,
  complaints,
}) => {
  await test.step('list', async () => {
    await page.goto(thalassaUrl(await newKey(api)))
    await expect(playground(page).plaintext).toBeVisible()
    await type(page, '?')
    await expect(help(page)).toBeVisible()
    for (const words of [
      'Find a key or action',
      'Search on this page',
      'Create a key',
      'Overview',
      'Activity',
      'Encrypt',
    ])
      await expect(help(page).getByText(words, { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await expect(help(page)).toBeHidden()
    await page.getByRole('button', { name: 'Help and shortcuts' }).click()
    await expect(help(page)).toBeVisible()
    await type(page, 'g', 'k')
    await expect(page).toHaveURL(/\/playground\?/)
  })

  await test.step('switch', async () => {
    await page.goto('/keys')
    const search = page.getByRole('searchbox', { name: 'Search keys' })
    await expect(search).toBeVisible()
    await type(page, '?')
    await help(page).getByRole('switch', { name: 'Shortcuts of a single character' }).uncheck()
    await type(page, 'Escape')
    await expect(help(page)).toBeHidden()
    await page.reload()
    await expect(search).toBeVisible()
    await type(page, '?', '/', 'c', 'g', 'p')
    await expect(search).not.toBeFocused()
    await expect(help(page)).toBeHidden()
    await expect(page).toHaveURL(/\/keys$/)
    await type(page, 'ControlOrMeta+k')
    await expect(page.getByRole('combobox', { name: 'Find a key or action' })).toBeFocused()
    await page.keyboard.type('help')
    await type(page, 'Enter')
    await help(page).getByRole('switch', { name: 'Shortcuts of a single character' }).check()
    await type(page, 'Escape')
    await expect(help(page)).toBeHidden()
    await type(page, '/')
    await expect(search).toBeFocused()
  })

  await test.step('missing chunk', async () => {
    await page.goto('/keys')
    const search = page.getByRole('searchbox', { name: 'Search keys' })
    await search.fill('still typed')
    await goOffline(page)
    await search.blur()
    await type(page, '?')
    await expect(page.getByText('A part of the console could not be loaded.')).toBeVisible()
    await expect(search).toHaveValue('still typed')
    await page.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByText('A part of the console could not be loaded.')).toBeHidden()
    await goOnline(page)
    await type(page, 'ControlOrMeta+k')
    await expect(page.getByRole('combobox', { name: 'Find a key or action' })).toBeFocused()
    // Messages of the browser about the file, and of React about the component.
    complaints.length = 0
  })
})
