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
  /** What tells it from others of the same label: an id, a place. */
  readonly detail?: string
  /** The same in words, or what is worth knowing about it. */
  readonly note?: string
  /** Further words that it is found by. */
  readonly also?: string
  /** One of many of its kind, which are not listed before something is typed. */
  readonly many?: boolean
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

/** In the order in which they are listed, whichever is drawn first. */
const levels = ['selection', 'page', 'part'] as const

export interface Offering {
  readonly title?: string
  /** Whether they concern what is selected on the page, the page as a whole, or a part of it. */
  readonly level?: (typeof levels)[number]
}

interface Offer extends Required<Offering> {
  readonly id: string
  readonly actions: readonly PageAction[]
}

let offers: readonly Offer[] = []
let groups: readonly ActionGroup[] = []
const listeners = new Set<() => void>()

/** Offers of one title are one group. */
const groupsOf = (all: readonly Offer[]): readonly ActionGroup[] =>
  Map.groupBy(
    levels.flatMap((level) => all.filter((offer) => offer.level === level && offer.actions.length > 0)),
    ({ title }) => title,
  )
    .entries()
    .map(([title, those], index) => ({ id: `page${index}`, title, actions: those.flatMap(({ actions }) => actions) }))
    .toArray()

function change(next: readonly Offer[]) {
  offers = next
  groups = groupsOf(next)
  for (const listener of listeners) listener()
}

/** Offers actions for as long as the component is there. */
export function usePageActions(
  actions: readonly PageAction[],
  { title = 'On this page', level = 'page' }: Offering = {},
): void {
  const id = useId()
  // Actions close over what is rendered, so they are new each time; who reads them does so only while it is open.
  useEffect(() => {
    const offer = { id, title, level, actions }
    change(
      offers.some((one) => one.id === id) ? offers.map((one) => (one.id === id ? offer : one)) : [...offers, offer],
    )
  })
  useEffect(() => () => change(offers.filter((one) => one.id !== id)), [id])
}

export const pageActions = (): readonly ActionGroup[] => groups

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePageActionGroups = (): readonly ActionGroup[] => useSyncExternalStore(subscribe, pageActions)
