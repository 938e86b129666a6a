import type { Page } from '@playwright/test'
import { expect, test, uniqueName } from './fixtures.ts'
import { thalassaPath } from './key-page.ts'
import { navigate } from './navigation.ts'

const help = (page: Page) => page.getByRole('dialog', { name: 'Help and shortcuts' })

async function type(page: Page, ...keys: readonly string[]) {
  for (const key of keys) await page.keyboard.press(key)
}

test('shortcuts go to screens, create, search, leave other keys alone, and can be turned off', async ({
  page,
  api,
}) => {
  const name = uniqueName('shortcuts')
  const key = await api.thalassa.create({ name })
  await page.goto('/keys')
  const search = page.getByRole('searchbox', { name: 'Search keys' })
  await expect(page.getByRole('link', { name })).toBeVisible()

  await test.step('not in menus, with modifiers or in a field', async () => {
    await type(page, 'Control+c', 'Alt+c', 'g', 'Control+p')
    await page.getByRole('button', { name: `Actions for ${name}` }).press('Enter')
    const menu = page.getByRole('menu')
    await expect(menu).toBeVisible()
    await type(page, 'c')
    await expect(menu.getByRole('menuitem', { name: 'Copy id' })).toBeFocused()
    await type(page, 'Escape')
    await expect(menu).toHaveCount(0)
    await expect(page).toHaveURL(/\/keys$/)
    await type(page, '/')
    await expect(search).toBeFocused()
    await type(page, 'g', 'p', 'c', '?')
    await expect(search).toHaveValue('gpc?')
    await expect(help(page)).toBeHidden()
    await expect(page).toHaveURL(/\/keys\?q=/)
    await search.blur()
  })

  await test.step('to screens and to a new key', async () => {
    for (const [letter, path] of [
      ['o', /:\d+\/$/],
      ['a', /\/api-keys$/],
    ] as const) {
      await type(page, 'g', letter)
      await expect(page).toHaveURL(path)
    }
    await expect(page.getByRole('button', { name: 'Create API key' }).first()).toBeVisible()
    await type(page, 'c')
    const dialog = page.getByRole('dialog', { name: 'Create an API key' })
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('')
    await type(page, 'Escape')
    await expect(dialog).toBeHidden()
    await type(page, 'g', 'p')
    await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
    await type(page, 'c')
    await expect(page).toHaveURL(/\/keys\/new$/)
  })

  await test.step('beside a notification', async () => {
    await navigate(page, thalassaPath(key))
    await page.getByRole('button', { name: 'Rotate now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate now' }).click()
    await expect(page.getByText(`Rotated ${name}.`)).toBeVisible()
    await expect(page.getByRole('dialog', { name: `Rotate ${name} now` })).toBeHidden()
    await type(page, 'g', 'k')
    await expect(page).toHaveURL(/\/keys$/)
  })

  await test.step('turned off, over a reload', async () => {
    await type(page, '?')
    await expect(help(page).getByText('Search keys', { exact: true })).toBeVisible()
    await help(page).getByRole('switch', { name: 'Single-key shortcuts' }).uncheck()
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
  })
})
