import { useSyncExternalStore } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

// public/theme.js listens to this event: it alone writes data-theme, before and after the app has started.
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
    // Storage may be blocked: then the system's theme stays.
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

/** The theme that the user chose, kept in this browser; `system` is the absence of a choice. */
export function useTheme(): { choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  return { choice: useSyncExternalStore(subscribe, stored), choose }
}
