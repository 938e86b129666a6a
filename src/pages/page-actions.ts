/** What the page in sight offers, for the command palette, the shortcuts and their list. */
import { useEffect, useId, useSyncExternalStore } from 'react'
import type { IconType } from '../ui/Icon.tsx'

export interface PageAction {
  /** As on its button: "Rotate now…". */
  readonly label: string
  readonly icon: IconType
  /** A link of the console, or what is done. */
  readonly act: string | (() => void)
  /** Why it is not possible now, in one sentence. */
  readonly reason?: string | undefined
  /** Further words that it is found by. */
  readonly also?: string
  /** A character that carries it out from anywhere on the page. */
  readonly letter?: string
  /** Keys that the page itself listens to, to be told: `['Ctrl', 'Enter']`. */
  readonly keys?: readonly string[]
}

export interface ActionGroup {
  readonly id: string
  /** "On billing archive" */
  readonly title: string
  readonly actions: readonly PageAction[]
}

let groups: readonly ActionGroup[] = []
const listeners = new Set<() => void>()

function change(next: readonly ActionGroup[]) {
  groups = next
  for (const listener of listeners) listener()
}

/** Offers actions for as long as the component is there. */
export function usePageActions(title: string, actions: readonly PageAction[]): void {
  const id = useId()
  // Actions close over what is rendered, so they are new each time; who reads them does so only while it is open.
  useEffect(() => {
    const group = { id, title, actions }
    change(
      groups.some((one) => one.id === id) ? groups.map((one) => (one.id === id ? group : one)) : [...groups, group],
    )
  })
  useEffect(() => () => change(groups.filter((one) => one.id !== id)), [id])
}

export const pageActions = (): readonly ActionGroup[] => groups

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePageActionGroups = (): readonly ActionGroup[] => useSyncExternalStore(subscribe, pageActions)
