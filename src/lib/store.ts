import { readStored, store } from './browser-storage.ts'

/** Value outside React that components follow through `useSyncExternalStore`. */
export interface Store<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
  /** @returns a function that ends the subscription */
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      current = value
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

interface StoredFormat<Value> {
  /** Key in `localStorage`. */
  readonly key: string
  /** Event of the window that tells a change in this tab, with the stored text as its detail; other tabs get `storage`. */
  readonly event: string
  /** @param text null where nothing is stored */
  readonly parse: (text: string | null) => Value
  /** Undefined removes what is stored. */
  readonly format: (value: Value) => string | undefined
}

/** Value kept in `localStorage`. Where the browser blocks it, the value lasts until the page is loaded again. */
export function createStoredValue<Value>({ key, event, parse, format }: StoredFormat<Value>): Store<Value> {
  return {
    get: () => parse(readStored('localStorage', key)),
    set(value) {
      const text = format(value)
      store('localStorage', key, text)
      dispatchEvent(new CustomEvent(event, { detail: text }))
    },
    subscribe(listener) {
      addEventListener('storage', listener)
      addEventListener(event, listener)
      return () => {
        removeEventListener('storage', listener)
        removeEventListener(event, listener)
      }
    },
  }
}
