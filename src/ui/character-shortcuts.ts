/** Shortcuts of a single character: never while somebody types, and off where they are not wanted. */
import { useSyncExternalStore } from 'react'

const STORED_AS = 'character-keys'
const OFF = 'off'
const CHANGED = 'characterkeys'

function areOn(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== OFF
  } catch {
    return true
  }
}

function turn(on: boolean) {
  try {
    if (on) localStorage.removeItem(STORED_AS)
    else localStorage.setItem(STORED_AS, OFF)
  } catch {
    // Storage may be blocked: then they stay on.
  }
  dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void) {
  addEventListener('storage', onChange)
  addEventListener(CHANGED, onChange)
  return () => {
    removeEventListener('storage', onChange)
    removeEventListener(CHANGED, onChange)
  }
}

/** Speech input and stray touches press single characters unmeant, so people can turn these shortcuts off; this browser remembers. */
export function useCharacterKeys(): { on: boolean; turn: (on: boolean) => void } {
  return { on: useSyncExternalStore(subscribe, areOn), turn }
}

const textFields = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]'

/** Searched by typing the first letters of what they hold. */
const lists = 'select, [role="menu"], [role="listbox"], [role="combobox"]'

/** Toasts are dialogs too, in a region of their own: they ask nothing. */
const modal = ':is([role="dialog"], [role="alertdialog"]):not([role="region"] *)'

/** Something over the page waits for an answer. */
export const isDialogOpen = (): boolean => document.querySelector(modal) !== null

/** Whether a key pressed may be a shortcut of one character now. */
export function isCharacterKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return false
  if (event.defaultPrevented || !areOn() || isDialogOpen()) return false
  const takers = /^\p{L}$/u.test(event.key) ? `${textFields}, ${lists}` : textFields
  return !(event.target instanceof Element && event.target.closest(takers))
}
