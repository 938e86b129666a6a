/** State of a page that belongs to an entry of the browser's history: Back and Forward find it as it was left. */
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react'
import { useLocation } from '../router/react.tsx'

/** Typing in a search field makes an entry per letter. */
const MAX_ENTRIES = 200

/** In memory only, and never a secret: ids, and results of tests. The latest entry is the last. */
const entries = new Map<string, Map<string, unknown>>()

export function keepInEntry(entry: string, name: string, value: unknown): void {
  const kept = entries.get(entry) ?? new Map<string, unknown>()
  kept.set(name, value)
  entries.delete(entry)
  entries.set(entry, kept)
  const [oldest] = entries.keys()
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest)
}

/** The caller names the type: each name belongs to one. */
export const keptInEntry = <Value>(entry: string, name: string): Value | undefined =>
  entries.get(entry)?.get(name) as Value | undefined

/** Id of the history entry in sight. The path tells apart entries that the router did not make, which share a key. */
export function useEntryId(): string {
  const { key, pathname } = useLocation()
  return `${key} ${pathname}`
}

/**
 * State that the history entry keeps when the page is left. While the page is shown it is plain state: further entries of
 * the same page, such as another filter, take it along.
 */
export function useEntryState<Value>(name: string, initial: Value): [Value, Dispatch<SetStateAction<Value>>] {
  const entry = useEntryId()
  const [value, setValue] = useState(() => keptInEntry<Value>(entry, name) ?? initial)
  useEffect(() => keepInEntry(entry, name, value), [entry, name, value])
  return [value, setValue]
}
