/** Page object of the command palette. */
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

export const field = (page: Page) => page.getByRole('combobox', { name: /^Find a/ })
export const option = (page: Page, name: string | RegExp) =>
  page.getByRole('listbox', { name: 'Results' }).getByRole('option', { name })
export const active = (page: Page) => page.getByRole('option', { selected: true })

export async function open(page: Page) {
  await expect(page.getByRole('button', { name: 'Find a key or action' })).toBeAttached()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(field(page)).toBeFocused()
}

/** Types the search and presses Enter on the active option, once there is one. */
export async function chooseFirst(page: Page, words: string) {
  await field(page).fill(words)
  await expect(active(page)).toBeVisible()
  await page.keyboard.press('Enter')
}

/** The first option whose name begins with the label: commands of the page come first. */
const named = (page: Page, label: string) => option(page, new RegExp(`^${RegExp.escape(label)}`)).first()

/** Opens the palette and runs the command with that label. */
export async function runCommand(page: Page, label: string, words = label) {
  await open(page)
  await field(page).fill(words)
  await named(page, label).click()
  await expect(field(page)).toBeHidden()
}

/** The command is listed as disabled, with the reason. */
export async function expectDisabledReason(page: Page, label: string, reason: string | RegExp) {
  await open(page)
  await field(page).fill(label)
  const found = named(page, label)
  await expect(found).toHaveAttribute('aria-disabled', 'true')
  await expect(found).toContainText(reason)
  await page.keyboard.press('Escape')
  await expect(field(page)).toBeHidden()
}
