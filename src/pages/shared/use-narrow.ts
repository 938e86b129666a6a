import { useSyncExternalStore } from 'react'

const narrow = matchMedia('(width < 45rem)')

function subscribe(changed: () => void) {
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

export const isNarrow = (): boolean => narrow.matches

/** Whether the window is below 720 px, where tables become lists of cards: a little before the rail becomes a sheet, at 640. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow)
