/** Single-character shortcuts: ignored while the user types, and can be turned off (WCAG 2.1.4). */
import { useSyncExternalStore } from 'react'
import { createStoredValue } from '../lib/store.ts'

const areOn = createStoredValue({
  key: 'character-keys',
  event: 'characterkeys',
  parse: (text) => text !== 'off',
  format: (on) => (on ? undefined : 'off'),
})

/** Whether single-character shortcuts are on; speech input can press them by accident. Stored in this browser. */
export function useCharacterKeys(): { on: boolean; turn: (on: boolean) => void } {
  return { on: useSyncExternalStore(areOn.subscribe, areOn.get), turn: areOn.set }
}

const textFields = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]'

/** Roles with type-ahead search of their own. */
const lists = 'select, [role="menu"], [role="listbox"], [role="combobox"]'

const modal = '[role="dialog"], [role="alertdialog"]'

/** Whether a modal dialog is open. */
export const isDialogOpen = (): boolean => document.querySelector(modal) !== null

/** Whether a key press can be a single-character shortcut now. */
export function isCharacterKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false
  if (event.defaultPrevented || !areOn.get() || isDialogOpen()) return false
  const takers = /^\p{L}$/u.test(event.key) ? `${textFields}, ${lists}` : textFields
  return !(event.target instanceof Element && event.target.closest(takers))
}
