import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(width < 40rem)')

function subscribe(changed: () => void) {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** Whether the window is below 640 px, where the table becomes a list of cards. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches)
