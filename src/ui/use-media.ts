/** States of the window and its output that the layout depends on. */
import { useSyncExternalStore } from 'react'

function watch(query: string) {
  const list = matchMedia(query)
  function subscribe(changed: () => void) {
    list.addEventListener('change', changed)
    return () => list.removeEventListener('change', changed)
  }
  return { subscribe, matches: () => list.matches }
}

const narrow = watch('(width < 45rem)')
const print = watch('print')
const railAsIcons = watch('(width < 1100px)')
const railAsSheet = watch('(width < 640px)')

export const isNarrow = narrow.matches

/** Whether the window is below 720 px, where tables become lists of cards: a little before the rail becomes a sheet, at 640. */
export const useNarrow = (): boolean => useSyncExternalStore(narrow.subscribe, narrow.matches)

type RailRoom = 'full' | 'icons' | 'sheet'

/** How much room there is for the navigation: all of it, its icons, or a button that opens it as a sheet. */
export function useRailRoom(): RailRoom {
  const icons = useSyncExternalStore(railAsIcons.subscribe, railAsIcons.matches)
  const sheet = useSyncExternalStore(railAsSheet.subscribe, railAsSheet.matches)
  return sheet ? 'sheet' : icons ? 'icons' : 'full'
}

/** Pixels that the styles leave a page beside the navigation, also before it is drawn. */
export function pageWidth(): number {
  const root = document.documentElement
  const styles = getComputedStyle(root)
  const pixels = (name: string) => Number.parseFloat(styles.getPropertyValue(name))
  const rail = railAsIcons.matches() ? pixels('--rail-collapsed') : pixels('--rail')
  return Math.min(pixels('--page'), root.clientWidth - (railAsSheet.matches() ? 0 : rail))
}

/** Whether the page is drawn for print, which shows what a screen has on several tabs. */
export const usePrinting = (): boolean => useSyncExternalStore(print.subscribe, print.matches)
