/**
 * The browser's storage. It may be blocked ("block all cookies"), where even `window.localStorage` throws, or be full: values
 * are kept in memory then, until the page is loaded again.
 */

export type StorageArea = 'localStorage' | 'sessionStorage'

const memory: Readonly<Record<StorageArea, Map<string, string>>> = {
  localStorage: new Map(),
  sessionStorage: new Map(),
}

/** The stored text; null where there is none. */
export function readStored(area: StorageArea, key: string): string | null {
  const kept = memory[area].get(key)
  if (kept !== undefined) return kept
  try {
    return globalThis[area].getItem(key)
  } catch {
    return null
  }
}

/** Stores a text; undefined removes it. */
export function store(area: StorageArea, key: string, text: string | undefined): void {
  memory[area].delete(key)
  try {
    if (text === undefined) globalThis[area].removeItem(key)
    else globalThis[area].setItem(key, text)
  } catch {
    if (text !== undefined) memory[area].set(key, text)
  }
}

/** Whether the browser stores nothing for this page: what is kept is lost when the page is loaded again. */
export function isStorageBlocked(area: StorageArea): boolean {
  try {
    return globalThis[area].length < 0
  } catch {
    return true
  }
}
