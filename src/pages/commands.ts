/** Commands of the visible page, for the command palette, the shortcuts and the list of shortcuts. */
import { useEffect, useId, useSyncExternalStore } from 'react'
import { createStore } from '../lib/store.ts'
import type { IconType } from '../ui/Icon.tsx'

export interface Command {
  /** As on its button: "Rotate now…". */
  readonly label: string
  readonly icon: IconType
  /** A link within the console, or a function. */
  readonly run: string | (() => void)
  /** Why it can't be run now, in one sentence. */
  readonly disabledReason?: string | undefined
  /** Distinguishes commands of the same label: an id, a location. */
  readonly detail?: string
  /** Remark in plain words, shown in place of `detail`. */
  readonly note?: string
  /** Further words that the search matches. */
  readonly keywords?: string
  /** Listed only when something is typed, since there are many of its kind. */
  readonly collapsed?: boolean
  /** Character that runs it from anywhere on the page. */
  readonly shortcut?: string
  /** Keys that the page itself handles, shown beside the label: `['Ctrl', 'Enter']`. */
  readonly shortcutHint?: readonly string[]
}

export interface CommandGroup {
  readonly id: string
  /** "On billing archive" */
  readonly title: string
  readonly commands: readonly Command[]
}

/** In the order of the palette, whichever is rendered first. */
const levels = ['selection', 'page', 'section'] as const

export interface CommandPlacement {
  readonly title?: string
  /** Whether the commands concern the selection, the page or a section of it. */
  readonly level?: (typeof levels)[number]
}

interface Registration extends Required<CommandPlacement> {
  readonly id: string
  readonly commands: readonly Command[]
}

let registrations: readonly Registration[] = []
const groups = createStore<readonly CommandGroup[]>([])

/** Groups of registrations with the same title. */
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

function register(next: readonly Registration[]) {
  registrations = next
  groups.set(groupsOf(next))
}

/** Registers commands while the component is mounted. */
export function usePageCommands(
  commands: readonly Command[],
  { title = 'On this page', level = 'page' }: CommandPlacement = {},
): void {
  const id = useId()
  // Commands close over the rendered state, so they are new after each render; only an open palette reads them.
  useEffect(() => {
    const registration = { id, title, level, commands }
    register(
      registrations.some((other) => other.id === id)
        ? registrations.map((other) => (other.id === id ? registration : other))
        : [...registrations, registration],
    )
  })
  useEffect(() => () => register(registrations.filter((other) => other.id !== id)), [id])
}

export const commandGroups = groups.get

export const useCommandGroups = (): readonly CommandGroup[] => useSyncExternalStore(groups.subscribe, groups.get)
