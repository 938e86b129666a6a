/** User of the benchmark of tasks, and names of controls. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { GatewayClient } from '../e2e/gateway-client.ts'

export const patience = { timeout: 60_000 }

/** User of the page. The page itself counts presses, so that none is missed. */
export interface Person {
  readonly page: Page
  /** Address of the console. */
  readonly url: string
  click(target: Locator): Promise<void>
  /** One input: focuses the field, and types or pastes. */
  enter(target: Locator, text: string): Promise<void>
  /** One input into a field that has the focus already. */
  type(target: Locator, text: string): Promise<void>
  /** One click that opens the system's dialog, and one input: the chosen file. */
  chooseFile(target: Locator, name: string, buffer: Buffer): Promise<void>
  /** File that the browser saves after a click. */
  save(target: Locator): Promise<Buffer>
}

export interface Task {
  readonly name: string
  /** Prepares the task; returns the user's data for it. */
  readonly prepare?: (api: GatewayClient) => Promise<readonly string[]>
  /** Does the task, up to the sign of its success. */
  readonly walk: (person: Person, given: readonly string[]) => Promise<void>
}

export const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
export const link = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true })
export const screen = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })
export const field = (page: Page | Locator, name: string) => page.getByRole('textbox', { name, exact: true })
export const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
export const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
export const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
export const palette = (page: Page) => page.getByRole('combobox', { name: /^Find a/ })
export const dialog = (page: Page) => page.getByRole('dialog')
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** Opens the key picker, types the name, and selects the only match. */
export async function chooseKey({ page, click, enter }: Person, name: string): Promise<void> {
  await click(page.getByRole('combobox', { name: /^Key/ }))
  await enter(page.getByRole('combobox', { name: /^Key: / }), name)
  await expect(page.getByRole('option')).toHaveCount(1, patience)
  await click(page.getByRole('option'))
  await expect(page.getByRole('combobox', { name: `Key: ${name}` })).toBeVisible(patience)
}

/** Opens a key from the list. */
export async function openKey({ page, click }: Person, name: string): Promise<void> {
  await click(screen(page, /^Keys/))
  await click(link(page, name))
  await expect(heading(page, name)).toBeVisible(patience)
}

/** Presses Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible(patience)
  const isFocused = () => target.evaluate((element) => element === document.activeElement)
  for (let step = 0; step < 80 && !(await isFocused()); step++) await page.keyboard.press(key)
  await expect(target).toBeFocused()
}

type Listed = Readonly<Record<'name' | 'identity', string>>

/** Key of the demonstration. */
export async function thalassaKey(api: GatewayClient, name: string): Promise<Listed> {
  const found = (await api.call<Listed[]>('GET', '/api/thalassa/v1/kms/nl-01/keys')).find((key) => key.name === name)
  if (!found) throw new Error(`The demonstration has no key ${name}.`)
  return found
}
