/** What the page in sight offers, for the command palette, the shortcuts and their list. */
import { useEffect, useId, useSyncExternalStore } from 'react'
import type { IconType } from '../ui/Icon.tsx'

export interface Command {
  /** As on its button: "Rotate now…". */
  readonly label: string
  readonly icon: IconType
  /** A link of the console, or what is done. */
  readonly run: string | (() => void)
  /** Why it is not possible now, in one sentence. */
  readonly disabledReason?: string | undefined
  /** What tells it from others of the same label: an id, a place. */
  readonly detail?: string
  /** The same in words, or what is worth knowing about it. */
  readonly note?: string
  /** Further words that it is found by. */
  readonly keywords?: string
  /** One of many of its kind, which are not listed before something is typed. */
  readonly collapsed?: boolean
  /** A character that carries it out from anywhere on the page. */
  readonly shortcut?: string
  /** Keys that the page itself listens to, to be told: `['Ctrl', 'Enter']`. */
  readonly shortcutHint?: readonly string[]
}

export interface CommandGroup {
  readonly id: string
  /** "On billing archive" */
  readonly title: string
  readonly commands: readonly Command[]
}

/** In the order in which they are listed, whichever is drawn first. */
const levels = ['selection', 'page', 'section'] as const

export interface CommandPlacement {
  readonly title?: string
  /** Whether they concern what is selected on the page, the page as a whole, or a part of it. */
  readonly level?: (typeof levels)[number]
}

interface Registration extends Required<CommandPlacement> {
  readonly id: string
  readonly commands: readonly Command[]
}

let registrations: readonly Registration[] = []
let groups: readonly CommandGroup[] = []
const listeners = new Set<() => void>()

/** Registrations with the same title form one group. */
const groupsOf = (all: readonly Registration[]): readonly CommandGroup[] =>
  Map.groupBy(
    levels.flatMap((level) =>
      all.filter((registration) => registration.level === level && registration.commands.length > 0),
    ),
    ({ title }) => title,
  )
    .entries()
    .map(([title, those], index) => ({
      id: `page${index}`,
      title,
      commands: those.flatMap(({ commands }) => commands),
    }))
    .toArray()

function change(next: readonly Registration[]) {
  registrations = next
  groups = groupsOf(next)
  for (const listener of listeners) listener()
}

/** Offers actions for as long as the component is there. */
export function usePageCommands(
  commands: readonly Command[],
  { title = 'On this page', level = 'page' }: CommandPlacement = {},
): void {
  const id = useId()
  // Actions close over what is rendered, so they are new each time; who reads them does so only while it is open.
  useEffect(() => {
    const registration = { id, title, level, commands }
    change(
      registrations.some((other) => other.id === id)
        ? registrations.map((other) => (other.id === id ? registration : other))
        : [...registrations, registration],
    )
  })
  useEffect(() => () => change(registrations.filter((other) => other.id !== id)), [id])
}

export const commandGroups = (): readonly CommandGroup[] => groups

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useCommandGroups = (): readonly CommandGroup[] => useSyncExternalStore(subscribe, commandGroups)
