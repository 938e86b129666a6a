import { useSyncExternalStore } from 'react'

const print = matchMedia('print')

function onChange(listener: () => void) {
  print.addEventListener('change', listener)
  return () => print.removeEventListener('change', listener)
}

/** Whether the page is drawn for print, which shows what a screen has on several tabs. */
export const usePrinting = (): boolean => useSyncExternalStore(onChange, () => print.matches)
