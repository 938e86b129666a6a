/** The tasks of `task-list.ts` that are done a second time by keyboard alone. */
import { expect } from '@playwright/test'
import { button, dialog, field, type Person, palette, patience, type Task, tabTo } from './task-steps.ts'

const text = 'the release of 22 November'

/** Finds a key in the palette, and runs an action on it. */
async function actOn({ page, type }: Person, key: string, typed: string, action: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await type(palette(page), key)
  await expect(page.getByRole('option', { name: new RegExp(`^${key}`) }).first()).toBeVisible(patience)
  await page.keyboard.press('Tab')
  await type(palette(page), typed)
  await expect(page.getByRole('option', { name: action, selected: true })).toBeVisible(patience)
  await page.keyboard.press('Enter')
}

export const keyboardTasks: readonly Task[] = [
  {
    name: '16 Task 1 by keyboard',
    async walk(person) {
      await actOn(person, 'card-vault', 'copy id', /^Copy id/)
      await expect(person.page.getByText(/^Copied/).first()).toBeAttached(patience)
    },
  },
  {
    name: '   Task 5 by keyboard',
    async walk({ page, type }) {
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      await tabTo(page, page.getByRole('combobox', { name: /^Key/ }))
      await page.keyboard.press('Enter')
      await type(page.getByRole('combobox', { name: /^Key: / }), 'crm-sync')
      await expect(page.getByRole('option')).toHaveCount(1, patience)
      await page.keyboard.press('Enter')
      await tabTo(page, field(page, 'Plaintext'))
      await type(field(page, 'Plaintext'), text)
      await tabTo(page, field(page, 'Encryption context'))
      await type(field(page, 'Encryption context'), 'tenant=42')
      await page.keyboard.press('Control+Enter')
      await tabTo(page, button(page, 'Use in Decrypt'))
      await page.keyboard.press('Enter')
      await expect(field(page, 'Ciphertext')).not.toHaveValue('', patience)
      await page.keyboard.press('Control+Enter')
      await expect(field(page, 'Plaintext')).toHaveText(text, patience)
    },
  },
  {
    name: '   Task 8 by keyboard',
    async walk(person) {
      const { page, type } = person
      await actOn(person, 'sandbox', 'schedule', /^Schedule deletion/)
      const typedName = dialog(page).getByRole('textbox', { name: /to confirm/ })
      await tabTo(page, typedName)
      await type(typedName, 'sandbox')
      await page.keyboard.press('Enter')
      await expect(page.getByText(/^Scheduled the deletion of sandbox/).first()).toBeVisible(patience)
      await actOn(person, 'sandbox', 'cancel', /^Cancel deletion/)
      await expect(page.getByText('Cancelled the deletion of sandbox.').first()).toBeVisible(patience)
    },
  },
]
