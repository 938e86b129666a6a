import { useSyncExternalStore } from 'react'
import { createStoredValue } from '../lib/store.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

// Only public/theme.js, which listens to this event, sets data-theme: before and after the app has started.
const theme = createStoredValue<ThemeChoice>({
  key: 'theme',
  event: 'themechoice',
  parse: (text) => (text === 'light' || text === 'dark' ? text : 'system'),
  format: (choice) => (choice === 'system' ? undefined : choice),
})

/** Theme that the user chose, stored in this browser; `system` when none is stored. */
export function useTheme(): { choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  return { choice: useSyncExternalStore(theme.subscribe, theme.get), choose: theme.set }
}
