import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

// Only public/theme.js, which listens to this event, sets data-theme: before and after the app has started.
const CHANGED = 'themechoice'
const STORED_AS = 'theme'

function stored(): ThemeChoice {
  try {
    const choice = localStorage.getItem(STORED_AS)
    return choice === 'light' || choice === 'dark' ? choice : 'system'
  } catch {
    return 'system'
  }
}

function choose(choice: ThemeChoice) {
  try {
    if (choice === 'system') localStorage.removeItem(STORED_AS)
    else localStorage.setItem(STORED_AS, choice)
  } catch {
    // Storage may be blocked: the system theme stays.
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

/** Theme that the user chose, stored in this browser; `system` when none is stored. */
export function useTheme(): { choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  return { choice: useSyncExternalStore(subscribe, stored), choose }
}
